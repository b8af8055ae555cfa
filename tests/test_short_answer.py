"""The words themselves come first where they are sure, and are the sentence's own."""

import pytest

from bot.answer_spans import bears_kind, spans_of
from bot.bearing import Bearing
from bot.decision import decide
from bot.short_answer import short_answer
from index.articles import article_from_text
from index.passages import split_passages
from index.questions import understand
from tests.small_article import ask, passages, ranked


def short(text: str) -> str:
    question = ask(text)
    return decide(question, ranked(question), passages()).short


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("How many passengers were on the ferry?", "212"),
        ("How many people were taken to the hospital?", "Fourteen"),
        ("When was the ferry built?", "1987"),
        ("Did the ferry run aground outside Port Ellery?", "Yes"),
        ("What did Novak say about the channel markers?", ""),
        ("Why will the ferry be towed?", ""),
        ("How old is Jonas Lind?", ""),
    ],
)
def test_the_words_first_only_where_one_stretch_answers(question: str, words: str) -> None:
    assert short(question) == words


@pytest.mark.parametrize(
    ("question", "sentence", "words"),
    [
        ("How old is Anna Berg?", "Anna Berg, 43, moved here in 1998.", ", 43"),
        ("How much did the bridge cost?", "It cost $4.5 million and has 12 piers.", "$4.5 million"),
        ("How long was the road closed?", "It was closed for nine hours on Friday.", "nine hours"),
        ("How far is the village?", "It is 30 miles from here, 200 people say.", "30 miles"),
        ("What was the score?", "Ellery won 3-1 before 400 people.", "3-1"),
        ("When did it open?", "It opened in May 2004 with 30 shops.", "May 2004"),
    ],
)  # fmt: skip
def test_the_kind_of_thing_asked_for_is_found(question: str, sentence: str, words: str) -> None:
    understood = understand(question)
    found = [sentence[slice(*span)] for span in spans_of(understood, sentence)]
    assert any(words in each for each in found)
    assert bears_kind(understood, sentence) == 1.0


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("How old is Anna Berg?", "Anna Berg won the race in 2008, her best year."),
        ("How much money did she win?", "Anna Berg won the race by 12 seconds."),
        ("When was the race?", "Anna Berg won the race by a wide margin."),
        ("How many dogs ran?", "Anna Berg won 300 dollars for it."),
    ],
)
def test_another_kind_of_thing_does_not_pass(question: str, sentence: str) -> None:
    assert bears_kind(understand(question), sentence) < 0.5


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("Was the crowd peaceful?", 'The crowd was told: "Keep it peaceful".'),
        (
            "Who treated the passengers?",
            "They were treated at the Lorn Islands Hospital.",
        ),
    ],
)
def test_a_quoted_wish_is_no_yes_and_a_place_is_nobody(question: str, sentence: str) -> None:
    (passage,) = split_passages(article_from_text(sentence, source="a test"))
    held = dict.fromkeys(("named", "exact", "covered"), 1.0)
    assert short_answer(understand(question), Bearing(passage, held)) == ""
    doubted = Bearing(passage, held | {"answers": 0.1})
    assert short_answer(understand(question), doubted) == ""


def test_a_sentence_that_the_reranker_doubts_gives_no_words() -> None:
    (passage,) = split_passages(article_from_text("The ferry has 212 seats.", source="a test"))
    question = understand("How many seats has the ferry?")
    held = dict.fromkeys(("named", "exact", "covered"), 1.0)
    assert short_answer(question, Bearing(passage, held | {"answers": 0.9})) == "212"
    assert short_answer(question, Bearing(passage, held | {"answers": 0.1})) == ""


@pytest.mark.parametrize(
    ("question", "sentence", "read", "words"),
    [
        # Nothing but the reading tells which number is meant, or that neither is.
        ("How many seats has it?", "It has 212 places to sit, and 14 boats.", "212 places", "212"),
        ("How many seats has it?", "It has 212 places to sit, and 14 boats.", "of it all", ""),
        ("Who runs the harbour?", "Mette Lund runs it, not Bo Hart.", "Mette Lund", "Mette Lund"),
        ("Where is the harbour?", "It lies near Port Ellery.", "Port Ellery", "Port Ellery"),
        ("Where did he go in May?", "In May 2011 he left.", "In May 2011", ""),
        ("Who is the president?", "It went to the Senate Council.", "Senate Council", ""),
        ("How many died?", "At least 707 people died.", "At least 707", "At least 707"),
    ],
)
def test_where_the_reranker_finds_the_words_they_are_those(
    question: str, sentence: str, read: str, words: str
) -> None:
    (passage,) = split_passages(article_from_text(sentence, source="a test"))
    measures = {"covered": 0.1, "named": 1.0, "exact": 0.1, "answers": 0.9, "words": 0.9}
    start = max(0, sentence.find(read))
    bearing = Bearing(passage, measures, (start, start + len(read)) if read in sentence else (0, 2))
    assert short_answer(understand(question), bearing) == words
