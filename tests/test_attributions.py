"""Whom a sentence names as speaking, and whether that can be a passage's speaker."""

import pytest

from bot.attributions import attributions, same_speaker
from bot.quotations import quotations, quoted_words
from index.speakers import Speaker


@pytest.mark.parametrize(
    ("sentence", "subjects"),
    [
        ('Seymour said mandates were "not forever".', ["Seymour"]),
        ('"Not forever," said David Seymour, leader of Act.', ["David Seymour"]),
        ('"Not forever", Tukaki added.', ["Tukaki"]),
        ("Seymour: '...not forever'", ["Seymour"]),
        ('"Not forever" – David Seymour', ["David Seymour"]),
        ("According to police, 122 were arrested.", ["police"]),
        ("They were arrested, according to Andrew Coster.", ["Andrew Coster"]),
        ("Seymour, the leader of Act, said so.", ["Seymour"]),
        ("On Monday Ardern told RNZ about it.", ["Ardern"]),
        ("A spokesman for Ardern said no.", ["A spokesman for Ardern"]),
        ("Ardern and Seymour said yes.", ["Ardern", "Seymour"]),
        ("In a statement the protesters called for more.", ["the protesters"]),
        ("She also said so.", ["she"]),
        ("The protester who was woken up described the noise.", ["The protester"]),
        ("The protester who police said was violent left.", ["police"]),
        ("Omicron was described as a game changer.", []),
        ("The barriers were installed.", []),
    ],
)
def test_subjects_of_saying(sentence: str, subjects: list[str]) -> None:
    found = attributions(sentence, quotations(sentence))
    assert [each.subject for each in found] == subjects


SEYMOUR = Speaker("David Seymour", "Act leader", 0, 0)


@pytest.mark.parametrize(
    ("claimed", "speaker", "same"),
    [
        ("Seymour", SEYMOUR, True),
        ("Act leader David Seymour", SEYMOUR, True),
        ("Mr Seymour", SEYMOUR, True),
        ("the Act leader", SEYMOUR, True),
        ("David Smith", SEYMOUR, False),
        ("John Seymour", SEYMOUR, False),
        ("Act", SEYMOUR, False),
        ("the Act party", SEYMOUR, False),
        ("Ardern", Speaker("a spokesman for Ardern", "", 0, 0), False),
        ("Ardern", Speaker("a spokesman", "a spokesman for Ardern", 0, 0), False),
        ("police", Speaker("Police", "", 0, 0), True),
        ("Maori", Speaker("Māori", "", 0, 0), True),
    ],
)
def test_same_speaker(claimed: str, speaker: Speaker, same: bool) -> None:
    assert same_speaker(claimed, speaker) is same


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ('He said "not forever".', ["not forever"]),
        ("He called it 'the protesters' portaloos' today.", ["the protesters' portaloos"]),
        ("‘Don’t go,’ she said. ‘It’s late.’", ["Don’t go,", "It’s late."]),
        ("don't 'til '90s", []),
        ('a 5" pipe and "two words"', ["two words"]),
        ("“open to the end", ["open to the end"]),
        ('closed from the start" he said', ["closed from the start"]),
        ("«ja» and „nein“", ["ja", "nein"]),
    ],
)
def test_quotations_are_found(text: str, quoted: list[str]) -> None:
    assert [text[slice(*quoted_words(text, span))] for span in quotations(text)] == quoted
