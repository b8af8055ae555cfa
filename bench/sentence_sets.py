"""Question sets that offer sentences rather than a text: QAMR and SelQA, read by path.

QAMR (Michael et al. 2018, MIT): questions about single sentences of Wikinews and Wikipedia.
SelQA (Jurczyk et al. 2016, Apache 2.0): questions about a section of Wikipedia, sentence by
sentence. Both are only learned from, never judged by.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path

from bench.public_sets import Case
from index.articles import article_from_text
from index.passages import split_passages

A_SENTENCE = 6  # QAMR asks each sentence some thirty questions; few of them are learned from
_BRACKETS = {"-LRB-": "(", "-RRB-": ")", "-LSB-": "[", "-RSB-": "]", "``": '"', "''": '"'}
_BEFORE = re.compile(r" (?=[,.;:!?)\]%]|'s\b|'re\b|'ve\b|'ll\b|n't\b)|(?<=[(\[$]) ")


def read_sentence_sets(folder: Path) -> list[Case]:
    """Every question of `qamr_*.tsv` (with `qamr_wiki-sentences.tsv`) and `selqa_*.json` there."""
    return [*_qamr(folder), *_selqa(folder)]


def _qamr(folder: Path) -> Iterator[Case]:
    texts = folder / "qamr_wiki-sentences.tsv"
    if not texts.exists():
        return
    sentences = dict(line.split("\t") for line in texts.read_text(encoding="utf-8").splitlines())
    asked: dict[str, list[str]] = {}
    for path in sorted({*folder.glob("qamr_*.tsv")} - {texts}):
        for line in path.read_text(encoding="utf-8").splitlines():
            key, *_, question, _answer, _, _ = line.split("\t")
            asked.setdefault(key, []).append(question)
    documents: dict[str, list[str]] = {}
    for key in asked:
        documents.setdefault(key.rsplit(":", 2)[0], []).append(key)
    for keys in documents.values():
        texts_in_order = [_natural(sentences[key]) for key in sorted(keys, key=_place)]
        offered = dict(zip(sorted(keys, key=_place), texts_in_order, strict=True))
        for key in keys:
            every = list(dict.fromkeys(asked[key]))
            for question in every[:: max(1, len(every) // A_SENTENCE)][:A_SENTENCE]:
                yield from _case("qamr", list(offered.values()), question, {offered[key]})


def _selqa(folder: Path) -> Iterator[Case]:
    for path in sorted(folder.glob("selqa_*.json")):
        for asked in json.loads(path.read_text(encoding="utf-8")):
            offered = asked["candidates"]
            yield from _case(
                "selqa", offered, asked["question"], {offered[at] for at in asked["answers"]}
            )


def _case(source: str, offered: list[str], question: str, right: set[str]) -> Iterator[Case]:
    """The sentences as one article; they are cut again, and the right ones found in it."""
    article = article_from_text("\n".join(offered), source=source)
    passages = split_passages(article)
    gold = frozenset(
        passage.number
        for passage in passages
        if any(passage.text in text or text in passage.text for text in right)
    )
    if gold:
        yield Case(source, article, passages, question, gold)


def _place(key: str) -> tuple[int, int]:
    paragraph, sentence = key.rsplit(":", 2)[1:]
    return int(paragraph), int(sentence)


def _natural(tokens: str) -> str:
    """A tokenised sentence as it would be printed."""
    words = (_BRACKETS.get(token, token) for token in tokens.split())
    return _BEFORE.sub("", " ".join(words))
