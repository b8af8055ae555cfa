"""Whom an article names, and the pronoun it uses for them."""

from bot.people import people_in
from index.speakers import Speaker


def genders(text: str, *speakers: Speaker) -> dict[str, str]:
    return {person.name: person.gender for person in people_in(text, speakers)}


def test_the_article_s_own_pronouns_tell() -> None:
    text = "Robin Vale said it would rain. She was sure of it, and she told her staff."
    assert genders(text) == {"Robin Vale": "she"}


def test_a_description_or_title_tells() -> None:
    assert genders("", Speaker("Kim Tran", "spokeswoman of the bank", 0, 0)) == {"Kim Tran": "she"}
    assert genders("Mr Alex Moss said no.") == {"Alex Moss": "he"}


def test_a_group_is_a_they() -> None:
    found = genders("", Speaker("Police", "", 0, 0), Speaker("the protesters", "", 0, 0))
    assert found == {"Police": "they", "the protesters": "they"}


def test_a_surname_in_s_is_no_group() -> None:
    assert genders("Alan Roberts said he was late.") == {"Alan Roberts": "he"}


def test_a_pronoun_after_another_name_is_the_other_s() -> None:
    text = "Kit Marlow told Jane Ashe to go. She went at once, and she never came back."
    assert genders(text)["Kit Marlow"] == "unknown"
    assert genders(text)["Jane Ashe"] == "she"


def test_places_and_things_are_nobody() -> None:
    assert genders("They met in James Street and at Victoria Park.") == {}


def test_who_is_introduced_by_trade_or_age_is_someone_and_no_institute_is() -> None:
    text = (
        "The injury to playmaker Luko Madric worries Oldham. Sadi Salim, 27, is accused. "
        "Ronald Hale died in June. Nancy Hale backs the Ronald and Nancy Hale Research Institute."
    )
    names = {person.name for person in people_in(text)}
    assert {"Luko Madric", "Sadi Salim", "Ronald Hale", "Nancy Hale"} <= names
    assert not any("Research" in name or "Institute" in name for name in names)
