"""The support scorer on QAGS: model-written sentences about news, with human votes.

QAGS (Wang, Cho and Lewis, 2020; `W4ngatang/qags` on GitHub) has three votes a sentence on whether
the article supports it. Articles with even numbers choose the thresholds, the others are reported.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table

from bot.support import Support, longest_common_subsequence
from index.embeddings import Embedder, Vectors, load_embedder
from index.passages import sentence_spans
from index.reranker import load_reranker
from index.words import words

PARTS = ("cnndm", "xsum")
READ = 3  # nearest sentences of an article that the reranker reads beside a summary's sentence
Scorer = Callable[[str, Sequence[str]], float]
Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Judged:
    """A sentence, the sentences of its article, and the share of votes that it is supported."""

    part: str
    article: int
    sentence: str
    article_sentences: tuple[str, ...]
    votes: float


def read_qags(folder: Path) -> list[Judged]:
    """Every sentence in a checkout of QAGS, or in its `data` folder."""
    folder = folder / "data" if (folder / "data").is_dir() else folder
    judged = []
    for part in PARTS:
        lines = (folder / f"mturk_{part}.jsonl").read_text(encoding="utf-8").splitlines()
        for number, line in enumerate(lines):
            row = json.loads(line)
            text = row["article"]
            sentences = tuple(text[start:end] for start, end in sentence_spans(text))
            for summary in row["summary_sentences"]:
                votes = [vote["response"] == "yes" for vote in summary["responses"]]
                judged.append(
                    Judged(part, number, summary["sentence"], sentences, float(np.mean(votes)))
                )
    return judged


def rouge_l(sentence: str, passages: Sequence[str]) -> float:
    """ROUGE-L F1 against the best single passage, on plain words."""
    mine = words(sentence)
    return max(
        2 * longest_common_subsequence(mine, theirs) / max(1, len(mine) + len(theirs))
        for theirs in map(words, passages)
    )


def balanced_accuracy(truth: NDArray[np.bool_], told: NDArray[np.bool_]) -> float:
    """The mean of the shares of supported and of unsupported sentences told right."""
    return float((told[truth].mean() + (~told[~truth]).mean()) / 2)


def best_threshold(scores: Numbers, truth: NDArray[np.bool_]) -> float:
    return float(max(np.unique(scores), key=lambda at: balanced_accuracy(truth, scores >= at)))


class Prepared:
    """An Embedder that has embedded every text it will be asked for, in large batches."""

    name = "prepared"

    def __init__(self, embedder: Embedder, texts: Iterable[str]) -> None:
        known = list(dict.fromkeys(texts))
        self._embedder = embedder
        self._vectors = dict(zip(known, embedder.embed_passages(known), strict=True))

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """See Embedder; a text that was not prepared is embedded now."""
        if all(text in self._vectors for text in texts):
            return np.stack([self._vectors[text] for text in texts])
        return self._embedder.embed_passages(texts)

    def embed_question(self, text: str) -> Vectors:
        """See Embedder."""
        return self._embedder.embed_question(text)


def run(data: Path) -> None:
    """Print the figures of the reported half; `data` is a checkout of QAGS."""
    judged = read_qags(data)
    texts = (text for row in judged for text in (row.sentence, *row.article_sentences))
    embedder = Prepared(load_embedder(), texts)
    support = Support(embedder)

    def similarity(sentence: str, passages: Sequence[str]) -> float:
        (vector,) = embedder.embed_passages([sentence])
        return float((embedder.embed_passages(passages) @ vector).max())

    reranker = load_reranker()

    def answers(sentence: str, passages: Sequence[str]) -> float:
        singly = support.scores(sentence, passages)
        nearest = [passages[int(number)] for number in np.argsort(singly)[-READ:]]
        odds = reranker.read(sentence, nearest).answers.max()
        return float(1 / (1 + np.exp(-odds)))

    def with_reranker(sentence: str, passages: Sequence[str]) -> float:
        """The reranker as a fifth measure beside the four of the score."""
        return (4 * support.score(sentence, passages) + answers(sentence, passages)) / 5

    scorers: dict[str, Scorer] = {
        "support": support.score,
        "reranker": answers,
        "support, reranker": with_reranker,
        "ROUGE-L": rouge_l,
        "embedding": similarity,
    }
    reported = np.array([row.article % 2 == 1 for row in judged])
    votes = np.array([row.votes for row in judged])
    truth = votes > 0.5
    parts = np.array([row.part for row in judged])
    table = Table(
        "scorer", "part", "n", "at least", "balanced", "r", "false passed", "true stopped",
        title="The reported half: balanced accuracy, and correlation r with the votes",
    )  # fmt: skip
    for name, scorer in scorers.items():
        scores = np.array([scorer(row.sentence, row.article_sentences) for row in judged])
        threshold = best_threshold(scores[~reported], truth[~reported])
        for part in (*PARTS, "both"):
            here = reported & ((parts == part) | (part == "both"))
            told = scores[here] >= threshold
            table.add_row(
                name,
                part,
                str(int(here.sum())),
                f"{threshold:.3f}",
                f"{balanced_accuracy(truth[here], told):.3f}",
                f"{np.corrcoef(scores[here], votes[here])[0, 1]:.3f}",
                f"{told[~truth[here]].mean():.1%}",
                f"{(~told[truth[here]]).mean():.1%}",
            )
    Console().print(table)
