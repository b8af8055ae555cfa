"""The questions that judge the answers must themselves be right."""

from collections import Counter
from pathlib import Path

import pytest

from bench.question_sets import BadQuestion, GoldQuestion, Span, load_questions, question_files
from index.articles import read_article

FILES = question_files()
NAMES = [questions.stem for _, questions in FILES]
every_file = pytest.mark.parametrize("questions", [path for _, path in FILES], ids=NAMES)

ONE_LINE = (
    '{"id": "a-1", "kind": "fact", "turns": ["Who?"], "status": "answered", '
    '"evidence": [[{"start": 0, "end": 3, "text": "Ann"}]], "acceptable": []}'
)


def _spans(question: GoldQuestion) -> list[Span]:
    return [*(span for part in question.evidence for span in part), *question.acceptable]


def test_the_seed_article_and_five_others_have_questions() -> None:
    assert NAMES[0] == "seed"
    assert len(NAMES) == len(set(NAMES)) == 6


@pytest.mark.parametrize(("article", "questions"), FILES, ids=NAMES)
def test_every_span_is_the_exact_slice(article: Path, questions: Path) -> None:
    text = read_article(article).text
    for question in load_questions(questions):
        for span in _spans(question):
            assert span.text, question.id
            assert text[span.start : span.end] == span.text, question.id


def test_ids_are_unique_over_all_files() -> None:
    ids = Counter(q.id for _, questions in FILES for q in load_questions(questions))
    assert [name for name, count in ids.items() if count > 1] == []


@every_file
def test_status_and_evidence_agree(questions: Path) -> None:
    for question in load_questions(questions):
        answered = question.status != "not_in_article"
        assert answered == bool(question.evidence), question.id
        assert all(part for part in question.evidence), question.id
        assert answered or not question.short_answer, question.id
        assert not answered or not question.refusal_names, question.id
        if question.kind in {"unanswerable", "false_premise"}:
            wanted = "partly" if question.kind == "false_premise" else "not_in_article"
            assert question.status == wanted, question.id
        assert (question.kind == "follow_up") == (len(question.turns) > 1), question.id


@every_file
def test_no_span_is_both_needed_and_merely_acceptable(questions: Path) -> None:
    for question in load_questions(questions):
        needed = {span for part in question.evidence for span in part}
        assert needed.isdisjoint(question.acceptable), question.id


@every_file
def test_there_are_enough_questions_of_every_sort(questions: Path) -> None:
    gold = load_questions(questions)
    kinds = Counter(q.kind for q in gold)
    no_answer = sum(q.status == "not_in_article" or q.kind == "false_premise" for q in gold)
    assert len(gold) >= (70 if questions.stem == "seed" else 32)
    assert no_answer / len(gold) >= 1 / 3
    assert kinds["follow_up"] / len(gold) >= 1 / 5
    assert min(kinds[k] for k in ("speech", "who_said", "whole_article", "misspelt")) >= 2


@every_file
def test_no_question_stands_twice(questions: Path) -> None:
    asked = Counter(tuple(t.lower() for t in q.turns) for q in load_questions(questions))
    assert [turns for turns, count in asked.items() if count > 1] == []


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("{", "line 2"),
        (ONE_LINE.replace('"answered"', '"perhaps"'), "status 'perhaps'"),
        (ONE_LINE.replace('"fact"', '"riddle"'), "kind 'riddle'"),
        (ONE_LINE.replace('["Who?"]', "[]"), "turns is empty"),
        (ONE_LINE.replace('"evidence"', '"proof"'), "evidence"),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, line: str, says: str) -> None:
    path = tmp_path / "questions.jsonl"
    path.write_text(f"{ONE_LINE}\n{line}\n", encoding="utf-8")
    with pytest.raises(BadQuestion, match="line 2") as caught:
        load_questions(path)
    assert says in str(caught.value)


def test_what_is_left_out_of_a_line_is_empty(tmp_path: Path) -> None:
    path = tmp_path / "questions.jsonl"
    path.write_text(ONE_LINE, encoding="utf-8")
    assert load_questions(path) == [
        GoldQuestion("a-1", "fact", ("Who?",), "answered", ((Span(0, 3, "Ann"),),), ())
    ]
