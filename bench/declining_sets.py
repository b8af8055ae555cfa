"""Answering and declining: questions an article answers beside ones that it does not.

Three sets, all read by path:

- news: NewsQA's questions; asked of their own article (answerable), of another article near to it
  in meaning, and of their own article without the sentences that hold the answer;
- encyclopaedia: SQuAD 2.0's, the unanswerable ones written to look answerable;
- own: `bench/tuning_questions.tsv`, plain questions on eleven articles, which name their article
  by its number in the NewsQA file and their evidence by offsets. They were tuned to: their figure
  is cross-validated for the learned part, not for the rules.
"""

import csv
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bench.public_sets import Case, read_cases
from bot.bearing import Bearing, bearings
from bot.people import people_in
from index.articles import Article, read_article
from index.embeddings import Embedder, Vectors, load_embedder
from index.features import prepare
from index.passages import Passage, searchable_text, split_passages
from index.questions import Question, understand
from index.ranking import load_ranker
from index.search import Found

NEWS, ENCYCLOPAEDIA = "newsqa_even.json", "squad2_dev_subset.jsonl.gz"
OWN = Path(__file__).with_name("tuning_questions.tsv")
SEED = next((Path(__file__).parents[1] / "seeds").glob("*.txt"))
CANDIDATES = 40  # as many as the chain gives the answerer
ARTICLES, AN_ARTICLE = 150, 2  # of the news set, and questions taken of each: minutes, not hours
PARAGRAPHS = 500  # questions taken of the encyclopaedia set
NEAR = 15  # an unanswerable question goes to one of so many articles that are nearest to it


@dataclass(frozen=True)
class Example:
    """One question with what was found for it."""

    made: str
    """"answerable", or how it came to be unanswerable."""
    source: str
    group: str
    """The article; no group is both learned from and judged."""
    question: Question
    found: tuple[Found, ...]
    passages: tuple[Passage, ...]
    gold: frozenset[int]
    """Numbers of the passages that answer."""
    false_premise: bool = False

    @property
    def answerable(self) -> bool:
        return self.made == "answerable"

    def bearings(self) -> list[Bearing]:
        return bearings(self.question, self.found, self.passages)


class _Desk:
    """Ranks any passages for any question, embedding each text once."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._known: dict[str, Vectors] = {}

    def vectors(self, texts: Sequence[str]) -> Vectors:
        new = sorted({text for text in texts if text not in self._known}, key=len)
        self._known.update(zip(new, self._embedder.embed_passages(new), strict=True) if new else ())
        return np.array([self._known[text] for text in texts])

    def rank(self, question: Question, passages: tuple[Passage, ...]) -> tuple[Found, ...]:
        dense = (
            self.vectors([searchable_text(p) for p in passages]) @ self.vectors([question.text])[0]
        )
        ranking = load_ranker().rank(question, prepare(passages), dense)
        return tuple(
            Found(
                passages[row],
                float(ranking.scores[row]),
                {name: float(values[row]) for name, values in ranking.features.items()},
            )
            for row in np.argsort(-ranking.scores, kind="stable")[:CANDIDATES]
        )


def examples(data: Path, *, seed: int = 0) -> list[Example]:
    """All three sets, from a folder with the two public files; the own set needs the news file."""
    desk = _Desk(load_embedder())
    chance = random.Random(seed)  # noqa: S311 - a repeatable sample, no secret
    news = _by_article(read_cases(data / NEWS))
    return [
        *_news(desk, dict(list(news.items())[:ARTICLES]), chance),
        *_encyclopaedia(desk, read_cases(data / ENCYCLOPAEDIA), chance),
        *_own(desk, list(news.values())),
    ]


def _by_article(cases: Sequence[Case]) -> dict[str, list[Case]]:
    articles: dict[str, list[Case]] = {}
    for case in cases:
        articles.setdefault(case.article.id, []).append(case)
    return articles


def _news(
    desk: _Desk, articles: Mapping[str, list[Case]], chance: random.Random
) -> Iterator[Example]:
    every = [cases[0] for cases in articles.values()]
    desk.vectors([searchable_text(p) for case in every for p in case.passages])
    centres = np.array(
        [desk.vectors([searchable_text(p) for p in case.passages]).mean(axis=0) for case in every]
    )
    for own, cases in enumerate(articles.values()):
        for case in chance.sample(cases, min(AN_ARTICLE, len(cases))):
            question = _understood(case.question, case.article, case.passages)
            group = case.article.id
            found = desk.rank(question, case.passages)
            yield Example("answerable", "news", group, question, found, case.passages, case.gold)
            near = centres @ desk.vectors([question.text])[0]
            near[own] = -1
            other = every[int(chance.choice(list(np.argsort(-near)[:NEAR])))]
            asked = _understood(case.question, other.article, other.passages)
            found = desk.rank(asked, other.passages)
            yield Example("other article", "news", group, asked, found, other.passages, frozenset())
            rest = tuple(p for p in case.passages if p.number not in case.gold)
            if len(rest) > NEAR // 3:
                found = desk.rank(question, rest)
                yield Example("answer removed", "news", group, question, found, rest, frozenset())


def _encyclopaedia(desk: _Desk, cases: Sequence[Case], chance: random.Random) -> Iterator[Example]:
    for case in chance.sample(list(cases), min(PARAGRAPHS, len(cases))):
        question = _understood(case.question, case.article, case.passages)
        made = "answerable" if case.gold else "unanswerable"
        found = desk.rank(question, case.passages)
        yield Example(
            made, "encyclopaedia", case.article.id, question, found, case.passages, case.gold
        )


def _own(desk: _Desk, news: Sequence[Sequence[Case]]) -> Iterator[Example]:
    with OWN.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            kind, _, number = row["article"].partition(" ")
            if kind == "seed":
                article = read_article(SEED)
                passages = split_passages(article)
            else:
                article, passages = news[int(number)][0].article, news[int(number)][0].passages
            question = _understood(row["question"], article, passages)
            starts = [int(start) for start in row["evidence"].split()]
            gold = frozenset(
                p.number for p in passages if any(p.start <= start < p.end for start in starts)
            )
            false_premise = row["status"] == "false_premise"
            example = Example(
                "unanswerable" if row["status"] == "not_in_article" else "answerable",
                "own",
                article.id,
                question,
                desk.rank(question, passages),
                passages,
                gold,
                false_premise,
            )
            yield example


def _understood(text: str, article: Article, passages: Sequence[Passage]) -> Question:
    people = people_in(article.text, [p.speaker for p in passages if p.speaker])
    return understand(text, [person.name for person in people])


def area(answerable: Sequence[float], unanswerable: Sequence[float]) -> float:
    """The AUC, by rank sums (Mann and Whitney 1947); ties count half."""
    yes, no = np.array(answerable), np.array(unanswerable)
    if not len(yes) or not len(no):
        return float("nan")
    above = (yes[:, None] > no[None, :]).mean() + 0.5 * (yes[:, None] == no[None, :]).mean()
    return float(above)
