"""Whose words they are where no verb of saying stands; and acts, which are nobody's words."""

import pytest

from index.passages import sentence_spans
from index.speakers import attribute


def names(text: str) -> list[str]:
    found = attribute(text, list(sentence_spans(text)))
    return [speaker.name if speaker else "" for speaker in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Most residents agreed that they had no choice.", "Most residents"),
        ("Many Democrats want Ruth Poe to resign.", "Democrats"),
        ("Council records show the mayor voted for it.", "Council records"),
        ("A Reed ally suggested she would change her mind.", "A Reed ally"),
        (
            "Most voters in Leeds, York and Hull said they felt betrayed.",
            "Most voters in Leeds, York and Hull",
        ),
        ("Ruth Poe, a baker in Leeds, asked the mayor if he would resign.", "Ruth Poe"),
        (
            "The club has no money left, said Ruth Poe, the head of the union, which has members.",
            "Ruth Poe",
        ),
        (
            'The plan would cost $3 million, according to the "Roads for all" document he wrote.',
            'the "Roads for all" document',
        ),
    ],
)
def test_words_of_somebody(text: str, expected: str) -> None:
    assert names(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "Police found the body of a woman in a house on Monday.",
        "The company released a new phone in March.",
        "Palmer gave the visitors hope with a run down the left.",
        "The visitors had support from the away end.",
        "The firm offered staff shares.",
        "Teachers voted to strike.",
        "The team tested the vaccine on mice.",
        "Protesters have thrown stones and ripped off masks.",
    ],
)
def test_acts_are_nobodys_words(text: str) -> None:
    assert names(text) == [""]


def test_a_pronoun_may_mean_somebody_of_whom_only_a_surname_is_known() -> None:
    text = "Chinni said debates seldom matter.\n“They come late,” he said."
    assert names(text) == ["Chinni", "Chinni"]


def test_a_short_sentence_may_close_a_question() -> None:
    assert names("“What was the point?”\nNobody knew.")[0] == ""
    text = "Ruth Poe said the road would close.\n“What was the point?” Reed questioned."
    assert names(text)[1] == "Reed"
