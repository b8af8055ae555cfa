"""Train the packaged reranker: `python -m bench.train_reranker DATA`.

The packaged embedding model learns to read a question and a sentence together; `docs/reranker.md`
names the sets. Every question is asked with a few sentences and the choice of "none of them":
answerable ones with a sentence that holds the answer or, some of the time, without it or with a
name or number of the question changed for another of the article, and those that SQuAD 2.0 marks
as unanswerable. A score is thus the log-odds that the sentence answers. A second score does the
same for questions with a false premise and the sentence that contradicts it.

Every fifth article of NewsQA, the articles that `news_questions.tsv` marks as judged, and half of
the encyclopaedia's paragraphs are kept for judging. The embeddings stay those of the embedding
model, so that only the layers above them are stored, as int8 with one factor a row.
"""

import random
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import typer

from bench.declining_sets import area
from bench.news_questions import SOURCE, read_news_questions
from bench.public_sets import Case, held_out, held_out_news, question_files, read_cases
from bench.sentence_sets import read_sentence_sets
from index.embeddings import packaged_folder
from index.passages import searchable_text
from index.reranker import BEFORE, HEADS, LONGEST, SCALE, WEIGHTS, in_context, put_in
from index.words import content_words

TARGET = Path(__file__).parents[1] / "index" / WEIGHTS
HARD = 8  # wrong sentences are taken from so many that share the most with the question
WRONG = 3  # of them beside each right one
WITHOUT = 0.3  # how often an answerable question is also asked without its sentence
SWAPPED = 0.3  # and how often with a name or number changed, where it has one
PREMISES = 3  # times that each question with a false premise is asked, for there are few
QUESTIONS = 16  # in one step
RATES = 1e-4, 5e-4, 1e-2  # of the layers, the head, and the score of "none of them"
WARM_UP = 100  # steps
# How many questions of each set are learned from at most. Most are about news, and half of the
# rest were written to have no answer.
MIX = {
    "news_questions": 20_000,
    "newsqa": 2_000,
    "squad2": 3_300,
    "xquad": 300,
    "squadshifts": 3_000,
    "qamr": 800,
    "selqa": 800,
}
_PARTICULAR = re.compile(r"(?<=[a-z,] )[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)*|\b\d[\d,.]*\d\b|\b\d\b")


@dataclass(frozen=True)
class Item:
    """A question with the sentences offered for it, of which only the first may be right."""

    question: str
    sentences: tuple[str, ...]
    answered: bool
    """Whether the first answers."""
    contradicted: bool | None = False
    """Whether the first contradicts what the question supposes; None where that is not known."""


@dataclass(frozen=True)
class Asked:
    """A case with its sentences, those that share the most with the question first."""

    question: str
    right: tuple[str, ...]
    wrong: tuple[str, ...]
    false_premise: bool
    premises_known: bool
    """Whether its set tells questions with a false premise from other unanswerable ones."""

    def items(self, chance: random.Random) -> Iterator[Item]:
        """What is learned from it this time."""
        wrong = self.wrong[:HARD]
        without = tuple(alone(text) for text in wrong[:WRONG])
        known = False if self.premises_known else None
        if not self.right:
            yield Item(self.question, wrong[:WRONG], answered=False, contradicted=known)
            return
        for _ in range(PREMISES if self.false_premise else 1):
            few = chance.sample(wrong, min(WRONG, len(wrong)))
            right = chance.choice(self.right)
            sentences = (right, *few)
            yield Item(self.question, sentences, not self.false_premise, self.false_premise)
        if without and chance.random() < WITHOUT:
            yield Item(self.question, without, answered=False)
        other = swapped(self.question, right, wrong, chance) if chance.random() < SWAPPED else None
        if other is not None and not self.false_premise:
            yield Item(other, sentences[:WRONG], answered=False, contradicted=None)


def alone(text: str) -> str:
    """A sentence without the one before it, which may be the one that answers."""
    return text.partition(BEFORE)[0]


def swapped(question: str, right: str, others: Sequence[str], chance: random.Random) -> str | None:
    """The question about somebody or something else of the article; None where it names nothing.

    The idea is that of SQuAD 2.0's rule-made questions (Rajpurkar et al. 2018, section 5).
    """
    named = list(_PARTICULAR.finditer(question))
    if not named:
        return None
    place = chance.choice(named)
    digit = place.group()[0].isdigit()
    known = set(right.lower().split()) | set(question.lower().split())
    instead = {
        found.group()
        for other in others
        for found in _PARTICULAR.finditer(other)
        if found.group()[0].isdigit() == digit and not known & set(found.group().lower().split())
    }
    if not instead:
        return None
    return question[: place.start()] + chance.choice(sorted(instead)) + question[place.end() :]


def main(
    data: Annotated[Path, typer.Argument(help="Folder with the sets of MIX.")],
    steps: Annotated[int, typer.Option(help="How long to train.")] = 3000,
    begin: Annotated[Path | None, typer.Option(help="Weights to go on from.")] = None,
    write: Annotated[Path, typer.Option(help="Where the weights go.")] = TARGET,
) -> None:
    """Train, print the figures on what was kept for judging, and write the weights."""
    learned, judged = sets(data)
    trainer = Trainer(begin)
    trainer.train(mixed(learned), steps)
    for name, cases in judged.items():
        print(name, figures(trainer, asked(cases)), flush=True)
    trainer.write(write)


def sets(folder: Path) -> tuple[dict[str, list[Case]], dict[str, list[Case]]]:
    """What is learned from and what is judged by, each set by its name in MIX."""
    cases = [case for file in question_files(folder) for case in read_cases(file)]
    cases += read_sentence_sets(folder)
    learned: dict[str, list[Case]] = {name: [] for name in MIX}
    judged: dict[str, list[Case]] = {}
    for case in cases:
        name = next((name for name in MIX if case.source.startswith(name)), None)
        if name is not None and _kept(case):
            judged.setdefault(name, []).append(case)
        elif name is not None:
            learned[name].append(case)
    learned["news_questions"] = read_news_questions(folder, "learned")
    judged["news_questions"] = read_news_questions(folder, "judged")
    return learned, judged


def mixed(learned: Mapping[str, Sequence[Case]]) -> list[Asked]:
    """As many of each set as MIX says."""
    chance = random.Random(0)  # noqa: S311 - a repeatable sample, no secret
    return [
        each
        for name, cases in learned.items()
        for each in asked(chance.sample(list(cases), min(MIX[name], len(cases))))
    ]


def figures(trainer: "Trainer", judged: Sequence[Asked]) -> dict[str, float]:
    """How well the best score tells answerable questions from others, and how often it is right.

    "unanswerable" and "taken away" are AUCs, against the set's unanswerable questions and against
    its answerable ones without the sentence that answers; "first" is how often that sentence
    scores best of up to HARD + 1; "premises" is the AUC of the second score, of questions with a
    false premise against all others, "denials" how often it puts the contradiction first.
    """
    scored = [
        (each, trainer.scores(each.question, [*each.right[:1], *each.wrong[:HARD]]))
        for each in judged
    ]
    plain = [(each, scores[:, 0]) for each, scores in scored if not each.false_premise]
    yes = [scores.max() for each, scores in plain if each.right]
    no = [scores.max() for each, scores in plain if not each.right]
    away = [scores[1:].max() for each, scores in plain if each.right and each.wrong]
    first = [scores.argmax() == 0 for each, scores in plain if each.right]
    false = [scores[:, 1] for each, scores in scored if each.false_premise]
    others = [scores[:, 1].max() for each, scores in scored if not each.false_premise]
    return {
        "questions": len(judged),
        "unanswerable": round(area(yes, no), 3),
        "taken away": round(area(yes, away), 3),
        "first": round(float(np.mean(first)), 3),
        "premises": round(area([own.max() for own in false], others), 3),
        "denials": round(float(np.mean([own.argmax() == 0 for own in false])), 3),
    }


def _kept(case: Case) -> bool:
    """For judging; the sets that are only learned from are not judged by."""
    if case.source.startswith("newsqa"):
        return held_out_news(case)
    return case.source.startswith(("squad2", "xquad")) and held_out(case)


def asked(cases: Sequence[Case]) -> list[Asked]:
    """The cases with their sentences, those first that share the rarest words with the question."""
    articles: dict[str, list[frozenset[str]]] = {}
    found = []
    for case in cases:
        before = (None, *case.passages[:-1])
        texts = [in_context(*pair) for pair in zip(case.passages, before, strict=True)]
        if case.article.id not in articles:
            articles[case.article.id] = [
                frozenset(content_words(searchable_text(passage))) for passage in case.passages
            ]
        stems = articles[case.article.id]
        frequency = Counter(word for own in stems for word in own)
        shared = frozenset(content_words(case.question)) & frequency.keys()
        order = sorted(
            range(len(texts)),
            key=lambda row: -sum(1 / frequency[word] for word in shared & stems[row]),
        )
        right = [row for row in order if case.passages[row].number in case.gold]
        wrong = [row for row in order if row not in right]
        found.append(
            Asked(
                case.question,
                tuple(texts[row] for row in right),
                tuple(texts[row] for row in wrong),
                case.false_premise,
                premises_known=case.source == SOURCE,
            )
        )
    return found


class Trainer:
    """The model while it learns."""

    def __init__(self, begin: Path | None = None) -> None:
        """`begin`: weights to go on from, as `write` stores them."""
        # Deferred: importing torch takes seconds.
        import torch  # noqa: PLC0415
        from transformers import (  # noqa: PLC0415
            AutoModelForSequenceClassification,
            AutoTokenizer,
        )

        torch.manual_seed(0)
        self._torch = torch
        folder = str(packaged_folder())
        self._tokenizer: Any = AutoTokenizer.from_pretrained(folder)
        self._model: Any = AutoModelForSequenceClassification.from_pretrained(
            folder,
            num_labels=HEADS,
            # Each question is seen but once or twice, and on a processor these take half the time.
            hidden_dropout_prob=0.0,
            attention_probs_dropout_prob=0.0,
            attn_implementation="eager",
        )
        if begin is not None:
            put_in(self._model, begin)
        self._null = torch.zeros((1, HEADS), requires_grad=True)
        layers, head = [], []
        for name, weights in self._model.named_parameters():
            if ".embeddings." in name:
                weights.requires_grad = False
            elif name.startswith(("classifier", "bert.pooler")):
                head.append(weights)
            else:
                layers.append(weights)
        self._trained = [*layers, *head]
        groups: list[dict[str, Any]] = [
            {"params": layers},
            {"params": head},
            {"params": [self._null], "weight_decay": 0.0},
        ]
        self._optimizer = torch.optim.AdamW(groups, weight_decay=0.01)

    def train(self, learned: Sequence[Asked], steps: int) -> None:
        """Learn for so many steps, ever more slowly."""
        torch = self._torch
        self._model.train()
        for step, batch in zip(range(steps), _batches(learned), strict=False):
            for group, rate in zip(self._optimizer.param_groups, RATES, strict=True):
                group["lr"] = rate * min(1, (step + 1) / WARM_UP) * max(0.02, 1 - step / steps)
            scores = self._forward(
                [(item.question, text) for item in batch for text in item.sentences]
            )
            losses, at = [], 0
            for item in batch:
                own = torch.cat([self._null, scores[at : at + len(item.sentences)]])
                at += len(item.sentences)
                chances = -torch.log_softmax(own, 0)
                losses.append(chances[int(item.answered), 0])
                if item.contradicted is not None:
                    losses.append(chances[int(item.contradicted), 1])
            loss = torch.stack(losses).sum() / len(batch)
            self._optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(self._trained, 1.0)
            self._optimizer.step()
            if step % 100 == 0:
                print(f"step {step} of {steps}, loss {loss.item():.3f}", flush=True)

    def scores(self, question: str, sentences: Sequence[str]) -> Any:
        """Log-odds that each sentence answers, and that it contradicts, (len(sentences), HEADS)."""
        self._model.eval()
        with self._torch.inference_mode():
            scores = self._forward([(question, text) for text in sentences]) - self._null
        return scores.numpy()

    def write(self, path: Path) -> None:
        """Store all but the embeddings; "none of them" becomes the zero of the scores."""
        # Deferred with torch, which it imports.
        from safetensors.torch import save_file  # noqa: PLC0415

        torch = self._torch
        stored = {}
        with torch.no_grad():
            self._model.classifier.bias -= self._null[0]
        for name, weights in self._model.state_dict().items():
            if ".embeddings." in name:
                continue
            if weights.dim() == 2 and weights.shape[0] > 1:
                scale = (weights.abs().amax(1) / 127).clamp(min=1e-6).half().float()
                stored[name] = (weights / scale[:, None]).round().clamp(-127, 127).to(torch.int8)
                stored[name + SCALE] = scale.half()
            else:
                stored[name] = weights.half()
        save_file(stored, str(path))

    def _forward(self, pairs: Sequence[tuple[str, str]]) -> Any:
        tokens = self._tokenizer(
            [question for question, _ in pairs],
            [text for _, text in pairs],
            padding=True,
            truncation="only_second",
            max_length=LONGEST,
            return_tensors="pt",
        )
        with self._torch.autocast("cpu", dtype=self._torch.bfloat16):
            logits = self._model(**tokens).logits
        return logits.float()


def _batches(learned: Sequence[Asked]) -> Iterator[list[Item]]:
    """Batches of sentences of like length, for ever."""
    chance = random.Random(0)  # noqa: S311 - a repeatable order, no secret
    waiting: list[Item] = []
    while True:
        for each in chance.sample(list(learned), len(learned)):
            waiting += [item for item in each.items(chance) if item.sentences]
            if len(waiting) >= 16 * QUESTIONS:
                waiting.sort(key=lambda item: max(len(text) for text in item.sentences))
                batches = [waiting[at : at + QUESTIONS] for at in range(0, len(waiting), QUESTIONS)]
                yield from chance.sample(batches, len(batches))
                waiting = []


if __name__ == "__main__":
    typer.run(main)
