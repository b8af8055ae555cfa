"""The packaged reranker tells a sentence that answers from one that is merely near."""

from pathlib import Path

import pytest

from index.errors import ModelUnusable
from index.reranker import Reranker, load_reranker


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


def test_scores_are_those_of_each_pair_alone(reranker: Reranker) -> None:
    assert reranker.knows_answers
    sentences = ["Eight people were held.", "The mayor, who came late, spoke of the rain. " * 9]
    question = "How many people were held?"
    together = reranker.read(question, sentences).answers
    alone = [reranker.read(question, [each]).answers[0] for each in sentences]
    # Half-precision sums differ a little with the padding.
    assert together == pytest.approx(alone, abs=0.15)


def test_a_model_that_is_not_there_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ModelUnusable, match="name a local folder"):
        load_reranker(str(tmp_path))
