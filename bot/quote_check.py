"""Does an article hold these words, word for word, and did that person say them?

Nothing here is fuzzy about exactness: words are found letter for letter, or after folding
typography (`bot/typography.py`), or they are not a quotation. Three habits of newspapers count as
typography, and nothing else does: a capital or small first letter where a quotation begins, the
comma, full stop, semicolon, colon, dash or ellipsis that opens or closes it, and quotation marks.
A question or exclamation mark, a minus, a per cent or currency sign is never one of them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

from bot.attributions import attributions, same_speaker
from bot.nearest_words import Change, difference, nearest, stitched
from bot.quotations import quotations, quoted_words
from bot.typography import Folded, Span, fold, occurrences
from index.articles import Article
from index.passages import Passage
from index.speakers import Speaker

Verdict = Literal["exact", "typography", "misattributed", "stitched", "altered", "absent"]
# From true to false; a claim is as good as the worst of its quotations.
VERDICTS: tuple[Verdict, ...] = (
    "exact",
    "typography",
    "misattributed",
    "stitched",
    "altered",
    "absent",
)
MOST_PLACES = 100  # of one quotation; a single common word stands in thousands
_CLOSING = " ,.;:-"


@dataclass(frozen=True)
class Place:
    """Where real words stand: `words == article.text[start:end]`."""

    article_id: str
    start: int
    end: int
    words: str
    speaker: Speaker | None
    """Whoever says the passage in which the words begin; None where nobody certain does."""


@dataclass(frozen=True)
class QuotationCheck:
    """What one quotation of a claim is worth."""

    words: str
    """As claimed, without quotation marks."""
    verdict: Verdict
    places: tuple[Place, ...] = ()
    """In reading order; for "stitched" its pieces in the claim's order, for "altered" the nearest
    real words, for "absent" none."""
    difference: tuple[Change, ...] = ()
    """For "altered": word by word from the real words to the claimed ones."""


@dataclass(frozen=True)
class QuoteCheck:
    """What a whole claim is worth: a bare sentence, or one that holds quotations."""

    claim: str
    verdict: Verdict
    claimed_speaker: str | None
    """Whom the claim names as saying it, in its own words; None where it names nobody."""
    speaker_agrees: bool | None
    """None where the claim names nobody, or where nobody certain says the words."""
    quotations: tuple[QuotationCheck, ...]

    @property
    def place(self) -> Place | None:
        """The first place of the first quotation that has one."""
        return next((check.places[0] for check in self.quotations if check.places), None)


@dataclass(frozen=True)
class _Source:
    article: Article
    passages: Sequence[Passage]
    folded: Folded


def check_quote(claim: str, articles: Sequence[tuple[Article, Sequence[Passage]]]) -> QuoteCheck:
    """Check `claim` against articles and their passages.

    The whole claim is looked for first, so a sentence that stands in an article is exact whatever
    marks it holds. Otherwise its quotations are checked one by one, and the words around them tell
    only whom it names; a claim with no quotation marks is checked as one quotation, without a
    "Name:" before it. Linear in the articles' length.
    """
    sources = [_Source(article, passages, fold(article.text)) for article, passages in articles]
    whole = _real(claim, sources) or _real(_unmarked(claim), sources)
    if whole:
        return QuoteCheck(claim, whole.verdict, None, None, (whole,))
    marked = quotations(claim)
    names = [named.subject for named in attributions(claim, marked) if not named.pronoun]
    claimed = " and ".join(names) or None
    if marked:
        words = [claim[slice(*quoted_words(claim, span))] for span in marked]
    else:
        label, _, rest = claim.partition(":")
        words = [rest.strip() if label.strip() in names else claim.strip()]
    checks = [_check_words(each, sources) for each in words]
    agrees = [_agrees(names, check) for check in checks]
    checks = [
        replace(check, verdict="misattributed")
        if agree is False and check.verdict in {"exact", "typography"}
        else check
        for check, agree in zip(checks, agrees, strict=True)
    ]
    worst = max((check.verdict for check in checks), key=VERDICTS.index)
    known = [agree for agree in agrees if agree is not None]
    return QuoteCheck(claim, worst, claimed, all(known) if known else None, tuple(checks))


def as_json(check: QuoteCheck) -> dict[str, Any]:
    """The check as plain data for `json.dumps`."""
    return asdict(check)


def stands_in(words: str, text: str) -> bool:
    """Whether `words` stand in `text` word for word, typography aside."""
    return _exact(words, text) or next(_folded_places(words, fold(text)), None) is not None


def _exact(words: str, text: str) -> bool:
    return next(occurrences(words.strip(), text), None) is not None


def _check_words(words: str, sources: Sequence[_Source]) -> QuotationCheck:
    if found := _real(words, sources):
        return found
    needle = fold(words).text
    texts = [source.folded.text for source in sources]
    near = nearest(needle, texts)
    pieces = stitched(needle, texts)
    if pieces and (near is None or "..." in needle or not near.close):
        places = tuple(_place(sources[index], span) for index, span in pieces)
        return QuotationCheck(words, "stitched", places)
    if near:
        place = _place(sources[near.text], near.span)
        return QuotationCheck(words, "altered", (place,), difference(near, needle, texts))
    return QuotationCheck(words, "absent")


def _real(words: str, sources: Sequence[_Source]) -> QuotationCheck | None:
    """The quotation where it really stands, or None."""
    words = words.strip()
    if not any(character.isalnum() for character in words):
        return None
    exact = [
        _original_place(source, span)
        for source in sources
        for span in _at_most(occurrences(words, source.article.text))
    ]
    if exact:
        return QuotationCheck(words, "exact", tuple(exact[:MOST_PLACES]))
    folded = [
        _place(source, span)
        for source in sources
        for span in _at_most(_folded_places(words, source.folded))
    ]
    return QuotationCheck(words, "typography", tuple(folded[:MOST_PLACES])) if folded else None


def _folded_places(words: str, folded: Folded) -> Iterator[Span]:
    needle = fold(words).text
    trimmed = _trimmed(needle)
    first = trimmed[:1]
    swapped = (first.lower() if first.isupper() else first.upper()) + trimmed[1:]
    for wording in dict.fromkeys((needle.strip(), trimmed, swapped)):
        if any(character.isalnum() for character in wording):
            found = list(_at_most(occurrences(wording, folded.text)))
            if found:
                yield from found
                return


def _trimmed(needle: str) -> str:
    """Without what a house style puts around a quotation; a minus sign or "?" is no such thing."""
    start, end = 0, len(needle)
    while start < end and (needle[start] in " .,;:" or needle.startswith("- ", start)):
        start += 1
    while end > start and needle[end - 1] in _CLOSING:
        end -= 1
    return needle[start:end]


def _unmarked(claim: str) -> str:
    """A claim that is one quotation and nothing else, without its marks."""
    marked = quotations(claim.strip())
    if len(marked) == 1 and marked[0] == (0, len(claim.strip())):
        return claim.strip()[slice(*quoted_words(claim.strip(), marked[0]))]
    return claim


def _at_most(spans: Iterator[Span]) -> Iterator[Span]:
    return (span for span, _ in zip(spans, range(MOST_PLACES), strict=False))


def _place(source: _Source, span: Span) -> Place:
    return _original_place(source, source.folded.original(*span))


def _original_place(source: _Source, span: Span) -> Place:
    start, end = span
    return Place(
        source.article.id,
        start,
        end,
        source.article.text[start:end],
        _speaker(source.passages, start),
    )


def _speaker(passages: Sequence[Passage], at: int) -> Speaker | None:
    return next((each.speaker for each in passages if each.start <= at < each.end), None)


def _agrees(names: Sequence[str], check: QuotationCheck) -> bool | None:
    """Whether one of `names` says the words in one of their places; None where that is unknown."""
    speakers = [place.speaker for place in check.places]
    if not names or not speakers or check.verdict not in {"exact", "typography"}:
        return None
    known = [speaker for speaker in speakers if speaker]
    if any(same_speaker(name, speaker) for name in names for speaker in known):
        return True
    return False if len(known) == len(speakers) else None
