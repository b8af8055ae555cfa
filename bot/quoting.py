"""The default answerer: the article's own sentences, grouped by speaker, each with its [n].

It is a pure function of the understood question, the ranked passages, and the passages of the
articles that are asked.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby

from bot.answers import Answer, Citation, cite
from bot.decision import Decision, decide
from index.passages import Passage
from index.questions import Question
from index.search import Found
from index.speakers import Speaker
from prompts import load_prompt


def answer_from_quotes(
    question: Question, found: Sequence[Found], passages: Sequence[Passage]
) -> Iterator[Answer]:
    """Snapshots of the answer, one a group of sentences; the last is finished.

    Args:
        question: the question, understood and standing alone.
        found: the ranked passages, best first.
        passages: every passage of the articles asked, in order, one article after the other.
    """
    decision = decide(question, found, passages)
    if decision.status == "not_in_article":
        yield _refusal(question, decision)
        return
    paragraphs = [decision.remark] if decision.remark else []
    citations: list[Citation] = []
    groups = grouped(decision.evidence)
    for place, (speaker, members) in enumerate(groups):
        lines = []
        for passage in members:
            citation = cite(len(citations) + 1, passage)
            citations.append(citation)
            lines.append(f"{citation.quote} [{citation.number}]")
        body = " ".join(lines)
        paragraphs.append(f"{heading(speaker)}\n{body}" if speaker else body)
        yield Answer(
            question=question.text,
            status=decision.status,
            text="\n\n".join(paragraphs),
            citations=tuple(citations),
            finished=place == len(groups) - 1,
        )


def grouped(evidence: Sequence[Passage]) -> list[tuple[Speaker | None, list[Passage]]]:
    """The sentences by article and speaker: each speaker once, where they first speak."""
    groups: dict[tuple[str, object], list[Passage]] = {}
    runs = groupby(evidence, key=lambda each: (each.article_id, _name(each)))
    for place, ((article_id, name), run) in enumerate(runs):
        # Narration keeps its place; a speaker's later words join the earlier ones.
        key = (article_id, name if name is not None else place)
        groups.setdefault(key, []).extend(run)
    return [(_fullest(members), members) for members in groups.values()]


def heading(speaker: Speaker) -> str:
    """ "Jacinda Ardern, Prime Minister:"."""
    return ", ".join(part for part in (speaker.name, speaker.description) if part) + ":"


def _refusal(question: Question, decision: Decision) -> Answer:
    words = [load_prompt("refusal"), decision.remark]
    nearest = tuple(cite(number, passage) for number, passage in enumerate(decision.nearest, 1))
    return Answer(
        question=question.text,
        status="not_in_article",
        text=" ".join(part for part in words if part),
        nearest=nearest,
    )


def _name(passage: Passage) -> str | None:
    return None if passage.speaker is None else passage.speaker.name


def _fullest(members: Sequence[Passage]) -> Speaker | None:
    """The group's speaker as the sentence with the longest description knows them."""
    speakers = [passage.speaker for passage in members if passage.speaker is not None]
    return max(speakers, key=lambda each: len(each.description), default=None)
