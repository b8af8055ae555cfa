"""Sentences keep their exact place, and a sentence is what a reader takes for one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.articles import Article, clean
from index.passages import LONGEST, paragraph_spans, sentence_spans, split_passages

PIECES = st.sampled_from(
    [
        *("said", "Smith", "he", "The", "U.S.", "Mr.", "Dr.", "3.5", "No.", "10", "J.", "e.g."),
        *(".", "!", "?", "…", "...", ",", ";", ":", "—", "'", '"', "“", "”", "‘", "’", "(", ")"),
        *(" ", "  ", "\n", "\n\n", "\t", "\u00a0", "\u2028", "\u3000", "•", "-", "é", "文", "👩‍👧"),
        "x" * 1_200,
    ]
)
TEXTS = st.one_of(st.text(), st.lists(PIECES, max_size=60).map("".join))


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text)]


@given(TEXTS.map(clean))
def test_sentences_hold_every_character_once_and_in_order(text: str) -> None:
    spans = list(sentence_spans(text))
    at = 0
    for start, end in spans:
        assert text[at:start].strip() == ""  # nothing but white space between them
        assert start < end
        assert end - start <= LONGEST
        assert text[start:end].strip() == text[start:end]
        at = end
    assert text[at:].strip() == ""


@given(TEXTS.map(clean))
def test_sentences_stay_within_their_paragraph(text: str) -> None:
    paragraphs = list(paragraph_spans(text))
    for start, end in sentence_spans(text):
        assert any(first <= start and end <= last for first, last in paragraphs)


@given(TEXTS.map(clean))
def test_passages_are_slices_of_the_article(text: str) -> None:
    article = Article("id", "title", "story.txt", text)
    passages = split_passages(article)
    assert [each.number for each in passages] == list(range(len(passages)))
    for each in passages:
        assert each.text == article.text[each.start : each.end]
        assert each.article_id == "id"


@pytest.mark.parametrize(
    "expected",
    [
        ["He left.", "She stayed.", "Who knew?", "Nobody!"],
        ["Mr. Smith met Dr. J. R. Brown and Mrs. White.", "They ate."],
        ["Gen. Lee, Sen. Warren and Gov. Brown came.", "It rained."],
        ["The U.S. Senate voted.", "It passed."],
        ["It happened in the U.S.", "The Senate voted."],
        ["He moved to the U.K. in May.", "She followed."],
        ["The case of Roe vs. Wade is No. 10 on the list.", "It is old."],
        ["She said no.", "They went home."],
        ["Prices rose 3.5 percent to $1.25.", "Wages fell 0.4%."],
        ["It starts at 9 a.m. on Monday.", "It ends at 5 p.m.", "He will be there."],
        ["Apple Inc. said so.", "It denied it."],
        ["He works for Acme Corp.", "The firm is big."],
        ["Wait...", "What happened?"],
        ["Well ... maybe not.", "Yes."],
        ["He said… nothing.", "Then he left."],
        ["George W. Bush spoke.", "He left."],
        ["J.K. Rowling wrote it.", "He read it."],
        ["So did I.", "Then we left."],
        ["“We will go,” she said.", "“It is time.”"],
        ["“It ends.", "It is over,” he said."],
        ["“Is it over?” she asked.", "“No!” he cried."],
        ["“Stop!” Smith said.", "They ran."],
        ['"Stop!" she said.', '"Why?" Ms. Lee asked.', "Silence."],
        ['"Stop." The man ran.'],
        ["‘It ends,’ she said.", "‘It’s over.’", "He wept."],
        ["The ‘end’ is near.", "It’s the people’s choice."],
        ["(He left early.)", "The rest stayed."],
        ["He left [early].", "The rest stayed."],
        ["It was Jan. 5 in Calif. when he died.", "He was 80."],
        ["St. Paul is in Minn. and cold.", "People like it."],
        ["The firm (est. 1901) closed.", "It was old."],
        ["He met Lt. Col. Brown, Jr. at noon.", "They ate."],
        ["Is it over?!", "Yes."],
        ["The site bbc.co.uk said so.", "It was right."],
        ["He earns £3.2m. a year.", "It is a lot."],
        ["Article 3.2.1 applies.", "Article 4 does not."],
    ],
)
def test_a_sentence_ends_where_a_reader_ends_it(expected: list[str]) -> None:
    if expected == ['"Stop." The man ran.']:
        expected = ['"Stop."', "The man ran."]
    assert sentences(" ".join(expected)) == expected


def test_headlines_and_bullets_are_sentences_of_their_own() -> None:
    text = "Mandates to end\n\nBy A. Reporter\n\n- masks stay\n- passes go\n• tests stay\n\nOver."
    assert sentences(text) == [
        "Mandates to end",
        "By A. Reporter",
        "- masks stay",
        "- passes go",
        "• tests stay",
        "Over.",
    ]


def test_lines_without_blank_ones_between_are_paragraphs() -> None:
    assert sentences("A headline\nThe first one\nThe second one.") == [
        "A headline",
        "The first one",
        "The second one.",
    ]


def test_hard_wrapped_text_is_joined_to_whole_sentences() -> None:
    text = (
        "The prime minister said on Monday that the mandates\n"
        "would end in April. Schools, hospitals and prisons\n"
        "are not affected by the change.\n"
        "\n"
        "The opposition said that it was too late for most of\n"
        "those who had lost their work."
    )
    assert [" ".join(each.split()) for each in sentences(text)] == [
        "The prime minister said on Monday that the mandates would end in April.",
        "Schools, hospitals and prisons are not affected by the change.",
        "The opposition said that it was too late for most of those who had lost their work.",
    ]


def test_repeated_sentences_have_their_own_places() -> None:
    text = "No. No. He said no. He said no."
    spans = list(sentence_spans(text))
    assert len(set(spans)) == len(spans)
    assert sentences(text)[-2:] == ["He said no.", "He said no."]


def test_a_sentence_that_is_too_long_is_cut_at_a_clause() -> None:
    clause = "and then they went on and on about the mandates, "
    pieces = sentences(clause * 60)
    assert len(pieces) > 1
    assert all(len(each) <= LONGEST for each in pieces)
    assert all(each.endswith(",") for each in pieces)
    assert " ".join(pieces) == (clause * 60).strip()


@pytest.mark.timeout(60)  # were the time quadratic in the length, it would be hours
@pytest.mark.parametrize(
    "piece",
    [
        *(
            "." * 50,
            " ",
            "\n",
            " \n",
            "\n\n ",
            '."',
            ". \u2028",
            "“",
            "x",
            "X ",
            "A.",
            "Mr. ",
            "e.g. ",
        ),
        *("! Aa", "...\n", "He said so. ", "“Stop!” Smith said. ", "a\n", "? Mr Mr Mr Mr Mr "),
    ],
)
def test_a_megabyte_of_anything_is_split(piece: str) -> None:
    text = "It" + piece * (1_000_000 // len(piece)) + "ends."
    assert sum(len("".join(each.split())) for each in sentences(text)) == len("".join(text.split()))
