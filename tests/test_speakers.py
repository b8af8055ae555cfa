"""Who said what: speakers before and after the verb, pronouns, orphans, statements, nobody."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.speakers import head_of
from index.articles import read_article
from index.passages import sentence_spans, split_passages
from index.speakers import Speaker, attribute

ROOT = Path(__file__).parent.parent


def speakers(text: str) -> list[Speaker | None]:
    return attribute(text, list(sentence_spans(text)))


def names(text: str) -> list[str]:
    return [speaker.name if speaker else "" for speaker in speakers(text)]


def test_the_seed_article_has_no_wrong_speaker_and_at_most_three_missing() -> None:
    article = read_article(next((ROOT / "seeds").glob("*.txt")))
    rows = (ROOT / "bench" / "seed_speakers.tsv").read_text("utf-8").splitlines()[1:]
    passages = split_passages(article)
    assert len(rows) == len(passages)
    wrong, missing = [], []
    for row, passage in zip(rows, passages, strict=True):
        number, begins, gold = row.split("\t")
        assert passage.text.startswith(begins)
        accepted = gold.lower().split("|")
        if passage.speaker is None:
            missing += [number] if "-" not in accepted else []
        elif head_of(passage.speaker.name) not in accepted:
            wrong.append((number, passage.speaker.name))
    assert wrong == []
    assert len(missing) <= 3


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Before the verb, after it, in the middle.
        ("Ruth Poe said the road would close.", "Ruth Poe"),
        ('"The road will close," said Ruth Poe.', "Ruth Poe"),
        ('"The road," Ruth Poe said, "will close."', "Ruth Poe"),
        ("‘The road will close,’ Ms Poe told the Gazette.", "Poe"),
        ("The road would close on Monday, Ruth Poe added.", "Ruth Poe"),
        ("According to Ruth Poe, the road will close.", "Ruth Poe"),
        ("The road will close, according to police.", "police"),
        ("The road would be closed for three days, said police.", "police"),
        ("As Ruth Poe put it, the road is finished.", "Ruth Poe"),
        # Insertions between the name and the verb.
        ("Ruth Poe, 42, a baker from Leeds, Yorkshire, said the road would close.", "Ruth Poe"),
        ("Ruth Poe, who lives nearby, said the road would close.", "Ruth Poe"),
        ("Ruth Poe — the mayor — said the road would close.", "Ruth Poe"),
        ("Sen. Ruth Poe (R-Texas) said the road would close.", "Ruth Poe"),
        ("“The road will close,” Ruth Poe said by telephone on Monday.", "Ruth Poe"),
        ("Speaking to the BBC, Ruth Poe said the road would close.", "Ruth Poe"),
        ("Ruth Poe opened the meeting and said the road would close.", "Ruth Poe"),
        ("Ruth Poe attacked the plan, saying the road would close.", "Ruth Poe"),
        # Groups, documents and people without a name.
        ("The council said the road would close.", "The council"),
        ("A spokesman for the council said the road would close.", "A spokesman for the council"),
        ("A woman who saw the crash said it was loud.", "A woman"),
        ("A new poll shows that support has fallen.", "A new poll"),
        ("Nurses say that wards are full.", "Nurses"),
        ("Officials have repeatedly denied the claims.", "Officials"),
        ("The judge told the jury to ignore the outburst.", "The judge"),
        (
            "A statement issued on behalf of the nurses said pay was low.",
            "A statement issued on behalf of the nurses",
        ),
        ("A report released on Monday said pay was low.", "A report"),
        # Said without a verb of saying.
        ("Ruth Poe believes the road should close.", "Ruth Poe"),
        ("Ruth Poe called the plan “a disgrace”.", "Ruth Poe"),
        ("The plan was criticised by Ruth Poe as a waste of money.", "Ruth Poe"),
        # Nobody.
        ("The road was closed for three days.", ""),
        ("Children drew a “swarm” of bees in the hall.", ""),
        ("Ruth Poe walked to the shop.", ""),
        ("The museum is open to the public on Sundays.", ""),
        ("Nobody said that the road would close.", ""),
        ("He said the road would close.", ""),
        ("It is said that the road is haunted.", ""),
        # A phrase whose end is missing names nobody.
        ("Her lawyers relied on maps and articles from noted experts to defend the view.", ""),
    ],
)
def test_one_sentence(text: str, expected: str) -> None:
    assert names(text)[0] == expected


def test_pronouns_carry_on_from_the_last_fitting_person() -> None:
    text = (
        "Mayor Ruth Poe said the road would close.\n"
        "She said buses would run.\n"
        "Councillor John Reed welcomed the plan.\n"
        "He said it was overdue.\n"
        "But she warned of delays."
    )
    assert names(text) == ["Ruth Poe", "Ruth Poe", "John Reed", "John Reed", "Ruth Poe"]


def test_an_orphan_quotation_belongs_to_whoever_spoke_before() -> None:
    found = speakers('Ruth Poe said the road would close.\n"It is a sad day."')
    assert found[1] is not None
    assert (found[1].name, found[1].kind) == ("Ruth Poe", "direct")
    assert (found[1].start, found[1].end) == (0, 13)


def test_a_quotation_of_two_sentences_belongs_to_the_name_at_its_end() -> None:
    assert names('"It is sad. We are tired," said Ruth Poe.') == ["Ruth Poe", "Ruth Poe"]


def test_quotations_in_a_row_belong_to_the_name_behind_each() -> None:
    text = '"It is sad. We are tired." ― Ruth Poe "Nonsense." ― John Reed\n"Why?" ― Ann Lee'
    assert names(text) == ["Ruth Poe", "Ruth Poe", "John Reed", "", "Ann Lee", ""]


def test_a_quotation_over_paragraphs_keeps_its_speaker() -> None:
    text = "“One thing is sure,” said Ruth Poe. “We will act.\n“And we will win.\n“Soon.”"
    assert set(names(text)) == {"Ruth Poe"}


def test_words_that_introduce_a_quotation_give_its_speaker() -> None:
    assert names("Reed continued:\n“The road is shut.”")[1] == "Reed"
    text = "A white banner hung from the bridge.\n“End the war. Go home.”"
    assert names(text)[1:] == ["A white banner", "A white banner"]


def test_narration_after_speech_is_nobodys() -> None:
    text = 'Ruth Poe said the road would close.\nThe river rose overnight.\n"Nobody slept."'
    assert names(text)[1] == ""


def test_unnamed_speakers_keep_their_name() -> None:
    text = "A Leeds resident said it was loud.\nThe resident said he had not slept."
    assert names(text) == ["A Leeds resident", "A Leeds resident"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            (
                "More nurses came at noon. The nurses earlier said pay was low.\n"
                "Two managers met nurses from over the county.\n“We are tired,” the nurses said."
            ),
            "The nurses",
        ),
        ("Nurses at the Leeds hospital went home. The nurses said pay was low.", "The nurses"),
        ("Leeds residents came. The residents said it was loud.", "Leeds residents"),
        ("The Labour Party said no.\n“It is a bad bill,” the party said.", "Labour Party"),
        ("Voices for Health said no.\n“We are tired,” they said.", "Voices for Health"),
        ("A national plan failed.\nThe National Party said so.\nIt said no.", "National Party"),
        (
            (
                "The nurses asked for talks.\nA statement - signed by Care Alliance, Ruth Poe's "
                "Nurses and Voices for Health - was sent.\n“We are tired,” they said."
            ),
            "The nurses",
        ),
    ],
)
def test_a_group_goes_by_its_own_plain_name(text: str, expected: str) -> None:
    named = [name.lower() for name in names(text) if name]
    assert named
    assert set(named) == {expected.lower()}


def test_a_party_is_never_taken_for_another_of_that_kind() -> None:
    text = "The Green Party said yes.\nThe Labour Party said no.\nThe party said it was rushed."
    assert names(text) == ["Green Party", "Labour Party", "Labour Party"]


def test_transcripts_name_the_speaker_first() -> None:
    text = "TAPPER: Will it close? Be honest.\nPOE: It will."
    assert [name.lower() for name in names(text)] == ["tapper", "tapper", "poe"]


def test_a_name_on_its_own_line_signs_the_quotation_above_it() -> None:
    text = "Three claims follow.\n“I will look into it. I promise.”\n- Ruth Poe.\nShe did not."
    assert names(text)[1:3] == ["Ruth Poe", "Ruth Poe"]
    assert names(text)[4] == ""


def test_a_question_belongs_to_whoever_the_next_sentence_names() -> None:
    text = '"I am calling about the vote. How are you?" Poe, a nurse, said gently.'
    assert names(text) == ["Poe", "Poe", "Poe"]


def test_the_description_comes_with_the_name() -> None:
    (speaker,) = speakers("Wellington mayor Andy Foster said he was tired.")
    assert speaker is not None
    assert speaker.description == "Wellington mayor"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ('"The road will close," said Ruth Poe.', "direct"),
        ("Ruth Poe said the road would close.", "indirect"),
        ('Ruth Poe said the road would close "for ever and a day".', "mixed"),
    ],
)
def test_how_the_words_are_given(text: str, kind: str) -> None:
    (speaker,) = speakers(text)
    assert speaker is not None
    assert speaker.kind == kind


WORDS = st.sampled_from(
    "\" “ ” ' ‘ ’ . , : ; — ( ) \n ! Mr. Ruth Poe Jones said told according to he she they it who "
    "the a police that wants poll in and by was claim of 42 Inc. ''".split(" ")
)


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=120), st.lists(WORDS, max_size=40).map(" ".join)))
def test_any_text_is_attributed_without_harm(text: str) -> None:
    spans = list(sentence_spans(text))
    found = attribute(text, spans)
    assert len(found) == len(spans)
    for speaker in found:
        if speaker is not None:
            assert 0 <= speaker.start < speaker.end <= len(text)
            assert speaker.name in text
            assert 0.5 <= speaker.confidence <= 1.0


def test_a_name_beside_its_role_is_the_speaker_however_the_sentence_goes_on() -> None:
    text = "The club's captain, Tom Hart, apologised to fans and said he would stay."
    assert names(text) == ["Tom Hart"]
    assert names("The company, which runs ferries, denied that it was warned.") == ["The company"]


def test_a_name_never_begins_with_half_a_word() -> None:
    text = (
        "She said it's time the protesters went home. The protesters earlier said they would stay."
    )
    assert names(text)[1] == "the protesters"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # What an opening or an insertion holds does not speak.
        ("In a 2013 film shown by Harbour News, a sailor said the ferry was late.", "a sailor"),
        (
            "Ruth Poe, the nurse who runs the Leeds Hospital Trust, which is old, said so.",
            "Ruth Poe",
        ),
        ("Most of the Reed family long ago left Leeds, the Post reported.", "Post"),
        # Answers to a poll, in numbers.
        ("About half of nurses say the wards are full.", "half of nurses"),
        ("But the survey shows only a small gap.", "the survey"),
        # After the verb, in the plural.
        ("The road may never open again, say some residents, who live nearby.", "some residents"),
        ("That person said the road would close.", "That person"),
    ],
)
def test_the_subject_is_found_past_what_surrounds_it(text: str, expected: str) -> None:
    assert names(text)[0] == expected


def test_nobody_speaks_where_she_may_be_either_of_two() -> None:
    text = "The talks were led by Ruth Poe and Ann Lee.\n“The road is shut,” she said."
    assert names(text)[1] == ""


def test_a_quotation_goes_on_behind_a_remark_of_the_reporter() -> None:
    text = (
        "“Those are very small towns,” Poe said. Leeds lies two hours away. “That’s a tough area.”"
    )
    assert names(text) == ["Poe", "", "Poe"]


def test_a_sentence_that_begins_in_a_quotation_goes_on_with_its_speaker() -> None:
    text = '"I hope to do better," said Ruth Poe. "But it has changed," with the fall in wages.'
    assert names(text) == ["Ruth Poe", "Ruth Poe"]
    assert names('"The Road" is a film. "Old Days" was a play of the same kind.') == ["", ""]


def test_the_next_speaker_does_not_take_the_words_before_him() -> None:
    text = (
        '"It is sad," Poe told reporters in Leeds. "That has no place here." Gov. John Hart said '
        "he would have fired him, according to press reports."
    )
    assert names(text)[:2] == ["Poe", "Poe"]


@pytest.mark.parametrize(
    "opening", ["Here in Columbia, ", "Even so, ", "Just days ago, ", "Aug 27 (Reuters) - ", ""]
)
def test_no_place_or_day_is_a_speaker(opening: str) -> None:
    assert names(f"{opening}Ruth Poe said the road would close.") == ["Ruth Poe"]
    assert names("Ruth Poe (Lab) - the baker - said it was over.") == ["Ruth Poe"]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Meanwhile, the council said the road would close.", "the council"),
        ("Significantly, the judge said the law was wrong.", "the judge"),
        ("At least half of the voters said they were tired.", "half of the voters"),
        ("Nine out of 10 residents say they would move.", "Nine out of 10 residents"),
        ("Polls in New Haven show that half would stay.", "Polls in New Haven"),
        ("Citing the flood, Ruth Poe urged people to leave.", "Ruth Poe"),
        ("He met members of the board Ruth Poe said were corrupt.", "Ruth Poe"),
        ("Both sides have acknowledged that talks failed.", "Both sides"),
        ("The plan had support in Leeds.", ""),
        ("Walking home, Ruth Poe saw a fox.", ""),
        ("Meanwhile, the road was closed.", ""),
    ],
)
def test_the_subject_is_found_behind_an_opening_and_in_its_own_words(
    text: str, speaker: str
) -> None:
    assert names(text) == [speaker]
