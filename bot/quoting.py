"""The default answerer: the article's own sentences, grouped by speaker, each with its [n].

It is a pure function of the understood question, the ranked passages, and the passages of the
articles that are asked.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby

from bot.answers import Answer, Citation, cite
from bot.decision import Decision, decide
from bot.overview import Overview, asked_overview, overview
from index.passages import Passage
from index.questions import Question
from index.search import Found
from index.speakers import Span, Speaker
from prompts import load_prompt

ARTICLES = 3  # that a question about the whole article is answered from, where many are asked
_NOBODY = "Nobody is quoted in it."
_NO_SIDES = "Nobody in it takes a side on that."
_NO_TIMES = "It names no times."


def answer_from_quotes(
    question: Question, found: Sequence[Found], passages: Sequence[Passage]
) -> Iterator[Answer]:
    """Snapshots of the answer, one a group of sentences; the last is finished.

    Args:
        question: the question, understood and standing alone.
        found: the ranked passages, best first.
        passages: every passage of the articles asked, in order, one article after the other.
    """
    whole = asked_overview(question.text)
    if whole is None:
        decision = decide(question, found, passages)
    else:
        decision = _decide_overview(whole, found, passages)
    if decision.status == "not_in_article":
        yield _refusal(question, decision)
    else:
        yield from _composed(question, decision)


def grouped(evidence: Sequence[Passage]) -> list[tuple[Speaker | None, list[Passage]]]:
    """The sentences by article and speaker: each speaker once, where they first speak, and in an
    interview once for each question.
    """
    groups: dict[tuple[str, object, Span | None], list[Passage]] = {}
    runs = groupby(evidence, key=lambda each: (each.article_id, *_name_and_asked(each)))
    for place, ((article_id, name, asked), run) in enumerate(runs):
        # Narration keeps its place; a speaker's later words join the earlier ones.
        key = (article_id, name if name is not None else place, asked)
        groups.setdefault(key, []).extend(run)
    return [(_fullest(members), members) for members in groups.values()]


def heading(speaker: Speaker, question: str = "") -> str:
    """Who speaks: "Jacinda Ardern, Prime Minister:"; in an interview also what was asked."""
    # A "[1]" of the article's own would be read as a citation.
    asked = f"asked “{' '.join(question.split())}”" if question and "[" not in question else ""
    return ", ".join(part for part in (speaker.name, speaker.description, asked) if part) + ":"


def _composed(question: Question, decision: Decision) -> Iterator[Answer]:
    paragraphs = [decision.remark] if decision.remark else []
    if decision.short:
        paragraphs.append(f"{decision.short} [1]")
    citations: list[Citation] = []
    groups = grouped(decision.evidence)
    for place, (speaker, members) in enumerate(groups):
        sentences = []
        for passage in members:
            citation = cite(len(citations) + 1, passage)
            citations.append(citation)
            sentences.append(f"{citation.quote} [{citation.number}]")
        body = " ".join(sentences)
        asked = members[0].question
        paragraphs.append(f"{heading(speaker, asked)}\n{body}" if speaker else body)
        yield Answer(
            question=question.text,
            status=decision.status,
            text="\n\n".join(paragraphs),
            citations=tuple(citations),
            finished=place == len(groups) - 1,
        )


def _decide_overview(
    asked: Overview, found: Sequence[Found], passages: Sequence[Passage]
) -> Decision:
    articles: dict[str, list[Passage]] = {}
    for passage in passages:
        articles.setdefault(passage.article_id, []).append(passage)
    best = dict.fromkeys(each.passage.article_id for each in found)
    chosen = set(list(best)[:ARTICLES] or list(articles)[:ARTICLES])
    evidence = [
        passage
        for article_id, body in articles.items()
        if article_id in chosen or len(articles) <= ARTICLES
        for passage in overview(asked, body)
    ]
    if evidence:
        return Decision("answered", tuple(evidence), probability=1.0)
    remark = {"speakers": _NOBODY, "sides": _NO_SIDES, "timeline": _NO_TIMES}.get(asked.asks, "")
    nearest = tuple(each.passage for each in found[:3])
    return Decision("not_in_article", remark=remark, nearest=nearest)


def _refusal(question: Question, decision: Decision) -> Answer:
    words = [load_prompt("refusal"), decision.remark]
    nearest = tuple(cite(number, passage) for number, passage in enumerate(decision.nearest, 1))
    return Answer(
        question=question.text,
        status="not_in_article",
        text=" ".join(part for part in words if part),
        nearest=nearest,
    )


def _name_and_asked(passage: Passage) -> tuple[str | None, Span | None]:
    return (
        (None, None) if passage.speaker is None else (passage.speaker.name, passage.speaker.asked)
    )


def _fullest(members: Sequence[Passage]) -> Speaker | None:
    """The group's speaker as the sentence with the longest description knows them."""
    speakers = [passage.speaker for passage in members if passage.speaker is not None]
    return max(speakers, key=lambda each: len(each.description), default=None)
