"""A few questions to start with, made from what an article holds."""

from collections import Counter
from collections.abc import Sequence

from index.passages import Passage

MOST_SPEAKERS = 3


def opening_questions(passages: Sequence[Passage]) -> tuple[str, ...]:
    """What it is about, who is quoted, and what the most quoted, of those named in full, say."""
    names = Counter(
        passage.speaker.name
        for passage in passages
        if passage.speaker is not None and _is_full_name(passage.speaker.name)
    )
    said = (f"What did {name} say?" for name, _ in names.most_common(MOST_SPEAKERS))
    quoted = ("Who is quoted?",) if names else ()
    return ("What is this article about?", *said, *quoted)


def _is_full_name(name: str) -> bool:
    words = name.split()
    return len(words) > 1 and words[0][:1].isupper() and words[-1][:1].isupper()
