"""A few questions to start with, made from what an article holds."""

from collections import Counter
from collections.abc import Sequence

from index.passages import Passage

MOST_SPEAKERS = 3


def opening_questions(passages: Sequence[Passage]) -> tuple[str, ...]:
    """What it is about, what those who speak most in it say, and who is quoted."""
    names = Counter(
        passage.speaker.name
        for passage in passages
        if passage.speaker is not None and passage.speaker.name[:1].isupper()
    )
    said = (f"What did {name} say?" for name, _ in names.most_common(MOST_SPEAKERS))
    quoted = ("Who is quoted?",) if names else ()
    return ("What is this article about?", *said, *quoted)
