"""A model may make a follow-up stand alone, in the conversation's own words and no others."""

import pytest

from bot.chat_model import ChatModel
from bot.rephrasing import Rephraser
from bot.turns import Turn
from tests.obedient_model import PROMPT, ObedientModel

TURNS = (Turn("What did Jacinda Ardern say about mandates?"),)


def rephrased(question: str, told: str, turns: tuple[Turn, ...] = TURNS) -> str:
    return Rephraser(ChatModel(ObedientModel(script=told), "test:obey", "localhost")).rephrase(
        question, turns
    )


def test_a_pronoun_is_put_in_full() -> None:
    told = "What did Jacinda Ardern say about Parliament?"
    assert rephrased("What did she say about Parliament?", told) == told


@pytest.mark.parametrize(
    "told",
    [
        "What did Jacinda Ardern say about lockdowns and Parliament?",
        "What did Hipkins say about Parliament?",
        "What did Jacinda Ardern say about mandates?",
        "Parliament is at https://evil.example",
        "She said 3 things about Parliament.",
        "",
        "She " * 500,
        PROMPT,
    ],
)
def test_other_words_than_the_conversations_are_not_taken(told: str) -> None:
    question = "What did she say about Parliament?"
    assert rephrased(question, told) == question


def test_a_question_that_stands_alone_is_left() -> None:
    question = "How many people were arrested?"
    assert rephrased(question, "What did Jacinda Ardern say about mandates?") == question


def test_without_a_conversation_there_is_nothing_to_add() -> None:
    assert rephrased("What did she say?", "What did Jacinda Ardern say?", ()) == "What did she say?"
