"""The packaged reranker tells a sentence that answers from one that is merely near."""

from pathlib import Path

import numpy as np
import pytest

from bench.reranker_lessons import Asked, Offered
from bench.train_reranker import Trainer
from index.embeddings import packaged_folder
from index.errors import ModelUnusable
from index.packaged_reranker import load_packaged_reranker
from index.reading import Reranker
from index.reranker import load_reranker


@pytest.fixture(scope="module")
def reranker() -> Reranker:
    return load_reranker()


@pytest.mark.parametrize(
    ("question", "answers", "near"),
    [
        (
            "How many people were rescued from the ferry?",
            "Coastguards brought 64 passengers ashore before dawn.",
            "The ferry had left Harwich on Tuesday evening.",
        ),
        (
            "Who designed the new library?",
            "The library was drawn up by Danish architect Mette Lund.",
            "The library will open its doors in the spring.",
        ),
        (
            "When does the strike begin?",
            "Drivers will walk out at midnight on Friday.",
            "The strike has divided the union's members.",
        ),
        (
            "What did Novak say about the bridge?",
            'Lena Novak, engineer: "The bridge is perfectly safe," she said.',
            "Lena Novak, engineer: She has worked for the city for ten years.",
        ),
    ],
)
def test_a_sentence_that_answers_stands_above_one_that_is_near(
    reranker: Reranker, question: str, answers: str, near: str
) -> None:
    best, other = reranker.read(question, [answers, near]).answers
    assert best > other


@pytest.mark.parametrize(
    ("question", "sentence", "words"),
    [
        (
            "How many people were rescued from the ferry?",
            "Coastguards brought 64 passengers ashore before dawn.",
            "64",
        ),
        (
            "Who designed the new library?",
            "The library was drawn up by Danish architect Mette Lund.",
            "Mette Lund",
        ),
        (
            "When does the strike begin?",
            "Ann Hale: Drivers will walk out at midnight on Friday.",
            "Friday",
        ),
    ],
)
def test_the_words_that_answer_are_found(
    reranker: Reranker, question: str, sentence: str, words: str
) -> None:
    (found,) = reranker.read(question, [sentence]).words or ()
    assert words in sentence[found.start : found.end]
    assert len(sentence[found.start : found.end].split()) <= len(words.split()) + 3
    (none,) = reranker.read(question, ["It was the third such evening this year."]).words or ()
    assert none.odds < found.odds


def test_scores_are_those_of_each_pair_alone(reranker: Reranker) -> None:
    assert reranker.knows_answers
    sentences = ["Eight people were held.", "The mayor, who came late, spoke of the rain. " * 9]
    question = "How many people were held?"
    together = reranker.read(question, sentences)
    for place, sentence in enumerate(sentences):
        alone = reranker.read(question, [sentence])
        assert alone.answers[0] == together.answers[place]
        assert (alone.words or ())[0] == (together.words or ())[place]


def test_a_question_longer_than_a_pair_may_be_is_read_all_the_same(reranker: Reranker) -> None:
    assert np.isfinite(reranker.read("why " * 400, ["It rained."]).answers).all()
    assert np.isfinite(reranker.read("?", ["", "…"]).answers).all()


def test_weights_that_cannot_be_read_say_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "reranker.onnx").write_bytes(b"not a model")
    with pytest.raises(ModelUnusable, match="RERANKER_MODEL=none"):
        load_packaged_reranker(tmp_path / "reranker.onnx", packaged_folder())


# torch's own export warns of torch's own future.
@pytest.mark.filterwarnings("ignore::FutureWarning", "ignore::UserWarning:torch.onnx")
def test_what_is_trained_is_what_is_read(tmp_path: Path) -> None:
    wrong = ("It rained in Hull all day.", "The mayor stayed at home.", "Nobody spoke.")
    lessons = [
        Asked(
            f"Who won the {game}?",
            (Offered(f"Ann Smith won the {game}.", (0, 9)),),
            wrong,
            false_premise=False,
            premises_known=True,
        )
        for game in ("match", "race", "cup", "vote") * 64
    ]
    trainer = Trainer()
    trainer.train(lessons, steps=2)
    sentences = ["Ann Smith won the cup.", *wrong]
    learned = trainer.scores("Who won the cup?", sentences)
    trainer.write(tmp_path / "reranker.onnx")
    written = load_packaged_reranker(tmp_path / "reranker.onnx", packaged_folder())
    read = written.read("Who won the cup?", sentences)
    # One has half the bits, the other integers.
    assert read.answers == pytest.approx(learned[:, 0], abs=0.15)
    assert read.contradicts == pytest.approx(learned[:, 1], abs=0.15)
    assert [words.odds for words in read.words or ()] == pytest.approx(learned[:, 2], abs=0.3)


def test_a_model_that_is_not_there_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ModelUnusable, match="name a local folder"):
        load_reranker(str(tmp_path))
