"""Interviews: labels, bare questions, prompts, panels; what they answer; what is none."""

import json
from contextlib import closing
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from bench.interview_speakers import judge_all
from index.articles import article_from_text
from index.library import Library
from index.passages import Passage, searchable_text, split_passages
from index.reading import in_context
from index.speakers import Speaker, speaker_from

INTRODUCTION = "Ruth Poe, 71, keeps the Sorrel Point light. She spoke to Jan Hall of the Herald."
BARE = (
    "Why are you leaving?",
    "Because my knees told me to. There are 214 steps.",
    "Were you ever afraid?",
    "Once, in 1997. I have never told my daughter.",
    "What should happen to the tower?",
    "It should stay open. The council wants to sell it, and I think that is a disgrace.",
)


def passages_of(*paragraphs: str) -> tuple[Passage, ...]:
    return split_passages(article_from_text("\n\n".join(paragraphs), source="test"))


def speakers(*paragraphs: str) -> list[str]:
    """One a passage: the name, "?" for a question, "" for nobody."""
    return [
        "?" if each.asks else each.speaker.name if each.speaker else ""
        for each in passages_of(*paragraphs)
    ]


def labelled(asks: str, answers: str, asks_later: str = "", later: str = "") -> tuple[str, ...]:
    """The bare interview with these labels before the first question and answer, and the others."""
    first, others = (asks, answers), (asks_later or asks, later)
    return tuple(
        f"{(first if place < 2 else others)[place % 2]}{said}" for place, said in enumerate(BARE)
    )


ANSWERED = ["", "", "?", "Ruth Poe", "Ruth Poe", "?", "Ruth Poe", "Ruth Poe"]
ANSWERED += ["?", "Ruth Poe", "Ruth Poe"]


@pytest.mark.parametrize(
    "paragraphs",
    [
        BARE,
        labelled("Q: ", "A: ", later="A: "),
        labelled("Q. ", "A. ", later="A. "),
        labelled("Q ", "A ", later="A "),
        labelled("Daily Post: ", "Ruth Poe: ", "DP: ", "RP: "),
        labelled("Jan Hall: ", "Ruth Poe: ", "Hall: ", "Poe: "),
        labelled("HERALD: ", "RUTH POE: ", "HERALD: ", "POE: "),
        labelled("INTERVIEWER: ", "Ruth Poe: "),
        labelled("", "Poe: ", later="Poe: "),
    ],
)
def test_every_layout_gives_the_answers_to_whoever_answers(paragraphs: tuple[str, ...]) -> None:
    assert speakers(INTRODUCTION, *paragraphs) == ANSWERED


def test_an_answer_knows_its_question_without_the_label() -> None:
    for paragraphs in (BARE, labelled("Q: ", "A: ", later="A: ")):
        found = passages_of(INTRODUCTION, *paragraphs)
        assert [each.question for each in found[3:5]] == ["Why are you leaving?"] * 2
        assert found[0].question == found[2].question == ""
        speaker = found[3].speaker
        assert speaker is not None
        assert speaker.kind == "direct"
        assert found[3].text in searchable_text(found[3])
        assert searchable_text(found[3]).startswith("Why are you leaving? Ruth Poe: ")
        assert in_context(found[4], found[3]).endswith("steps. | Why are you leaving?")


def test_the_place_that_names_the_speaker_is_the_label_or_the_introduction() -> None:
    for paragraphs, named in ((BARE, "Ruth Poe"), (labelled("Q: ", "Poe: ", later="Poe: "), "Poe")):
        text = "\n\n".join((INTRODUCTION, *paragraphs))
        speaker = passages_of(text)[4].speaker
        assert speaker is not None
        assert text[speaker.start : speaker.end] == named


def test_an_answer_of_several_paragraphs_goes_on() -> None:
    more = (*BARE[:2], "I have climbed them every day.", *BARE[2:])
    assert speakers(INTRODUCTION, *more)[5] == "Ruth Poe"


@pytest.mark.parametrize(
    "prompt", ["Tell me about the storm.", "You sound tired.", "So no regrets."]
)
def test_a_prompt_need_not_be_a_question(prompt: str) -> None:
    found = speakers(INTRODUCTION, *BARE, prompt, "I am 71 and I would do it again.")
    assert found[-2:] == ["?", "Ruth Poe"]


def test_an_interview_may_begin_with_a_prompt() -> None:
    opening = ("You look tired.", "My deputy, Karl Boehm, sent me home. I slept four hours.")
    found = speakers(INTRODUCTION, *opening, *BARE)
    assert found == [*ANSWERED[:2], "?", "Ruth Poe", "Ruth Poe", *ANSWERED[2:]]


def test_a_question_within_an_answer_is_the_answerers() -> None:
    asked_back = "What should I have done? I rang the coastguard."
    assert speakers(INTRODUCTION, *BARE[:4], asked_back, *BARE[4:])[8:10] == ["Ruth Poe"] * 2


def test_two_who_are_interviewed_together_are_told_apart() -> None:
    pair = (
        "Why puppets?",
        "Ann Lee: Because we had the wood.",
        "Mia Lee: That is her version. I wanted Macbeth.",
        "Who does the voices?",
        "Mia: I do.",
        "Ann: I carve.",
    )
    names = [name for name in speakers("Ann and Mia Lee run a theatre.", *pair) if name]
    expected = ["?", "Ann Lee", "Mia Lee", "Mia Lee", "?", "Mia Lee", "Ann Lee"]
    assert [name.split()[0] for name in names] == [name.split()[0] for name in expected]


def test_the_editors_closing_words_are_nobodys() -> None:
    for last in (
        "This interview has been edited for length.",
        "Visitors can see the tower every Sunday from 10am.",
    ):
        assert speakers(INTRODUCTION, *BARE, last) == [*ANSWERED, ""]


def test_a_news_story_may_end_in_an_interview() -> None:
    story = ("The light went out on Monday.", "The council said it would be sold.")
    assert speakers(*story, INTRODUCTION, *labelled("Q: ", "A: ", later="A: "))[2:] == ANSWERED


@pytest.mark.parametrize(
    "introduction",
    [
        "Simon Hart talks to Ruth Poe about forty years of storms.",
        "As her last book comes out, Simon Hart meets the novelist Ruth Poe.",
        "Ruth Poe tells Simon Hart why she is leaving.",
        "We spoke to Ruth Poe, the last keeper at Sorrel Point, on her final day.",
        "Ruth Poe keeps the light. Poe's father, Walter Poe, kept it before her.",
        "By the time Ruth Poe retired, she had climbed a million steps.",
    ],
)
def test_the_guest_is_whom_the_introduction_is_about(introduction: str) -> None:
    assert set(speakers(introduction, *BARE)[-8:]) == {"?", "Ruth Poe"}


def test_where_two_may_be_the_guest_nobody_is() -> None:
    found = speakers("Ruth Poe and Ann Lee keep the Sorrel Point light.", *BARE)
    assert not {"Ruth Poe", "Ann Lee"} & set(found)


def test_two_with_one_surname_keep_the_label() -> None:
    found = speakers(
        "Ann Smith and Bob Smith keep the light.", *labelled("Q: ", "SMITH: ", later="SMITH: ")
    )
    assert "SMITH" in found
    assert not {"Ann Smith", "Bob Smith"} & set(found)


def test_a_question_of_two_paragraphs_is_one() -> None:
    _, *others = labelled("Q: ", "A: ", later="A: ")
    found = passages_of(INTRODUCTION, "Q: You were born here.", "Is it home?", *others)
    assert [each.asks for each in found[2:5]] == [True, True, False]
    assert found[4].question.split() == "You were born here. Is it home?".split()


def test_what_others_are_told_to_say_between_keeps_its_speaker() -> None:
    between = "Ruth Poe told the council that she would sue, mayor Ann Lee said."
    assert speakers(INTRODUCTION, *BARE[:4], between, *BARE[4:])[8] == "Ann Lee"


@pytest.mark.parametrize(
    "paragraphs",
    [
        # Readers' comments, ratings and headlines have labels and ask.
        (
            "Mary Poe: Why can't we have one thing that works?",
            "Ann Lee: I voted for this council and I regret it.",
            "Peter Hall: Who is going to teach them?",
            "Jane Doe: We will all drive, I suppose.",
        ),
        (
            "Harry Hart: 4. What was he thinking?",
            "John Stone: 7. I liked him.",
            "Ben Reed: 5. Tired?",
            "Sam Price: 8. My man of the match.",
        ),
        (
            "Brexit: What will it cost you?",
            '"It will cost me nothing," Ann Lee said.',
            '"It will cost us dear," Bob Reed said.',
        ),
        # A newspaper's own answers.
        (
            "Health secretary Ann Lee announced new clinics.",
            "Q: Who can go?",
            "A: Everybody. We asked the ministry.",
            "Q: When?",
            'A: In May. "There will be 40 sites," Bob Reed said.',
        ),
        (
            "President Ann Lee spoke of tariffs.",
            "What has changed for you?",
            "The US will charge more. The war in the US Senate goes on.",
            "Will you pay more?",
            "Bob Reed says US goods are cheaper. World War I is no guide.",
            "Should you buy a car?",
            "The US makers say so.",
        ),
        # An explainer: its answers are the paper's.
        (
            "What must you do now?",
            "Residents should boil their water.",
            "How long will it last?",
            "Until Friday, Ruth Poe said.",
            "Who pays for your filter?",
            "The county does.",
        ),
        # A narrator's questions.
        (
            "Ruth Poe kept the light for 40 years. So why did nobody ask?",
            "The answer lies in a drawer.",
            "What did the county know?",
            "Quite a lot, it turns out.",
            "Who will pay?",
            "Nobody has said.",
        ),
        # An essay says "we".
        (
            "So what do we see?",
            "We see a party that has lost its way.",
            "And what will we do?",
            "Our duty, I hope, Ruth Poe wrote.",
            "Who are you to ask, we hear?",
            "We are the voters.",
        ),
        # Lists have labels too.
        ("Winner: Ruth Poe", "Second: Jan Hall", "Venue: Leeds", "Winner: Ann Lee"),
    ],
)
def test_what_is_no_interview_has_no_interviewee(paragraphs: tuple[str, ...]) -> None:
    found = passages_of(*paragraphs)
    assert not any(each.asks or each.question for each in found)


@pytest.mark.parametrize(
    "text",
    [
        "“" * 20_000,
        " ‘a" * 20_000,
        "\n\n".join(f"Ann{n} Lee{n}: a text here" for n in range(3_000)),
        "Q: " + "Is it so? " * 6_000 + "\n\nA: " + "I do. " * 6_000 + "\n\nQ: So?\n\nA: I do.",
        "\n\n".join("Q: Is it?\n\nI say." for _ in range(3_000)) + "\n\nA: I.\n\nA: I.",
    ],
    ids=["quotes", "single", "labels", "long", "unanswered"],
)
def test_hostile_text_is_read_in_a_time_that_grows_with_its_length(text: str) -> None:
    # A quadratic step takes minutes here, and the run is cut off.
    assert len(passages_of("Ruth Poe keeps the light.", text)) > 1


def test_the_invented_interviews_keep_their_figures() -> None:
    total = judge_all()
    shares = {kind: counts["right"] / counts.total() for kind, counts in total.items()}
    assert shares["answers"] > 0.97
    assert shares["questions"] > 0.94
    assert shares["narration"] > 0.98
    assert total["answers"]["wrong"] == 0


def test_a_library_keeps_what_was_asked(tmp_path: Path) -> None:
    article = article_from_text("\n\n".join((INTRODUCTION, *BARE)), source="test")
    with closing(Library(tmp_path)) as library:
        library.prepare()
        library.add(article)
        assert tuple(library.passages(article.id)) == split_passages(article)


def test_a_speaker_comes_back_from_json_and_from_before_interviews_were_known() -> None:
    speaker = Speaker("Ruth Poe", "", 0, 8, "direct", 0.95, (10, 20))
    assert speaker_from(asdict(speaker)) == speaker
    facts = json.loads(json.dumps(asdict(speaker)))
    assert speaker_from(facts) == speaker
    del facts["asked"]
    assert speaker_from(facts) == replace(speaker, asked=None)
