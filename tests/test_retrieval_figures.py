"""Public question sets are read right, and the figures count what they say."""

import gzip
import json
from pathlib import Path

import numpy as np

from bench.public_sets import question_files, read_cases
from bench.retrieval import recall, told_apart

TEXT = "Rain fell on Hull. Ann Smith won. The crowd left early."


def test_gold_is_the_sentence_that_holds_the_answer(tmp_path: Path) -> None:
    asked = {"question": "Who won?", "answers": [{"text": "Ann", "answer_start": TEXT.find("Ann")}]}
    squad = {"data": [{"paragraphs": [{"context": TEXT, "qas": [asked]}]}]}
    (tmp_path / "news.json").write_text(json.dumps(squad), encoding="utf-8")
    (case,) = read_cases(tmp_path / "news.json")
    assert [case.passages[number].text for number in case.gold] == ["Ann Smith won."]
    assert case.source == "news"


def test_a_question_without_an_answer_has_no_gold(tmp_path: Path) -> None:
    lines = [
        {"docs": [{"doc_id": "a", "title": "", "text": TEXT}]},
        {"doc_id": "a", "question": "Why?", "answerable": False, "evidence": []},
        {"doc_id": "a", "question": "Where?", "answerable": True, "evidence": [[13, 17]]},
    ]
    with gzip.open(tmp_path / "set.jsonl.gz", "wt", encoding="utf-8") as file:
        file.write("\n".join(json.dumps(line) for line in lines))
    assert [case.gold for case in read_cases(tmp_path / "set.jsonl.gz")] == [
        frozenset(),
        frozenset({0}),
    ]
    assert question_files(tmp_path) == [tmp_path / "set.jsonl.gz"]


def test_recall_counts_questions_with_a_gold_sentence_that_high() -> None:
    scores = [np.array([0.9, 0.5, 0.1], dtype=np.float32)] * 2
    gold = [np.array([True, False, False]), np.array([False, True, False])]
    assert recall(scores, gold) == (0.5, 1.0, 1.0)
    assert told_apart(scores, gold) == 0.75
