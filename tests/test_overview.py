"""Questions about the whole article, in any wording, are answered from its structure."""

from dataclasses import replace

import pytest

from bot.overview import POINTS, Overview, asked_overview, overview
from tests.small_article import LIND, NOVAK, passages


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("What is this about?", "about"),
        ("what's the article about", "about"),
        ("What is the story about?", "about"),
        ("What happened?", "about"),
        ("What is the main topic of this article?", "about"),
        ("Can you summarise this for me please?", "points"),
        ("Summarize the article", "points"),
        ("What are the main points?", "points"),
        ("Give me the key facts", "points"),
        ("tl;dr", "points"),
        ("Give me a timeline of events", "timeline"),
        ("Put the events in chronological order", "timeline"),
        ("Who is quoted in the article?", "speakers"),
        ("Which people are quoted?", "speakers"),
        ("Who speaks in this story?", "speakers"),
        ("Who is against the mandates?", "sides"),
        ("Who supports the strike?", "sides"),
        ("Who is for and against the new fence?", "sides"),
        ("Give me the gist", "about"),
        ("What's the story here?", "about"),
        ("Can I have a quick rundown?", "points"),
        ("What did I miss?", "points"),
        ("How did it unfold?", "timeline"),
        ("Which dates are mentioned?", "timeline"),
        ("Which experts are quoted?", "speakers"),
        ("Who commented?", "speakers"),
        ("Who disagrees with the mandates?", "sides"),
        ("What are the arguments against the fence?", "sides"),
        ("Who wants the mandates to end?", "sides"),
    ],
)
def test_whole_article_questions_are_known_in_any_wording(question: str, asks: str) -> None:
    found = asked_overview(question)
    assert found is not None
    assert found.asks == asks


@pytest.mark.parametrize(
    "question",
    [
        "What did Ardern say about mandates?",
        "How many passengers were on the ferry?",
        "What happened to the ferry?",
        "Who refused to meet the company?",
        "What is the harbour master's name?",
        "When was the ferry built?",
        "Who is Petra Novak?",
        "What is the fence about?",
        "",
    ],
)
def test_other_questions_are_left_alone(question: str) -> None:
    assert asked_overview(question) is None


def test_a_summary_begins_with_the_lead_and_repeats_nothing() -> None:
    chosen = overview(Overview("points"), passages())
    assert chosen[0].number == 0
    assert len(chosen) == len(set(chosen)) == POINTS
    assert [each.number for each in chosen] == sorted(each.number for each in chosen)


def test_everyone_who_is_quoted_appears_once() -> None:
    chosen = overview(Overview("speakers"), passages())
    assert [each.speaker for each in chosen] == [NOVAK, LIND]


def test_nobody_is_left_out_however_many_are_quoted() -> None:
    many = [replace(NOVAK, name=f"Resident {number}") for number in range(30)]
    twice = [(f"The dam leaks, said {who.name}.", who) for who in many + many]
    chosen = overview(Overview("speakers"), passages(twice))
    assert [each.speaker for each in chosen] == many


def test_a_timeline_holds_the_sentences_that_name_a_time() -> None:
    chosen = overview(Overview("timeline"), passages())
    assert [each.number for each in chosen] == [0, 3, 8, 9]


def test_sides_are_sentences_that_take_one_on_the_matter() -> None:
    sentences = (
        ("Mayor Ana Ruiz said she supports the new bridge.", NOVAK),
        ("Farmers oppose the bridge.", None),
        ("The union leader criticised the bridge as too dear.", LIND),
        ("The bridge has twelve piers.", None),
    )
    known = passages(sentences)
    assert [p.number for p in overview(Overview("sides", "the bridge", "for"), known)] == [0]
    assert [p.number for p in overview(Overview("sides", "the bridge", "against"), known)] == [2]
    assert overview(Overview("sides", "the tunnel"), known) == []


def test_an_article_without_speakers_quotes_nobody() -> None:
    assert overview(Overview("speakers"), passages((("Nothing happened here.", None),))) == []
