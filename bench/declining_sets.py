"""Answering and declining: questions an article answers beside ones that it does not.

Four sets:

- news: NewsQA's questions; asked of their own article (answerable), of another article near to it
  in meaning, and of their own article without the sentences that hold the answer;
- encyclopaedia: SQuAD 2.0's, the unanswerable ones written to look answerable;
- near: `bench/news_questions.tsv`, the unanswerable ones fitting their article perfectly;
- own: `bench/tuning_questions.tsv`, plain questions on eleven articles, which name their article
  by its number in the NewsQA file and their evidence by offsets. They were tuned to: their figure
  is cross-validated for the learned part, not for the rules.
"""

import csv
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from bench.news_questions import news_articles, read_news_questions
from bench.public_sets import Case, held_out, held_out_news, read_cases
from bot.bearing import Bearing, bearings
from bot.people import people_in
from index.articles import Article, read_article
from index.embeddings import Embedder, Vectors, load_embedder
from index.features import prepare
from index.passages import Passage, searchable_text, split_passages
from index.questions import Question, understand
from index.reading import Reranker
from index.search import Found, embed, ranked, reranked

NEWS, ENCYCLOPAEDIA = "newsqa_even.json", "squad2_dev_subset.jsonl.gz"
OWN = Path(__file__).with_name("tuning_questions.tsv")
SEED = next((Path(__file__).parents[1] / "seeds").glob("*.txt"))
CANDIDATES = 40  # as many as the chain gives the answerer
AN_ARTICLE = 6  # questions taken of each article of the news set: minutes, not hours
PARAGRAPHS = 600  # questions taken of the encyclopaedia set
_READ = {"answers", "contradicts", "words"}
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

    def unread(self) -> "Example":
        """As it is with no reranker."""
        found = sorted(self.found, key=lambda each: -each.score)
        return replace(
            self,
            found=tuple(
                replace(each, features={k: v for k, v in each.features.items() if k not in _READ})
                for each in found
            ),
        )


class _Desk:
    """Ranks any passages for any question, embedding each text once."""

    def __init__(self, embedder: Embedder, reranker: Reranker | None) -> None:
        self._embedder = embedder
        self._reranker = reranker
        self._known: dict[str, Vectors] = {}

    def vectors(self, texts: Sequence[str]) -> Vectors:
        new = sorted({text for text in texts if text not in self._known}, key=len)
        self._known.update(zip(new, self._embedder.embed_passages(new), strict=True) if new else ())
        return np.array([self._known[text] for text in texts])

    def rank(self, question: Question, passages: tuple[Passage, ...]) -> tuple[Found, ...]:
        """As `index.search` does it."""
        vectors = self.vectors([searchable_text(p) for p in passages])
        asked, word = embed(self._embedder, question.text)
        asking = None if word is None else vectors @ word
        found = ranked(question, prepare(passages), vectors @ asked, asking, CANDIDATES)
        if self._reranker is None:
            return tuple(found)
        return tuple(reranked(self._reranker, question, found, passages))


def examples(data: Path, *, seed: int = 0, reranker: Reranker | None = None) -> list[Example]:
    """All sets, from a folder with the two public files and those of `bench/news_questions.py`.

    Only the part of them is used that the packaged reranker was not trained on.
    """
    desk = _Desk(load_embedder(), reranker)
    chance = random.Random(seed)  # noqa: S311 - a repeatable sample, no secret
    news = news_articles(data / NEWS)
    return [
        *_news(desk, [cases for cases in news if held_out_news(cases[0])], chance),
        *_asked(desk, "near", read_news_questions(data, "judged")),
        *_asked(desk, "encyclopaedia", _sample(data / ENCYCLOPAEDIA, chance)),
        *_own(desk, news),
    ]


def _sample(encyclopaedia: Path, chance: random.Random) -> list[Case]:
    cases = [case for case in read_cases(encyclopaedia) if held_out(case)]
    return chance.sample(cases, min(PARAGRAPHS, len(cases)))


def _news(
    desk: _Desk, articles: Sequence[Sequence[Case]], chance: random.Random
) -> Iterator[Example]:
    every = [cases[0] for cases in articles]
    desk.vectors([searchable_text(p) for case in every for p in case.passages])
    centres = np.array(
        [desk.vectors([searchable_text(p) for p in case.passages]).mean(axis=0) for case in every]
    )
    for own, cases in enumerate(articles):
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


def _asked(desk: _Desk, source: str, cases: Sequence[Case]) -> Iterator[Example]:
    for case in cases:
        question = _understood(case.question, case.article, case.passages)
        made = "answerable" if case.gold else "unanswerable"
        found = desk.rank(question, case.passages)
        yield Example(
            made,
            source,
            case.article.id,
            question,
            found,
            case.passages,
            case.gold,
            case.false_premise,
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
