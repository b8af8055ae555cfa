"""What the speaker header does for search: the same questions with it and without it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench.public_sets import Case, held_out, question_files, read_cases
from bench.question_sets import load_questions
from bench.question_sets import question_files as own_files
from bench.retrieval import ask, recall
from index.articles import read_article
from index.embeddings import Embedder, Vectors, load_embedder
from index.passages import split_passages
from index.ranking import load_ranker


def run(data: Path | None) -> None:
    """Print recall with and without speakers, on the own questions and on the sets in `data`."""
    embedder = load_embedder()
    table = Table("questions", "passages", "method", "@1", "@3", "@5")
    for name, cases in _sets(data):
        bare = [_without_speakers(case) for case in cases]
        for kind, asked in (("with their speakers", cases), ("without", bare)):
            for method, figures in _recalls(asked, embedder):
                table.add_row(name, kind, method, *(f"{figure:.3f}" for figure in figures))
    Console(width=110).print(table)


def own_cases() -> list[Case]:
    """The own questions that stand alone and have an answer."""
    cases = []
    for path, questions in own_files():
        article = read_article(path)
        passages = split_passages(article)
        for gold in load_questions(questions):
            spans = [span for part in gold.evidence for span in part]
            numbers = frozenset(
                passage.number
                for passage in passages
                if any(span.start < passage.end and passage.start < span.end for span in spans)
            )
            if numbers and len(gold.turns) == 1 and gold.kind != "whole_article":
                cases.append(Case(path.stem, article, passages, gold.turns[0], numbers))
    return cases


def _sets(data: Path | None) -> Iterator[tuple[str, list[Case]]]:
    cases = own_cases()
    yield f"own ({len(cases)})", cases
    for path in question_files(data) if data else ():
        public = [case for case in read_cases(path) if case.gold]
        if path.suffix != ".json":
            public = [case for case in public if held_out(case)]
        yield f"{path.name} ({len(public):,})", public


def _without_speakers(case: Case) -> Case:
    return replace(case, passages=tuple(replace(each, speaker=None) for each in case.passages))


def _recalls(cases: Sequence[Case], embedder: Embedder) -> Iterator[tuple[str, tuple[float, ...]]]:
    ranker = load_ranker()
    both: list[Vectors] = []
    ranked: list[Vectors] = []
    gold = []
    for asked in ask(cases, embedder):
        ranking = ranker.rank(asked.question, asked.material, asked.dense, asked.asking)
        both.append(ranking.features["dense_z"] + ranking.features["keyword_z"])
        ranked.append(ranking.scores)
        gold.append(asked.gold)
    yield "dense + keyword", recall(both, gold)
    yield "ranker", recall(ranked, gold)
