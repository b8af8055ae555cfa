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
from rich.console import Console
from rich.table import Table

from bench.public_sets import Case, read_cases
from bot.bearing import Bearing, bearings
from bot.decision import decide, question_measures
from bot.evidence import Weights, weighed
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


@dataclass(frozen=True)
class Declining:
    """Both errors, and how well probabilities tell the two apart."""

    made: str
    asked: int
    refused: float
    """Share of the answerable that were declined."""
    declined: float
    """Share of the unanswerable that were declined."""
    area: float
    """Area under the curve (AUC): of a pair of both kinds, how often the answerable scores more."""


def area(answerable: Sequence[float], unanswerable: Sequence[float]) -> float:
    """The AUC, by rank sums (Mann and Whitney 1947); ties count half."""
    yes, no = np.array(answerable), np.array(unanswerable)
    if not len(yes) or not len(no):
        return float("nan")
    above = (yes[:, None] > no[None, :]).mean() + 0.5 * (yes[:, None] == no[None, :]).mean()
    return float(above)


def measured(found: Sequence[Example], probabilities: Sequence[float]) -> list[Declining]:
    """The figures by source and by how a question came to be unanswerable.

    Args:
        found: the examples; questions with a false premise are left out.
        probabilities: for each example, that the article answers.
    """
    pairs = [
        (example, decide(example.question, example.found, example.passages), probability)
        for example, probability in zip(found, probabilities, strict=True)
        if not example.false_premise
    ]
    rows = []
    for source in dict.fromkeys(example.source for example, _, _ in pairs):
        own = [pair for pair in pairs if pair[0].source == source]
        yes = [pair for pair in own if pair[0].answerable]
        refused = np.mean([decision.status == "not_in_article" for _, decision, _ in yes])
        for made in dict.fromkeys(e.made for e, _, _ in own if not e.answerable):
            no = [pair for pair in own if pair[0].made == made]
            declined = np.mean([decision.status == "not_in_article" for _, decision, _ in no])
            area_ = area([p for _, _, p in yes], [p for _, _, p in no])
            rows.append(
                Declining(f"{source}: {made}", len(no), float(refused), float(declined), area_)
            )
    return rows


def cited(found: Sequence[Example]) -> tuple[float, float]:
    """Precision and hit rate of the own set's citations, over the questions that are answered."""
    right = shown = hits = answered = 0
    for example in found:
        if example.source != "own" or not example.answerable or example.false_premise:
            continue
        decision = decide(example.question, example.found, example.passages)
        numbers = {passage.number for passage in decision.evidence}
        answered += 1
        hits += bool(numbers & example.gold)
        right += len(numbers & example.gold)
        shown += len(numbers)
    return right / max(1, shown), hits / max(1, answered)


def cross_validated(found: Sequence[Example], folds: int = 5) -> list[float]:
    """For each example the probability from weights that were learned without its article."""
    from bench.train_decision import learn  # noqa: PLC0415 - it imports this module

    measured_once = [example.bearings() for example in found]
    groups = sorted({example.group for example in found})
    fold_of = {group: place % folds for place, group in enumerate(groups)}
    probabilities = [0.0] * len(found)
    for fold in range(folds):
        kept = [place for place, e in enumerate(found) if fold_of[e.group] != fold]
        sentence, question = learn(
            [found[place] for place in kept], [measured_once[place] for place in kept]
        )
        for place, example in enumerate(found):
            if fold_of[example.group] == fold:
                probabilities[place] = _probability(
                    example, measured_once[place], sentence, question
                )
    return probabilities


def _probability(
    example: Example, measured_once: Sequence[Bearing], sentence: Weights, question: Weights
) -> float:
    scored = weighed(measured_once, sentence)
    return question.probability(question_measures(example.question, scored)) if scored else 0.0


def run(data: Path) -> None:
    """Print both error rates and the AUC on the sets in the folder `data`."""
    found = examples(data)
    table = Table(title="Declining (rates: rules and weights as they are; AUC: cross-validated)")
    for column in ("set", "unanswerable", "wrongly refused", "rightly declined", "AUC"):
        table.add_column(column)
    for row in measured(found, cross_validated(found)):
        table.add_row(
            row.made, str(row.asked), f"{row.refused:.3f}", f"{row.declined:.3f}", f"{row.area:.3f}"
        )
    console = Console()
    console.print(table)
    precision, hits = cited(found)
    premises = [e for e in found if e.false_premise]
    told = sum(decide(e.question, e.found, e.passages).status == "partly" for e in premises)
    console.print(
        f"own set: cited precision {precision:.3f}, evidence cited {hits:.3f}, "
        f"false premises told {told} of {len(premises)}"
    )


if __name__ == "__main__":
    import sys

    run(Path(sys.argv[1]))
