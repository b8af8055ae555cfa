"""What a question asks for, in any wording."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.questions import Kind, question_word, understand

NAMES = ("Jacinda Ardern", "David Seymour", "Andy Foster")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("How many people were arrested?", "number"),
        ("how old is ardern", "number"),
        ("What percentage of voters agreed?", "number"),
        ("When did the protest end?", "date"),
        ("what year was it", "date"),
        ("where is the protest", "place"),
        ("In which city was the man shot?", "place"),
        ("Who was arrested?", "person"),
        ("Iran criticizes who?", "person"),
        ("why were they there", "reason"),
        ("What caused the fire?", "reason"),
        ("How did they get in?", "manner"),
        ("Did the police move in?", "yes_no"),
        ("Who said the mandates would end?", "who_said"),
        ("who is quoted", "who_said"),
        ("what does RNZ stand for", "definition"),
        ("Who is Andrew Coster?", "definition"),
        ("What are the demands of the protesters?", "list"),
        ("What is the capital of France?", "open"),
        ("what did ardern say about mandates", "speech"),
        ("What did Ardern say about why she refused?", "speech"),
    ],
)
def test_the_kind_of_answer(text: str, kind: Kind) -> None:
    assert understand(text).kind == kind


@pytest.mark.parametrize(
    "text",
    [
        "What did Ardern say about mandates?",
        "what does Jacinda Ardern think of the mandates",
        "What are Ardern's views on mandates?",
        "according to ardern, what about mandates?",
        "What was the reaction of Ardern to mandates",
        "how does ardern feel about mandates",
        "what ardern said about mandates",
    ],
)
def test_whose_words_and_about_what(text: str) -> None:
    question = understand(text, NAMES)
    assert question.speaker == "Jacinda Ardern"
    assert question.kind == "speech"
    assert question.topic == ("mandat",)


def test_a_speaker_without_a_name_is_named_by_the_words() -> None:
    assert understand("What did the police commissioner say?").speaker == "police commissioner"
    assert understand("What did she say?").speaker == "she"


def test_someone_of_a_group_is_not_the_group() -> None:
    names = ["The union", "Jacinda Ardern"]
    assert understand("What did the union president say about pay?", names).speaker == (
        "union president"
    )
    assert understand("What did the union say about pay?", names).speaker == "The union"
    assert understand("What did Ardern say about pay?", names).speaker == "Jacinda Ardern"


def test_nobody_is_asked_about_in_a_plain_question() -> None:
    assert understand("What type of group is the Islamic State?").speaker is None
    assert understand("who said that mandates end", NAMES).speaker is None


def test_known_names_are_found_in_lower_case_and_keywords() -> None:
    assert understand("ardern mandates", NAMES).names == ("Jacinda Ardern",)
    assert understand("ardern mandates", NAMES).topic == ("ardern", "mandat")


def test_spelling_is_put_right_before_anything_else() -> None:
    question = understand("adern?", NAMES, lambda text: text.replace("adern", "Ardern"))
    assert question.text == "Ardern?"
    assert question.names == ("Jacinda Ardern",)


def test_the_word_that_asks() -> None:
    assert question_word("Iran criticizes who?") == 2
    assert question_word("ardern mandates") == 0


@given(st.text())
def test_any_text_is_understood_and_its_topic_is_among_its_words(text: str) -> None:
    question = understand(text, NAMES)
    assert set(question.topic) <= set(question.words)
    assert question_word(text) <= len(text.split())


def test_what_something_is_called_is_nobodys_speech() -> None:
    question = understand("what was the school called")
    assert question.speaker is None
    assert question.kind != "speech"
