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
        ("Meanwhile, the council said the road would close.", "the council"),
        ("Predictably, the judge said he would not resign.", "the judge"),
        ("Nearly nine out of 10 say they want a new road.", "nine out of 10"),
        ("At least half of the drivers said they wanted a new road.", "half of the drivers"),
        ("Surveys in New Haven show that Poe is ahead.", "Surveys in New Haven"),
        ("Some planners - including a few in Leeds - warn that it will fail.", "Some planners"),
        ("Muslim advocates hailed the verdict.", "Muslim advocates"),
        ("Both sides have also acknowledged that it will take years.", "Both sides"),
        ("He named members of the board Poe said were corrupt.", "Poe"),
        ("Citing the flood as a warning, Poe urged the council to act.", "Poe"),
        ("By refusing to admit any fault, Poe made it worse.", "Poe"),
        (
            "That would leave the town with no road, forcing it to pay, said Ruth Poe, a planner.",
            "Ruth Poe",
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
        "By scoring twice, Palmer put the visitors ahead.",
        "It was the season Palmer scored twice.",
        "The council closed the road the firm had built.",
        "He threw his shirt to a group watching the match.",
        "Parts of the bridge show rust.",
        "The sides have met twice this season.",
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
