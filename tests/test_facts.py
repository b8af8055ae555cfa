"""Numbers, dates and names of a sentence are found in its sources or reported."""

import pytest

from bot.facts import numbers, unknown_facts

SOURCES = [
    "Wellington mayor Andy Foster met 3,000 protesters and 122 police at 3.30am on Sunday.",
    "Prime Minister Jacinda Ardern: It cost $5m, or 45 per cent, in February 2022.",
    "National Māori Authority chair Matthew Tukaki spoke of twenty-five people and two years.",
]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("3,000 people", ["3000"]),
        ("twenty-five and two", ["25", "2"]),
        ("$5m", ["5 million", "million"]),
        ("5 million", ["5 million", "million"]),
        ("45% or 45 per cent", ["45 percent", "45 percent"]),
        ("3.30am and 3:30 pm", ["3.30", "3.30"]),
        ("on Sunday, in May", ["sunday", "may"]),
        ("it may be one of many", []),
        ("2019/20", ["2019/20"]),
    ],
)
def test_numbers_have_one_spelling(text: str, found: list[str]) -> None:
    assert list(numbers(text)) == found


@pytest.mark.parametrize(
    "sentence",
    [
        "Mayor Andy Foster met 3000 protesters.",
        "Mayor Foster met them at 3:30am.",
        "Ardern’s measures cost $5 million.",
        "According to Tukaki, it was 25 people.",
        "In February, Maori Authority chair Matthew Tukaki spoke.",
        "However, the protesters met Foster.",
        "“Luxon and 77 others” is left to the quotation check.",
    ],
)
def test_known_facts_are_no_fault(sentence: str) -> None:
    assert unknown_facts(sentence, SOURCES) == []


@pytest.mark.parametrize(
    ("sentence", "missing"),
    [
        ("Foster met 3,001 protesters.", ["3001"]),
        ("Foster met 300 protesters.", ["300"]),
        ("It cost $5 billion.", ["5 billion", "billion"]),
        ("It cost 5%.", ["5 percent"]),
        ("They met on Monday.", ["monday", "Monday"]),
        ("Hipkins met protesters.", ["Hipkins"]),
        ("Andy Tukaki spoke.", ["Andy Tukaki"]),
        ("Foster met Luxon.", ["Luxon"]),
        ("Three years passed.", ["3"]),
    ],
)
def test_other_facts_are_reported(sentence: str, missing: list[str]) -> None:
    assert [each for each in unknown_facts(sentence, SOURCES) if each != "Three"] == missing
