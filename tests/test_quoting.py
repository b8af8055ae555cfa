"""The default answer is made of the article's own sentences, each at its address."""

import re
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers import Answer
from bot.decision import SAYS_OTHERWISE
from bot.quoting import answer_from_quotes, grouped, heading
from bot.short_answer import NO, YES
from index.articles import article_from_text
from index.passages import split_passages
from prompts import load_prompt
from tests.small_article import LIND, NOVAK, article, ask, passages, ranked

QUESTIONS = (
    "How many passengers were on the ferry?",
    "What did Novak say?",
    "What did Novak say about the channel markers?",
    "What did Lind say about the weather?",
    "Why did Novak agree to meet the shipping company?",
    "What is this about?",
    "Summarise the article",
    "Who is quoted?",
    "Did divers find leaking oil?",
    "What is the capital of France?",
    "ferry",
)
MARKER = re.compile(r" \[(\d+)\]")


def snapshots(question: str) -> list[Answer]:
    understood = ask(question)
    return list(answer_from_quotes(understood, ranked(understood), passages()))


def shown_words(answer: Answer) -> Iterable[str]:
    """Every line of an answer that is not a heading, without its markers."""
    headings = {heading(NOVAK), heading(LIND)}
    for line in answer.text.splitlines():
        if line.strip() and line not in headings:
            yield from (part.strip() for part in MARKER.sub("\n", line).splitlines())


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_snapshot_stands_by_itself(question: str) -> None:
    found = snapshots(question)
    assert [each.finished for each in found] == [False] * (len(found) - 1) + [True]
    text = article().text
    for answer in found:
        for citation in (*answer.citations, *answer.nearest):
            assert text[citation.start : citation.end] == citation.quote
        assert [each.number for each in answer.citations] == list(
            range(1, len(answer.citations) + 1)
        )


@pytest.mark.parametrize("question", QUESTIONS)
def test_nothing_is_shown_but_the_articles_words_and_fixed_phrases(question: str) -> None:
    answer = snapshots(question)[-1]
    if answer.status == "not_in_article":
        assert answer.text.startswith(load_prompt("refusal"))
        assert not answer.citations
        return
    for words in shown_words(answer):
        assert not words or words in {YES, NO, SAYS_OTHERWISE} or words in article().text


@pytest.mark.parametrize("question", QUESTIONS)
def test_numbers_appear_in_order_and_each_has_its_citation(question: str) -> None:
    answer = snapshots(question)[-1]
    numbers = [int(number) for number in MARKER.findall(answer.text)]
    assert numbers == sorted(numbers)
    assert set(numbers) == {citation.number for citation in answer.citations}


def test_a_speaker_has_one_heading_and_the_narrator_none() -> None:
    answer = snapshots("Who is quoted?")[-1]
    assert answer.text.count("Petra Novak, harbour master:") == 1
    assert answer.text.count("Jonas Lind, union leader:") == 1


def test_a_refusal_shows_the_nearest_passages_and_says_why() -> None:
    answer = snapshots("What did Novak say about the crew?")[-1]
    assert answer.status == "not_in_article"
    assert "Jonas Lind does" in answer.text
    assert {each.speaker for each in answer.nearest} == {LIND}


def test_the_article_saying_otherwise_is_partly_an_answer() -> None:
    answer = snapshots("Why did Novak agree to meet the shipping company?")[-1]
    assert answer.status == "partly"
    assert answer.text.startswith(SAYS_OTHERWISE)


@given(st.lists(st.sampled_from(passages()), unique=True))
def test_grouping_keeps_every_sentence_once(chosen: list) -> None:  # type: ignore[type-arg]
    chosen = sorted(chosen, key=lambda each: each.number)
    groups = grouped(chosen)
    assert sorted((p.number for _, members in groups for p in members)) == [
        p.number for p in chosen
    ]
    speakers = [speaker.name for speaker, _ in groups if speaker is not None]
    assert len(speakers) == len(set(speakers))


def test_an_interviews_answer_stands_below_its_question() -> None:
    text = (
        "Ruth Poe keeps the light.\n\nWhy leave?\n\nMy knees told me to.\n\nWho follows?\n\n"
        "My daughter does.\n\nWere you afraid?\n\nOnce. I told nobody."
    )
    found = split_passages(article_from_text(text, "interview.txt"))
    groups = grouped([each for each in found if each.speaker is not None])
    shown = [heading(speaker, said[0].question) for speaker, said in groups if speaker]
    assert shown == [
        f"Ruth Poe, asked “{question}”:"
        for question in ("Why leave?", "Who follows?", "Were you afraid?")
    ]
    assert [len(said) for _, said in groups] == [1, 1, 2]


def test_a_question_with_a_marker_of_its_own_is_left_out_of_the_heading() -> None:
    assert heading(NOVAK, "Is it true [1]?") == heading(NOVAK)
