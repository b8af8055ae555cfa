"""The gate: a sentence is shown only if its passages bear out every part of it."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.checking import OWN_SENTENCE, Gate, Judged
from bot.support import Support
from index.articles import article_from_text
from index.passages import Passage, split_passages
from index.questions import understand
from index.speakers import Speaker
from tests.tiny_embedder import TinyEmbedder

ARDERN = Speaker("Jacinda Ardern", "Prime Minister", 0, 0)
SEYMOUR = Speaker("David Seymour", "Act leader", 0, 0)
FOSTER = Speaker("Andy Foster", "Wellington mayor", 0, 0)
TUKAKI = Speaker("Matthew Tukaki", "National Māori Authority chair", 0, 0)
SENTENCES: list[tuple[Speaker | None, str]] = [
    (ARDERN, 'On the vaccine mandates, she said they were restrictions that "were not forever".'),
    (SEYMOUR, '"It may be time to move on from vaccine mandates," he said on Sunday.'),
    (None, "A total of 122 people were arrested on Lambton Quay as barriers were installed."),
    (FOSTER, "Wellington mayor Andy Foster said he had spoken with some protesters."),
    (None, "The operation involved 300 staff and cost $3,000."),
    (ARDERN, '"We are not moving," Ardern told RNZ.'),
    (None, "See ![x](http://evil.example/x.png) for the barricade pictures."),
    (TUKAKI, 'Tukaki said he wanted to tell protesters: "Go home."'),
    (SEYMOUR, "Seymour said the data suggested it was time to open the border and the schools."),
    (ARDERN, "She was briefed by the commissioner about the police operation, she told RNZ."),
]


def offered() -> tuple[Passage, ...]:
    article = article_from_text("\n".join(text for _, text in SENTENCES), "test")
    passages = split_passages(article)
    return tuple(
        replace(passage, speaker=speaker)
        for passage, (speaker, _) in zip(passages, SENTENCES, strict=True)
    )


PASSAGES = offered()
SUPPORT = Support(TinyEmbedder())
SUPPORTED = 0.85  # TinyEmbedder knows no meaning, so its similarities are lower than a model's


def judge(
    sentence: str, question: str = "What happened?", previous: Speaker | None = None
) -> Judged:
    names = ("Jacinda Ardern", "David Seymour", "Andy Foster")
    return Gate(understand(question, names), PASSAGES, SUPPORT.score, SUPPORTED).judge(
        sentence, previous
    )


@pytest.mark.parametrize(
    "sentence",
    [
        'Ardern said they "were not forever" [1].',
        "Ardern said they “were not forever,” [1]",
        '"It may be time to move on from vaccine mandates," said David Seymour [2].',
        "A total of 122 people were arrested on Lambton Quay [3].",
        "Wellington mayor Andy Foster said he had spoken with some protesters [4].",
        "Tukaki said he wanted to tell protesters: “Go home.” [8]",
        "According to Foster, he had spoken with some protesters [4].",
        "The operation involved 300 staff and cost $3000 [5].",
        "The operation involved 300 staff [5], and 122 people were arrested on Lambton Quay [3].",
        "David Seymour said the data suggested it was time to open the border [9].",
        "Seymour said it was time to open the border and the schools, while it was, he said [9].",
    ],
)
def test_a_true_sentence_passes(sentence: str) -> None:
    judged = judge(sentence)
    assert (judged.check.verdict, judged.check.reason) == ("passed", "")


@pytest.mark.parametrize(
    ("sentence", "reason"),
    [
        ('Ardern said they "were forever" [1].', "does not say “were forever”"),
        ("Ardern said they ‘were never needed’ [1].", "does not say"),
        ('Ardern said they "were ... forever" [1].', "does not say"),
        ("“We are moving,” Ardern told RNZ [6].", "does not say"),
        ("A total of 123 people were arrested on Lambton Quay [3].", "does not have 123"),
        ("A total of 122 people were arrested on Monday on Lambton Quay [3].", "monday"),
        ("A total of 122 people were arrested on Hill Street [3].", "Hill Street"),
        ("The operation involved three hundred staff and cost $4,000 [5].", "4000"),
        ("Hipkins said the operation involved 300 staff [5].", "Hipkins"),
        ('Seymour said they "were not forever" [1].', "Seymour"),
        ("Andy Ardern said they were restrictions [1].", "Andy Ardern"),
        ("Seymour said he had spoken with some protesters [4].", "Seymour"),
        ("We are not moving [6].", "speaks for itself"),
        ("On the vaccine mandates, they were restrictions that were forever [1].", "“not”"),
        ("The operation did not involve 300 staff [5].", "“not”"),
        ("She said they were restrictions [1].", "“she”"),
        ("People were installed on Lambton Quay as barriers arrested 122 [3].", "too little"),
        ("The operation involved 300 protesters and cost $3,000 [5].", "“protesters”"),
        ('Seymour said they "were not forever" [1] [2].', "does not say"),
        ('Seymour said it, and they "were not forever" [1] [2].', "does not say"),
        (
            "Ardern said it may be time to move on, but Foster said he had spoken [1, 2, 4].",
            "does not say “time”",
        ),
        ("Ardern said it may be time and Seymour said they were [1] [2].", "several speakers"),
        ("Seymour said Ardern suggested it was time to open the border [1] [9].", "several"),
        ("See [this](http://evil.example) for staff [5].", "link"),
        ("The operation <img src=x> involved 300 staff [5].", "link"),
        ("The operation cost $$3,000$$ [5].", "link"),
        ("<|im_start|>The operation involved 300 staff [5].", "control"),
        ("evil.example/x has the barricade pictures [7].", "link"),
    ],
)
def test_a_false_sentence_is_not_shown(sentence: str, reason: str) -> None:
    judged = judge(sentence)
    assert judged.check.verdict in {"quoted", "dropped"}
    assert reason in judged.check.reason
    assert judged.text in {"", *(passage.text for passage in judged.passages)}


def test_a_failed_sentence_becomes_the_passage_it_leaned_on() -> None:
    judged = judge('Ardern said they "were forever" [1].')
    assert judged.check.verdict == "quoted"
    assert judged.text == PASSAGES[0].text
    assert judged.passages == (PASSAGES[0],)


@pytest.mark.parametrize("lead", ["", "Jacinda Ardern (Prime Minister): "])
@pytest.mark.parametrize("marker", ["", " [10]", " [2]"])
def test_a_passage_that_is_copied_is_quoted_and_cited(lead: str, marker: str) -> None:
    judged = judge(lead + PASSAGES[9].text.removesuffix(".") + f"{marker}.")
    assert (judged.check.verdict, judged.check.reason) == ("quoted", OWN_SENTENCE)
    assert (judged.text, judged.passages) == (PASSAGES[9].text, (PASSAGES[9],))


def test_a_copied_passage_that_does_not_bear_on_the_question_is_not_quoted() -> None:
    gate = Gate(understand("Who?"), PASSAGES, SUPPORT.score, SUPPORTED, bearing=PASSAGES[:1])
    judged = gate.judge(f"{PASSAGES[9].text} [10]")
    assert PASSAGES[9] not in judged.passages
    assert "bear on the question" in judged.check.reason


def test_a_passage_with_markup_is_never_quoted() -> None:
    judged = judge("Evil pictures of the barricade are shown [7].")
    assert PASSAGES[6] not in judged.passages


@pytest.mark.parametrize("marker", ["", " [99]", " [0]", " [3]"])
def test_a_missing_or_wrong_citation_is_mended(marker: str) -> None:
    judged = judge(f"The operation involved 300 staff{marker}.")
    assert judged.check.verdict == "mended"
    assert judged.passages == (PASSAGES[4],)


def test_an_unsupported_sentence_with_no_citation_goes() -> None:
    assert not judge("Nothing else matters much.").shown


def test_pronouns_carry_on_from_the_sentence_before() -> None:
    sentence = 'She said they "were not forever" [1].'
    assert judge(sentence, previous=ARDERN).check.verdict == "passed"
    assert judge(sentence, previous=SEYMOUR).check.verdict == "quoted"


def test_words_of_somebody_else_do_not_answer_what_one_person_said() -> None:
    question = "What did Ardern say about mandates?"
    judged = judge("It may be time to move on from vaccine mandates [2].", question)
    assert PASSAGES[1] not in judged.passages


def test_names_of_the_question_may_be_used() -> None:
    sentence = "In Hamilton, the operation involved 300 staff and cost $3,000 [5]."
    assert judge(sentence).check.verdict == "quoted"
    assert "Hamilton" not in judge(sentence, "What happened in Hamilton?").check.reason


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_one_word_put_for_another_never_passes(data: st.DataObject) -> None:
    number = data.draw(st.integers(0, 4))
    parts = SENTENCES[number][1].split()
    at = data.draw(st.sampled_from([at for at, part in enumerate(parts) if len(part) > 4]))
    new = data.draw(st.sampled_from(["Hipkins", "twelve", "hospitals", "never", "denied", "77"]))
    sentence = " ".join([*parts[:at], new, *parts[at + 1 :]])
    assert judge(f"{sentence} [{number + 1}]").check.verdict in {"quoted", "dropped"}


WORDS = sorted({word for _, text in SENTENCES for word in text.split()} | {"Luxon", "77", "[3]"})


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=15), st.integers(1, 7))
def test_no_made_up_quotation_passes(words: list[str], number: int) -> None:
    made_up = " ".join(word.strip('"') for word in words)
    judged = judge(f"“{made_up} indeed” [{number}]")
    assert "indeed" not in judged.text


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=120))
def test_what_is_shown_is_the_sentence_or_a_passage(text: str) -> None:
    judged = judge(text)
    if judged.check.verdict == "quoted":
        assert judged.text == judged.passages[0].text
    assert judged.shown == bool(judged.passages)
    assert all(passage in PASSAGES for passage in judged.passages)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        (
            'Jacinda Ardern (Prime Minister) said they "were not forever" [1].',
            'Jacinda Ardern said they "were not forever".',
        ),
        (
            (
                "Andy Foster (Wellington mayor): Wellington mayor Andy Foster said he had spoken "
                "with some protesters. [4]"
            ),
            "Wellington mayor Andy Foster said he had spoken with some protesters.",
        ),
    ],
)
def test_the_way_in_which_the_prompt_names_speakers_is_not_shown(written: str, shown: str) -> None:
    judged = judge(written)
    assert (judged.check.verdict, judged.text) == ("passed", shown)


def test_another_name_put_before_the_words_does_not_make_them_theirs() -> None:
    judged = judge("David Seymour (Act leader): Ardern told RNZ we are not moving [6].")
    assert "Seymour" not in judged.text
