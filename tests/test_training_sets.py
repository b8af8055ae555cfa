"""What the reranker learns from: the questions about news, QAMR, SelQA, and changed questions."""

import csv
import json
import random
from collections import Counter
from pathlib import Path

from bench.news_questions import INTERVIEWS, NEWS_QUESTIONS, read_news_questions
from bench.reranker_lessons import WRONG, Asked, Offered, alone, swapped
from bench.sentence_sets import read_sentence_sets
from index.reading import BEFORE

ARTICLE = "Rain fell on Hull. Ann Smith won."


def test_the_questions_about_news_are_well_formed() -> None:
    with NEWS_QUESTIONS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    assert {row["part"] for row in rows} == {"learned", "judged"}
    assert all(row["question"].strip() for row in rows)
    assert {row["status"] for row in rows} == {"answered", "not_in_article", "false_premise"}
    assert all(bool(row["evidence"]) == (row["status"] != "not_in_article") for row in rows)
    assert all(start.isdigit() for row in rows for start in row["evidence"].split())
    assert max(Counter((row["article"], row["question"].lower()) for row in rows).values()) == 1
    parts = {row["article"]: row["part"] for row in rows}
    assert all(parts[row["article"]] == row["part"] for row in rows)  # no article is in both


def test_only_questions_whose_article_is_there_are_read(tmp_path: Path) -> None:
    interviews = read_news_questions(tmp_path)  # these lie in the project itself
    assert {case.article.text for case in interviews} == {
        path.read_text(encoding="utf-8").strip() for path in INTERVIEWS.glob("*.txt")
    }
    folder = tmp_path / "qags" / "data"
    folder.mkdir(parents=True)
    lines = [json.dumps({"article": f"{ARTICLE} It was day {day}."}) for day in range(60)]
    (folder / "mturk_xsum.jsonl").write_text("\n".join(lines), encoding="utf-8")
    learned, judged = (read_news_questions(tmp_path, part) for part in ("learned", "judged"))
    both = read_news_questions(tmp_path)
    assert len(learned) + len(judged) == len(both) > len(interviews)
    texts = {case.article.text for case in interviews}
    assert all(case.article.text.startswith(ARTICLE) or case.article.text in texts for case in both)


def test_sentences_that_are_offered_become_an_article(tmp_path: Path) -> None:
    selqa = [{"question": "Who won?", "answers": [1], "candidates": ARTICLE.split(". ")}]
    (tmp_path / "selqa_dev.json").write_text(json.dumps(selqa), encoding="utf-8")
    key = "Wiki1k:wikinews:7:0:{}"
    (tmp_path / "qamr_wiki-sentences.tsv").write_text(
        f"{key.format(0)}\tRain -LRB- much -RRB- fell on Hull , it 's said .\n"
        f"{key.format(1)}\tAnn won .\n",
        encoding="utf-8",
    )
    (tmp_path / "qamr_dev.tsv").write_text(
        f"{key.format(0)}\t1\t2\t0\t3\tWhere did it rain?\t4\t1:0\t1:0\n"
        f"{key.format(1)}\t1\t2\t0\t3\tWho won?\t0\t1:0\t1:0\n",
        encoding="utf-8",
    )
    cases = {case.source: case for case in read_sentence_sets(tmp_path)}
    assert [cases["selqa"].passages[n].text for n in cases["selqa"].gold] == ["Ann Smith won."]
    assert cases["qamr"].article.text.startswith("Rain (much) fell on Hull, it's said.")
    assert cases["qamr"].question == "Who won?"


def test_a_changed_question_is_about_another_of_its_kind() -> None:
    chance = random.Random(1)  # noqa: S311 - a repeatable choice, no secret
    others = ["On Monday Bo Lind lost 12 games.", "Then Cy Hart lost."]
    for _ in range(20):
        changed = swapped("How did Ann Smith win 3 games?", "Ann Smith won.", others, chance)
        assert changed in {
            *(f"How did {name} win 3 games?" for name in ("Monday Bo Lind", "Bo Lind", "Cy Hart")),
            "How did Ann Smith win 12 games?",
        }
    assert swapped("who won?", "Ann Smith won.", others, chance) is None
    assert swapped("How did Ann Smith win?", "Ann Smith won.", ["Nobody saw."], chance) is None


def test_a_question_is_asked_with_what_answers_it_and_without() -> None:
    chance = random.Random(1)  # noqa: S311 - a repeatable choice, no secret
    wrong = tuple(f"It rained {day}.{BEFORE}Ann Smith won." for day in "abcdef")
    asked = Asked(
        "who won?",
        (Offered("Ann Smith won.", (0, 9)),),
        wrong,
        false_premise=False,
        premises_known=True,
    )
    items = [item for _ in range(50) for item in asked.items(chance)]
    answered = [item for item in items if item.answered]
    assert len(answered) == 50
    assert all(item.sentences[0] == "Ann Smith won." for item in answered)
    without = [item for item in items if not item.answered]
    assert 0 < len(without) < 50
    assert all(item.sentences == tuple(map(alone, wrong[:WRONG])) for item in without)


def test_a_false_premise_has_no_answer_but_a_contradiction() -> None:
    chance = random.Random(1)  # noqa: S311 - a repeatable choice, no secret
    asked = Asked(
        "why did Ann lose?",
        (Offered("Ann won."),),
        ("It rained.",),
        false_premise=True,
        premises_known=True,
    )
    items = [item for item in asked.items(chance) if "Ann won." in item.sentences]
    assert items
    assert all(item.contradicted and not item.answered for item in items)
