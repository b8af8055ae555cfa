"""Questions about the news as readers and sceptics would ask them, with the sentences that answer.

`news_questions.tsv` holds the questions alone; its articles are read from a folder with
`newsqa_even.json` (the even contexts of NewsQA's validation part), `polnear/` (a checkout of
networkdynamics/PolNeAR, of which its train part) and `qags/` (one of W4ngatang/qags, its XSUM
articles, of the BBC); the interviews in `interviews/` are invented. Of the 24 about each article
nine or ten have no answer in it though they fit it, and five share few words with what answers
them. Most articles have twelve more, of the kinds that were answered worst: numbers, costs and
durations that the article gives of something near, negated questions, people it leaves unnamed,
what somebody says nothing of. A language model wrote and labelled all of them from the articles
alone, in one pass.
"""

import csv
import json
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Literal

from bench.public_sets import Case, read_cases
from index.articles import Article, article_from_text
from index.passages import Passage, split_passages

NEWS_QUESTIONS = Path(__file__).with_name("news_questions.tsv")
INTERVIEWS = Path(__file__).with_name("interviews")
SOURCE = "news_questions"

Part = Literal["learned", "judged"]
"""What the packaged reranker is trained on, and the articles that are kept from it."""


def news_articles(news: Path) -> list[list[Case]]:
    """The articles of a NewsQA file in their order, each as its own questions."""
    articles: dict[str, list[Case]] = {}
    for case in read_cases(news):
        articles.setdefault(case.article.id, []).append(case)
    return list(articles.values())


def read_news_questions(folder: Path, part: Part | None = None) -> list[Case]:
    """The questions of one part, or of both, that are about articles in `folder`."""
    return list(_cases(folder, part))


def _cases(folder: Path, part: Part | None) -> Iterator[Case]:
    articles = _articles(folder)
    with NEWS_QUESTIONS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            if part not in {None, row["part"]} or row["article"] not in articles:
                continue
            article, passages = _split(articles[row["article"]])
            starts = {int(start) for start in row["evidence"].split()}
            gold = frozenset(passage.number for passage in passages if passage.start in starts)
            supposed = row["status"] == "false_premise"
            yield Case(SOURCE, article, passages, row["question"], gold, supposed)


def _articles(folder: Path) -> dict[str, str]:
    """The texts by the names that the questions give them."""
    found: dict[str, str] = {}
    news = folder / "newsqa_even.json"
    if news.exists():
        texts = [cases[0].article.text for cases in news_articles(news)]
        found |= {f"newsqa {place}": text for place, text in enumerate(texts)}
    for path in (folder / "polnear" / "data" / "train" / "text").glob("*.txt"):
        found[f"polnear {path.stem}"] = path.read_text(encoding="utf-8").strip()
    qags = folder / "qags" / "data" / "mturk_xsum.jsonl"
    if qags.exists():
        lines = qags.read_text(encoding="utf-8").splitlines()
        distinct = dict.fromkeys(json.loads(line)["article"].strip() for line in lines)
        found |= {f"qags {place}": text for place, text in enumerate(distinct)}
    for path in INTERVIEWS.glob("*.txt"):
        found[f"interview {path.stem}"] = path.read_text(encoding="utf-8").strip()
    return found


@lru_cache(maxsize=1_000)
def _split(text: str) -> tuple[Article, tuple[Passage, ...]]:
    article = article_from_text(text, source=SOURCE)
    return article, split_passages(article)
