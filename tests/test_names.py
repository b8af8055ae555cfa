"""People and organisations: who is the same, by which fullest name, and what they are."""

import pytest

from index.names import Named, find_names
from index.speakers import attribute
from index.tokens import tokens


def entities(text: str) -> dict[str, Named]:
    return {named.name: named for named in find_names(text, tokens(text)).entities}


def test_a_surname_is_a_mention_of_the_fullest_name() -> None:
    text = "Ms Ardern spoke. Prime Minister Jacinda Ardern left. Ardern waved."
    names = find_names(text, tokens(text))
    called = {names.entities[mention.entity].name for mention in names.mentions}
    assert called == {"Jacinda Ardern"}


@pytest.mark.parametrize(
    ("text", "name", "description"),
    [
        ("Prime Minister Jacinda Ardern spoke.", "Jacinda Ardern", "Prime Minister"),
        ("Wellington mayor Andy Foster spoke.", "Andy Foster", "Wellington mayor"),
        ("Act leader David Seymour spoke.", "David Seymour", "Act leader"),
        ("Ruth Poe, the mayor of Leeds, spoke.", "Ruth Poe", "mayor of Leeds"),
        ("Det Insp Ruth Poe spoke.", "Ruth Poe", "Det"),
        ("House Republican Thomas Massie spoke.", "Thomas Massie", "House Republican"),
    ],
)
def test_the_description_stands_beside_the_name(text: str, name: str, description: str) -> None:
    found = entities(text)[name]
    assert found.person
    assert found.description.startswith(description)


def test_titles_and_first_names_tell_the_gender() -> None:
    found = entities("Mr. Okonjo met Mrs. Vrabel, Hillary Stone and spokesman Sasha Bright.")
    assert found["Okonjo"].gender == "m"
    assert found["Vrabel"].gender == "f"
    assert found["Hillary Stone"].gender == "f"


def test_organisations_are_no_people() -> None:
    found = entities("The Ministry of Health and Victoria University agreed.")
    assert not any(named.person for named in found.values())


def test_a_headline_makes_no_names_of_its_ordinary_words() -> None:
    text = "Mayor Ruth Poe Slams Angry Council\nRuth Poe said she was angry."
    names = find_names(text, tokens(text), [(0, 34)])
    assert {named.name for named in names.entities} == {"Ruth Poe"}


def test_the_second_word_of_a_paragraph_begins_no_sentence() -> None:
    assert "National Party" in entities("A national plan failed.\nThe National Party said so.")


def test_a_list_of_names_describes_none_of_them() -> None:
    found = entities("It was signed by Care Movement, The Rights Coalition and Voices for Health.")
    assert {"Care Movement", "Rights Coalition", "Voices for Health"} <= set(found)
    assert found["Care Movement"].description == ""


def test_what_a_body_is_for_belongs_to_its_name() -> None:
    found = entities("The Centre for Fish Health said so. The Movement for the Liberation won.")
    assert {"Centre for Fish Health", "Movement for the Liberation"} <= found.keys()
    assert "House" in entities("The House for Monday had no plans. Back in the House, he left.")


def test_an_adverb_that_opens_a_sentence_is_nobody() -> None:
    assert not entities("Apparently, the owner left. Recently it rained.")


def test_what_somebody_is_to_do_is_no_part_of_who_it_is() -> None:
    text = "According to a plan to close the school, 300 pupils must move."
    (speaker,) = attribute(text, [(0, len(text))])
    assert speaker is not None
    assert speaker.name == "a plan"
