"""Train the packaged reranker: `python -m bench.train_reranker DATA`.

The packaged embedding model learns to read a question and a sentence together;
`bench/reranker_lessons.py` says from what. A score is the log-odds that the sentence answers,
against "none of them"; a second score does the same for questions with a false premise and the
sentence that contradicts it. Beside them the model learns which words of the sentence answer, or
that none do (as by Devlin et al. 2019, 4.3): a sentence that merely speaks of the same thing has
no such words.

What is stored is the mean of the last steps, each counting a little less than the next. The
embeddings stay those of the embedding model, so that only the layers above them are stored.
"""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import typer

from bench.declining_sets import area
from bench.reranker_lessons import HARD, Asked, Item, asked, batches, mixed, sets
from index.embeddings import packaged_folder
from index.packaged_reranker import HEADS, LONGEST, WEIGHTS, likeliest_words

TARGET = Path(__file__).parents[1] / "index" / WEIGHTS
QUESTIONS = 16  # in one step
RATES = 1e-4, 5e-4, 1e-2, 5e-4  # of the layers, the head, "none of them", and the words
WARM_UP = 100  # steps
MEAN_OF = 500  # steps, about, whose mean is stored
WORDS = 0.5  # what finding the words counts, beside 1 for telling which sentence answers
WRONG_WORDS = (
    0.25  # what a sentence without any counts there: there are three beside each right one
)
BITS, BLOCK = 8, 64  # stored: integers of so many bits, so many with one factor
MOST_TOKENS = 512  # that the embedding model knows places for


class Trainer:
    """The model while it learns."""

    def __init__(self, begin: Path | None = None) -> None:
        """`begin`: what `save` stored, to go on from."""
        # Deferred: importing torch takes seconds.
        import torch  # noqa: PLC0415
        from transformers import AutoTokenizer  # noqa: PLC0415

        torch.manual_seed(0)
        self._torch = torch
        self._tokenizer: Any = AutoTokenizer.from_pretrained(str(packaged_folder()))
        self._model: Any = _model()
        self._null = torch.zeros((1, HEADS), requires_grad=True)
        layers, head = [], []
        for name, weights in self._model.named_parameters():
            if ".embeddings." in name:
                weights.requires_grad = False
            elif ".encoder." in name:
                layers.append(weights)
            elif not name.startswith("edges"):
                head.append(weights)
        edges = list(self._model.edges.parameters())
        self._trained = [*layers, *head, *edges, self._null]
        groups: list[dict[str, Any]] = [
            {"params": layers},
            {"params": head},
            {"params": [self._null], "weight_decay": 0.0},
            {"params": edges},
        ]
        self._optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
        if begin is not None:
            stored = torch.load(begin, weights_only=True)
            self._model.load_state_dict(stored["model"], strict=False)
            self._null.data.copy_(stored["null"])

    def train(self, learned: Sequence[Asked], steps: int) -> None:
        """Learn for so many steps, ever more slowly."""
        torch = self._torch
        self._model.train()
        mean = [weights.detach().clone() for weights in self._trained]
        for step, batch in zip(range(steps), batches(learned, QUESTIONS), strict=False):
            for group, rate in zip(self._optimizer.param_groups, RATES, strict=True):
                group["lr"] = rate * min(1, (step + 1) / WARM_UP) * max(0.02, 1 - step / steps)
            pairs = _Pairs(self._tokenizer, batch)
            scores, edges = self._forward(pairs)
            telling = self._telling_loss(batch, scores)
            words = self._words_loss(pairs, edges)
            self._optimizer.zero_grad()
            (telling + WORDS * words).backward()
            torch.nn.utils.clip_grad_norm_(self._trained, 1.0)
            self._optimizer.step()
            kept = min(1 - 1 / MEAN_OF, (step + 1) / (step + 10))
            with torch.no_grad():
                for own, weights in zip(mean, self._trained, strict=True):
                    own.mul_(kept).add_(weights, alpha=1 - kept)
            if step % 100 == 0:
                print(f"step {step} of {steps}, loss {telling:.3f}, words {words:.3f}", flush=True)
        with torch.no_grad():
            for own, weights in zip(mean, self._trained, strict=True):
                weights.copy_(own)

    def scores(self, question: str, sentences: Sequence[str]) -> Any:
        """Log-odds that each sentence answers, that it contradicts, and that it has words which
        answer, shape (len(sentences), HEADS + 1).
        """
        self._model.eval()
        item = Item(question, tuple(sentences), answered=False)
        with self._torch.inference_mode():
            pairs = _Pairs(self._tokenizer, [item])
            scores, edges = self._forward(pairs)
        words = [
            likeliest_words(own, of_sentence)[2]
            for own, of_sentence in zip(edges.numpy(), pairs.of_sentence.numpy(), strict=True)
        ]
        return np.column_stack([(scores - self._null.detach()).numpy(), words])

    def save(self, path: Path) -> None:
        """Store what training can go on from."""
        state = self._model.state_dict()
        own = {name: weights for name, weights in state.items() if ".embeddings." not in name}
        self._torch.save({"model": own, "null": self._null.detach()}, path)

    def write(self, path: Path) -> None:
        """Store all but the word embeddings; "none of them" becomes the zero of the scores."""
        # Deferred: heavy, and only this needs them.
        import onnx  # noqa: PLC0415
        from onnxruntime.quantization.matmul_nbits_quantizer import (  # noqa: PLC0415
            DefaultWeightOnlyQuantConfig,
            MatMulNBitsQuantizer,
        )

        torch = self._torch
        self._model.eval()
        with torch.no_grad():
            self._model.classifier.bias -= self._null[0]
            self._null.zero_()
        inputs = {
            "embeddings": torch.zeros((2, 8, self._model.bert.config.hidden_size)),
            # One tensor for both would be taken for one input.
            "attention_mask": torch.ones((2, 8), dtype=torch.long),
            "token_type_ids": torch.zeros((2, 8), dtype=torch.long),
        }
        sizes = {0: torch.export.Dim("pairs"), 1: torch.export.Dim("tokens", max=MOST_TOKENS)}
        with tempfile.TemporaryDirectory() as folder:
            whole = Path(folder) / WEIGHTS
            torch.onnx.export(
                self._model,
                kwargs=inputs,
                output_names=["scores", "edges"],
                dynamic_shapes=dict.fromkeys(inputs, sizes),
                dynamo=True,
                verbose=False,
            ).save(whole)
            model = onnx.load(whole)
        how = DefaultWeightOnlyQuantConfig(
            block_size=BLOCK, is_symmetric=True, accuracy_level=4, bits=BITS
        )
        quantizer = MatMulNBitsQuantizer(model, algo_config=how)
        quantizer.process()
        quantizer.model.save_model_to_file(str(path))

    def _forward(self, pairs: "_Pairs") -> tuple[Any, Any]:
        """Scores of shape (pairs, HEADS), edges of shape (pairs, tokens, 2)."""
        with self._torch.autocast("cpu", dtype=self._torch.bfloat16):
            embedded = self._model.bert.embeddings.word_embeddings(pairs.ids)
            scores, edges = self._model(embedded, pairs.mask, pairs.types)
        return scores.float(), edges.float().masked_fill(~pairs.allowed[..., None], -1e4)

    def _telling_loss(self, batch: Sequence[Item], scores: Any) -> Any:
        """Whether the first of each item's sentences, or none, answers, and contradicts."""
        torch = self._torch
        losses, at = [], 0
        for item in batch:
            own = torch.cat([self._null, scores[at : at + len(item.sentences)]])
            at += len(item.sentences)
            chances = -torch.log_softmax(own, 0)
            losses.append(chances[int(item.answered), 0])
            if item.contradicted is not None:
                losses.append(chances[int(item.contradicted), 1])
        return torch.stack(losses).sum() / len(batch)

    def _words_loss(self, pairs: "_Pairs", edges: Any) -> Any:
        """Which words of each sentence answer; where it answers by unknown ones: any but none."""
        torch = self._torch
        chances = torch.log_softmax(edges, 1)
        rows = torch.arange(len(chances))
        known = -(chances[rows, pairs.first, 0] + chances[rows, pairs.last, 1]) / 2
        none = chances[:, 0].exp().clamp(max=0.9999)
        some = -torch.log1p(-none).mean(1)
        loss = torch.where(pairs.words_known, known, some)
        weights = torch.where(pairs.answers, 1.0, WRONG_WORDS)
        return (loss * weights).sum() / pairs.items


class _Pairs:
    """The pairs of a batch as tokens, one row a sentence."""

    def __init__(self, tokenizer: Any, batch: Sequence[Item]) -> None:
        import torch  # noqa: PLC0415 - deferred as above

        tokens = tokenizer(
            [item.question for item in batch for _ in item.sentences],
            [sentence for item in batch for sentence in item.sentences],
            padding=True,
            truncation="only_second",
            max_length=LONGEST,
            return_tensors="pt",
            return_offsets_mapping=True,
        )
        offsets = tokens["offset_mapping"]
        self.items = len(batch)
        self.ids, self.mask = tokens["input_ids"], tokens["attention_mask"]
        self.types = tokens["token_type_ids"]
        self.of_sentence = (self.types == 1) & (offsets[..., 1] > offsets[..., 0])
        self.allowed = self.of_sentence.clone()
        self.allowed[:, 0] = True  # the first token stands for "none in this sentence"
        rows = len(offsets)
        self.first = torch.zeros(rows, dtype=torch.long)
        self.last = torch.zeros(rows, dtype=torch.long)
        self.answers = torch.zeros(rows, dtype=torch.bool)
        self.words_known = torch.ones(rows, dtype=torch.bool)
        at = 0
        for item in batch:
            if item.answered:
                start, end = item.words or (0, 0)
                meant = (
                    self.of_sentence[at] & (offsets[at, :, 0] < end) & (offsets[at, :, 1] > start)
                )
                places = meant.nonzero().flatten()
                self.answers[at], self.words_known[at] = True, bool(len(places))
                if len(places):
                    self.first[at], self.last[at] = places[0], places[-1]
            at += len(item.sentences)


def _model() -> Any:
    """The packaged embedding model with two new heads, that takes embedded words."""
    # Deferred: importing torch takes seconds.
    import torch  # noqa: PLC0415
    from transformers import AutoModel  # noqa: PLC0415

    class CrossEncoder(torch.nn.Module):
        """Scores of a pair, and of each of its tokens as the first and the last that answers."""

        def __init__(self) -> None:
            super().__init__()
            self.bert = AutoModel.from_pretrained(
                str(packaged_folder()),
                # Each question is seen but a few times, and on a processor these take half the
                # time.
                hidden_dropout_prob=0.0,
                attention_probs_dropout_prob=0.0,
                attn_implementation="eager",
            )
            self.classifier = torch.nn.Linear(self.bert.config.hidden_size, HEADS)
            self.edges = torch.nn.Linear(self.bert.config.hidden_size, 2)
            for linear in (self.classifier, self.edges):
                torch.nn.init.normal_(linear.weight, std=0.02)
                torch.nn.init.zeros_(linear.bias)

        def forward(self, embeddings: Any, attention_mask: Any, token_type_ids: Any) -> Any:
            read = self.bert(
                inputs_embeds=embeddings,
                attention_mask=attention_mask,
                token_type_ids=token_type_ids,
            )
            return self.classifier(read.pooler_output), self.edges(read.last_hidden_state)

    return CrossEncoder()


@dataclass(frozen=True)
class Figures:
    """How well what was kept for judging is told; see `figures`."""

    questions: int
    unanswerable: float
    taken_away: float
    first: float
    words_unanswerable: float
    premises: float
    denials: float


def figures(trainer: Trainer, judged: Sequence[Asked]) -> Figures:
    """How well the best score tells answerable questions from others, and how often it is right.

    "unanswerable" and "taken away" are AUCs, against the set's unanswerable questions and against
    its answerable ones without the sentence that answers; "first" is how often that sentence
    scores best of up to HARD + 1; "words_unanswerable" is the first by what is said of words;
    "premises" is the AUC of the second score, of questions with a false premise against all
    others, "denials" how often it puts the contradiction first.
    """
    scored = [
        (
            each,
            trainer.scores(
                each.question,
                [*(right.text for right in each.right[:1]), *each.wrong[:HARD]],
            ),
        )
        for each in judged
    ]
    plain = [(each, scores) for each, scores in scored if not each.false_premise]
    yes = [scores for each, scores in plain if each.right]
    no = [scores for each, scores in plain if not each.right]
    away = [scores[1:, 0].max() for scores in yes if len(scores) > 1]
    false = [scores[:, 1] for each, scores in scored if each.false_premise]
    others = [scores[:, 1].max() for each, scores in scored if not each.false_premise]
    best = [scores[:, 0].max() for scores in yes]
    return Figures(
        len(judged),
        round(area(best, [scores[:, 0].max() for scores in no]), 3),
        round(area(best, away), 3),
        round(float(np.mean([scores[:, 0].argmax() == 0 for scores in yes])), 3),
        round(
            area([scores[:, 2].max() for scores in yes], [scores[:, 2].max() for scores in no]), 3
        ),
        round(area([own.max() for own in false], others), 3),
        round(float(np.mean([own.argmax() == 0 for own in false])), 3),
    )


def main(
    data: Annotated[Path, typer.Argument(help="Folder with the sets of MIX.")],
    steps: Annotated[int, typer.Option(help="How long to train.")] = 6000,
    begin: Annotated[Path | None, typer.Option(help="What to go on from.")] = None,
    keep: Annotated[Path | None, typer.Option(help="Where to store what can be gone on from.")] = (
        None
    ),
    write: Annotated[Path, typer.Option(help="Where the weights go.")] = TARGET,
) -> None:
    """Train, print the figures on what was kept for judging, and write the weights."""
    learned, judged = sets(data)
    trainer = Trainer(begin)
    trainer.train(mixed(learned), steps)
    if keep is not None:
        trainer.save(keep)
    for name, cases in judged.items():
        print(name, figures(trainer, asked(cases)), flush=True)
    trainer.write(write)


if __name__ == "__main__":
    typer.run(main)
