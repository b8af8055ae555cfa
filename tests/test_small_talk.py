"""Greetings, thanks, goodbyes and questions about the program get a reply and no citations."""

import pytest

from bot import small_talk as replies
from bot.small_talk import small_talk, without_courtesy


@pytest.mark.parametrize(
    ("message", "reply"),
    [
        ("hi", replies.GREETING),
        ("Hello there!", replies.GREETING),
        ("good morning to you", replies.GREETING),
        ("hey bot", replies.GREETING),
        ("Kia ora", replies.GREETING),
        ("ok great thanks", replies.THANKS),
        ("thank you so much for your help!", replies.THANKS),
        ("thank u :)", replies.THANKS),
        ("Thanks! 🙏", replies.THANKS),
        ("cool", replies.THANKS),
        ("that's very helpful", replies.THANKS),
        ("bye", replies.GOODBYE),
        ("see you later!", replies.GOODBYE),
        ("thanks, bye", replies.GOODBYE),
        ("Hey, how are you?", replies.FINE),
        ("what can you do?", replies.ABILITIES),
        ("What kind of questions can I ask?", replies.ABILITIES),
        ("hi, can you help me", replies.ABILITIES),
        ("who are you", replies.WHO_I_AM),
        ("are you a robot?", replies.WHO_I_AM),
    ],
)
def test_a_courtesy_gets_its_reply(message: str, reply: str) -> None:
    assert small_talk(message) == reply


@pytest.mark.parametrize(
    "message",
    [
        "hi, what did Ardern say",
        "what can the police do",
        "thanks. and Seymour?",
        "who did the police help?",
        "how does it work?",
        "why?",
        "really?",
        "no",
        "mandates",
        "what happened this morning?",
        "Who is good at this?",
        "",
        "???",
        "ok " * 40 + "x",
    ],
)
def test_a_question_is_no_small_talk(message: str) -> None:
    assert small_talk(message) is None


@pytest.mark.parametrize(
    ("message", "question"),
    [
        ("hi, what did Ardern say", "what did Ardern say"),
        ("Thanks. Why?", "Why?"),
        ("ok and Seymour?", "and Seymour?"),
        ("Great, thank you! When was that?", "When was that?"),
        ("hello", "hello"),
        ("Good governance: who spoke of it?", "Good governance: who spoke of it?"),
        ("Fine particles were found where?", "Fine particles were found where?"),
    ],
)
def test_a_question_loses_the_courtesy_before_it(message: str, question: str) -> None:
    assert without_courtesy(message) == question
