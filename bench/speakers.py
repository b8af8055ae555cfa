"""How often the speaker of a passage is right, on news that people annotated (PolNeAR).

The unit is the passage: it counts for the gold attribution whose content overlaps it the most.
Right means that the predicted name shares its head word with the gold source, or with the name
that the gold pronoun or noun phrase refers to. Where that name is unknown (a pronoun in no chain
with a noun), nothing can be judged and the passage is left out, with the number of those printed.
"""

import re
from collections import Counter
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench.polnear import GoldArticle, GoldAttribution, read_polnear
from index.passages import sentence_spans
from index.speakers import Speaker, attribute

_BEFORE_HEAD = re.compile(
    r"\s*(?:,|\(|—|–|\s-\s|\b(?:of|for|from|in|at|on|by|with|to|who|that|which|issued|signed|and)\b)"
)
_OPENING_MARKS = "\"“‘'"
_ROWS = (
    "quoted",
    "quoted, name or phrase",
    "quoted, pronoun",
    "other",
    "other, name or phrase",
    "other, pronoun",
)


def head_of(name: str) -> str:
    """The head word of a name or noun phrase, in lower case: "a spokesman for X" -> "spokesman"."""
    words = name.strip(" \"“”'‘’.")
    cut = _BEFORE_HEAD.search(words, 1)
    front = words[: cut.start()] if cut and cut.start() > 2 else words
    parts = [part for part in re.split(r"[^\w&.’'-]+", front) if part]
    while len(parts) > 1 and parts[-1].lower().strip(".") in {"jr", "sr", "ii", "iii", "iv"}:
        parts.pop()
    return parts[-1].lower().removesuffix("'s").removesuffix("’s") if parts else ""


def is_right(speaker: Speaker, gold: GoldAttribution) -> bool:
    """Whether a prediction names the gold source."""
    head = head_of(speaker.name)
    if head in gold.heads or head == head_of(gold.source):
        return True
    # A first name alone ("Hillary") is the head of that gold source.
    words = [word.lower() for word in re.findall(r"[\w-]+", speaker.name)]
    return speaker.name[:1].isupper() and bool(words) and words[0] in gold.heads


def is_quoted(text: str, gold: GoldAttribution) -> bool:
    """Whether at least half of the content's parts begin with a quotation mark."""
    quoted = sum(end - start for start, end in gold.contents if text[start] in _OPENING_MARKS)
    return 2 * quoted >= sum(end - start for start, end in gold.contents) > 0


def judge(article: GoldArticle) -> list[tuple[int, int, GoldAttribution | None, Speaker | None]]:
    """Each passage as (start, end, its gold attribution, the prediction)."""
    spans = list(sentence_spans(article.text))
    judged = []
    for (start, end), speaker in zip(spans, attribute(article.text, spans), strict=True):
        judged.append((start, end, best_gold(article, start, end), speaker))
    return judged


def best_gold(article: GoldArticle, start: int, end: int) -> GoldAttribution | None:
    """The attribution whose content overlaps a passage the most, if any does."""
    best, most = None, 0
    for gold in article.attributions:
        overlap = sum(max(0, min(end, b) - max(start, a)) for a, b in gold.contents)
        if overlap > most:
            best, most = gold, overlap
    return best


def run(data: Path, split: str = "dev", limit: int | None = None) -> None:
    """Print the figures of one split of the PolNeAR folder `data`."""
    counts: dict[str, Counter[str]] = {name: Counter() for name in _ROWS}
    kinds: Counter[str] = Counter()
    given = given_right = unjudged = articles = 0
    for article in read_polnear(data, split, limit):
        articles += 1
        for start, end, gold, speaker in judge(article):
            if gold is not None and not gold.heads:
                unjudged += 1
                continue
            right = speaker is not None and gold is not None and is_right(speaker, gold)
            given += speaker is not None
            given_right += right
            if gold is None:
                if speaker is not None:
                    kinds["a speaker where the corpus has none"] += 1
                continue
            group = "quoted" if is_quoted(article.text, gold) else "other"
            verdict = "right" if right else "none" if speaker is None else "wrong"
            counts[group][verdict] += 1
            counts[f"{group}, {'pronoun' if gold.is_pronoun else 'name or phrase'}"][verdict] += 1
            if not right:
                kinds[f"{group}, {verdict}: {_miss(gold, article.text[start:end])}"] += 1
    console = Console()
    table = Table(title=f"Speakers, PolNeAR {split}, {articles} articles")
    for column in ("Content", "Passages", "Right", "Wrong", "None"):
        table.add_column(column, justify="left" if column == "Content" else "right")
    for group, count in counts.items():
        total = sum(count.values())
        shares = [f"{count[verdict] / max(1, total):.1%}" for verdict in ("right", "wrong", "none")]
        table.add_row(group, f"{total:,}", *shares)
    console.print(table)
    console.print(
        f"Precision of the {given:,} attributions given: {given_right / max(1, given):.1%}"
        f" (left out, because the corpus doesn't say whom the source means: {unjudged:,})"
    )
    misses = Table(title="The ten most frequent kinds of miss")
    misses.add_column("Kind")
    misses.add_column("Passages", justify="right")
    for kind, number in kinds.most_common(10):
        misses.add_row(kind, f"{number:,}")
    console.print(misses)


def _miss(gold: GoldAttribution, passage: str) -> str:
    """The kind of gold attribution that was missed, seen from its source and its cue."""
    if gold.source and gold.source in passage:
        where = "pronoun" if gold.is_pronoun else "name" if gold.source[0].isupper() else "phrase"
    else:
        where = "source in another sentence"
    cue = gold.cue.lower()
    if re.search(r"\b(?:sa(?:id|ys?|ying)|told|tells?|wrote|add(?:ed|s)|according)\b", cue):
        return f"{where}, said or told"
    return f"{where}, {'no verb' if not re.search(r'[a-z]', cue) else 'another cue'}"
