"""Words are exact, or only set differently, or they are no quotation: never nearly exact."""

import random
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.quote_check import MOST_PLACES, QuoteCheck, as_json, check_quote
from bot.typography import fold, inside_word
from index.articles import Article, article_from_text
from index.passages import Passage, split_passages
from index.speakers import Speaker

SEED = Path(__file__).parent.parent / "seeds" / "000_88ce78e89167943c.txt"
TEXT = SEED.read_text(encoding="utf-8")
NEWS = article_from_text(TEXT, "seed")
EXAMPLES = settings(max_examples=450, deadline=None)

# Other ways of setting the same words, as keyboards and house styles do.
STYLES = {
    '"': ["“", "”", "«", "„", "'"],
    "'": ["’", "‘", "ʼ"],
    " ": ["\u00a0", "  ", "\u2009", "\n"],
    " - ": [" – ", "—", " — "],
    "...": ["…", " … ", ". . ."],
    "ā": ["a\u0304"],
}


def check(claim: str, article: Article = NEWS) -> QuoteCheck:
    return check_quote(claim, [(article, split_passages(article))])


def spoken(*speeches: tuple[str, str, str]) -> tuple[Article, tuple[Passage, ...]]:
    """An article of one sentence for each (name, description, words), attributed."""
    article = article_from_text("\n".join(words for _, _, words in speeches), "test")
    passages = tuple(
        replace(passage, speaker=Speaker(name, description, passage.start, passage.end))
        for (name, description, _), passage in zip(speeches, split_passages(article), strict=True)
    )
    return article, passages


WORDS = [match.span() for match in re.finditer(r"\S+", TEXT)]


@st.composite
def slices(draw: st.DrawFn, least: int = 1, most: int = 40) -> tuple[int, int]:
    first = draw(st.integers(0, len(WORDS) - least))
    last = draw(st.integers(first + least - 1, min(len(WORDS), first + most) - 1))
    return WORDS[first][0], WORDS[last][1]


@EXAMPLES
@given(slices())
def test_every_slice_is_found_word_for_word_at_its_offsets(span: tuple[int, int]) -> None:
    words = TEXT[slice(*span)]
    if not re.search(r"\w", words):
        return
    result = check(words)
    (only,) = result.quotations
    assert result.verdict == "exact"
    assert all(TEXT[place.start : place.end] == place.words for place in only.places)
    places = [(place.start, place.end) for place in only.places]
    assert span in places or len(places) == MOST_PLACES


@EXAMPLES
@given(slices(2), st.randoms(use_true_random=False))
def test_other_typography_is_no_alarm(span: tuple[int, int], chance: random.Random) -> None:
    words = TEXT[slice(*span)]
    for plain, others in STYLES.items():
        words = "".join(
            chance.choice([piece, chance.choice(others)]) if piece == plain else piece
            for piece in re.split(f"({re.escape(plain)})", words)
        )
    result = check(words)
    assert result.verdict in {"exact", "typography"}
    (only,) = result.quotations
    assert any(place.start <= span[1] and place.end >= span[0] for place in only.places), (
        "found elsewhere"
    )


def changed(words: list[str], at: int, change: str, chance: random.Random) -> list[str]:
    """One word of the slice deleted, replaced, added, negated or made another number."""
    word = words[at]
    if change == "number":
        word = re.sub(r"\d", lambda digit: str((int(digit.group()) + 1) % 10), word)
        return [*words[:at], word if word != words[at] else word + "7", *words[at + 1 :]]
    if change == "delete":
        return [*words[:at], *words[at + 1 :]]
    if change == "not":
        return [*words[:at], "not", *words[at:]]
    if change == "name":
        return [*words[:at], chance.choice(["Luxon", "Seymour", "Hipkins"]), *words[at + 1 :]]
    return [*words[:at], word[:1] + "x" + word[1:], *words[at + 1 :]]


@EXAMPLES
@given(
    slices(4),
    st.sampled_from(["number", "delete", "not", "name", "letter"]),
    st.randoms(use_true_random=False),
)
def test_one_changed_word_is_never_a_quotation(
    span: tuple[int, int], change: str, chance: random.Random
) -> None:
    # Without the article's own marks, outside which a claim's words are no quotation.
    words = re.sub('["“”]', "", TEXT[slice(*span)]).split()
    inner = [at for at in range(1, len(words) - 1) if re.search(r"\w", words[at])]
    if not inner:
        return
    claim = " ".join(changed(words, chance.choice(inner), change, chance))
    bare = re.sub(r"[^\w]+", " ", claim).split()
    every = re.sub(r"[^\w]+", " ", TEXT).split()
    if any(bare == every[at : at + len(bare)] for at in range(len(every))):
        return  # what was made happens to stand elsewhere
    result = check(chance.choice([claim, f"“{claim}”", f'They said: "{claim}"']))
    assert result.verdict in {"altered", "stitched", "absent"}


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        ('"were not forever"', "exact"),
        ("were not forever", "exact"),
        ("“were not forever,”", "typography"),
        ("Were not forever", "typography"),
        ('"were forever"', "altered"),
        ("which saw 123 people arrested", "altered"),
        ("day 15 of its occupation at Parliament", "altered"),
        ("Police commissioner Andrew Foster about the police operation", "altered"),
        ('"were not forever?"', "altered"),
        ("it's time they go home!", "altered"),
        ("t forever", "absent"),
        ("ere not foreve", "absent"),
        ("the moon is made of green cheese", "absent"),
        ('"it may be time to move on ... the costs to individuals"', "stitched"),
        (
            "Vaccination rates are making little difference. We are not a violent country",
            "stitched",
        ),
        ("", "absent"),
        ("…", "absent"),
        ('""', "absent"),
    ],
)
def test_verdicts_on_the_seed_article(claim: str, verdict: str) -> None:
    assert check(claim).verdict == verdict


@pytest.mark.parametrize(
    ("article", "claim"),
    [
        ("Growth rose 3,000 points.", "Growth rose 3"),
        ("It cost $5 at most, he said.", "It cost 5 at most"),
        ("Turnout was 45% at noon.", '"Turnout was 45"'),
        ("It fell to -5 degrees.", "5 degrees"),
        ("They will re-elect him.", "elect him"),
        ("They don't agree.", "They don"),
        ("He stood 5' tall there.", 'He stood 5" tall there.'),
        ("It rose 1.5 points.", "5 points"),
        ("The U.S. economy grew.", "U.S. economy grew?"),
        ("We saw Polish people.", "We saw polish people."),
    ],
)
def test_a_cut_or_changed_number_or_word_is_no_quotation(article: str, claim: str) -> None:
    assert check(claim, article_from_text(article, "test")).verdict not in {"exact", "typography"}


def test_an_alteration_shows_the_real_words_and_the_difference() -> None:
    (only,) = check('"were forever"').quotations
    assert only.places[0].words.endswith("were not forever")
    assert [(change.op, change.words) for change in only.difference] == [
        ("same", "were"),
        ("missing", "not"),
        ("same", "forever"),
    ]


TALK = spoken(
    ("Jacinda Ardern", "Prime Minister", "The mandates were not forever, she said."),
    ("David Seymour", "Act leader", "It may be time to move on, he said."),
)


@pytest.mark.parametrize(
    ("claim", "verdict", "agrees"),
    [
        ('Seymour: "...not forever"', "misattributed", False),
        ("Seymour: '...not forever'", "misattributed", False),
        ('Seymour said mandates were "not forever"', "misattributed", False),
        ('"The mandates were not forever," said Seymour.', "misattributed", False),
        ('"The mandates were not forever," said Act leader David Seymour', "misattributed", False),
        ('According to Seymour, they "were not forever".', "misattributed", False),
        ("Seymour: the mandates were not forever", "misattributed", False),
        ('Ardern: "...not forever"', "typography", True),
        ('"The mandates were not forever", the Prime Minister said', "exact", True),
        ('Jacinda Ardern said they "were not forever"', "exact", True),
        ('She said they "were not forever"', "exact", None),
        ('Seymour said it was "time to move along"', "altered", None),
    ],
)
def test_who_said_it_is_checked_too(claim: str, verdict: str, agrees: bool | None) -> None:
    result = check_quote(claim, [TALK])
    assert (result.verdict, result.speaker_agrees) == (verdict, agrees)


def test_a_claim_is_as_good_as_its_worst_quotation() -> None:
    result = check_quote('It was "not forever" and "time to move along".', [TALK])
    assert [each.verdict for each in result.quotations] == ["exact", "altered"]
    assert result.verdict == "altered"


def test_words_of_several_articles_are_told_apart() -> None:
    other = article_from_text("The bridge reopened on Friday.", "other")
    result = check_quote("reopened on Friday", [TALK, (other, split_passages(other))])
    assert result.place is not None
    assert result.place.article_id == other.id


def test_the_check_is_plain_data() -> None:
    plain = as_json(check_quote('Ardern: "not forever"', [TALK]))
    assert plain["quotations"][0]["places"][0]["speaker"]["name"] == "Jacinda Ardern"


@EXAMPLES
@given(st.text(max_size=200))
def test_any_text_can_be_checked_and_every_place_is_a_slice(claim: str) -> None:
    for only in check(claim).quotations:
        assert all(TEXT[place.start : place.end] == place.words for place in only.places)


@EXAMPLES
@given(st.text(alphabet="ab1 .…-—–\"'’“”\n\u00a0\u00ad\u0301é%$,", max_size=60), st.data())
def test_folding_leads_back_to_the_original(text: str, data: st.DataObject) -> None:
    folded = fold(text)
    if folded.text:
        start = data.draw(st.integers(0, len(folded.text) - 1))
        end = data.draw(st.integers(start + 1, len(folded.text)))
        begin, stop = folded.original(start, end)
        assert 0 <= begin < stop <= len(text)
        letters = [mark for mark in folded.text[start:end] if mark in "b1%$,"]
        assert [mark for mark in text[begin:stop] if mark in "b1%$,"] == letters
    assert not inside_word(text, 0)
