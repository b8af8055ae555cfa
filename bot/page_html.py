"""What the page shows, as HTML: pure functions of answers, articles and quote checks.

Nothing that comes from an article, a question, a model or a file name enters the HTML unescaped.
An address in an article is a link of its own kind, `#at-<article>-<start>-<end>`, and an article
is `#article-<article>`; `page.js` follows both.
"""

import re
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import PurePath
from typing import Final

from bot.answers import Answer, Check, Citation
from bot.exchanges import READING, Exchange
from bot.nearest_words import Change
from bot.quote_check import Place, QuotationCheck, QuoteCheck, Verdict
from index.articles import Article
from index.passages import Passage, paragraph_spans
from index.sentences import Kind
from index.speakers import Speaker

LONGEST_HINT = 240  # characters of a sentence in the hint that a citation shows under the mouse
MOST_PLACES = 3  # of one quotation, in the verdict on it

_MARKER = re.compile(r"\[(\d+)\]")
_KINDS: Final[Mapping[Kind, str]] = {
    "direct": "quoted",
    "indirect": "reported",
    "mixed": "partly quoted",
}
_VERDICTS: Final[Mapping[Verdict, str]] = {
    "exact": "Word for word in the article",
    "typography": "In the article; only the typography differs",
    "misattributed": "Real words, but said by somebody else",
    "stitched": "Put together from separate places",
    "altered": "Altered: the article has other words",
    "absent": "Not in the article",
}
_OUTCOMES: Final = {
    "passed": "Shown as written:",
    "mended": "Shown with other citations:",
    "quoted": "Replaced by the article’s own sentence:",
    "dropped": "Left out:",
}


def masthead_html(model_notice: str) -> str:
    """The page's heading: what this is, who answers, and whether words leave the machine.

    `model_notice` says the latter two of a language model; empty where there is none.
    """
    if model_notice:
        who = f"{_inline(model_notice)} Every sentence is checked against the article."
    else:
        who = "Answers are the article’s own sentences. Nothing leaves this machine."
    return f'<header class="masthead"><h1>On the Record</h1><p>{who}</p></header>'


def question_html(typed: str) -> str:
    """A question as the conversation shows it."""
    return f'<div class="asked" dir="auto">{_inline(typed)}</div>'


def exchange_html(exchange: Exchange, titles: Mapping[str, str]) -> str:
    """What follows a question: its answer, a notice, or both; always without a line break.

    The conversation's Markdown leaves a block of HTML alone up to the first blank line, so one
    without line breaks is shown as it is. `titles` are the articles' titles by id.
    """
    if exchange.answer is None:
        state = "stopped" if exchange.stopped else "waiting"
        return f'<div class="answer {state}">{_notice(exchange.notice)}</div>'
    return answer_html(
        exchange.answer,
        exchange.typed,
        titles,
        notice=exchange.notice,
        stopped=exchange.stopped,
    )


def answer_html(
    answer: Answer,
    typed: str,
    titles: Mapping[str, str],
    *,
    notice: str = "",
    stopped: bool = False,
) -> str:
    """An answer with each [n] a link to its place; `typed` is the question before its resolving."""
    finished = answer.finished or stopped
    parts = []
    if _differs(answer.question, typed):
        parts.append(
            f'<div class="understood">Understood as: <q>{_inline(answer.question)}</q></div>'
        )
    parts.extend(_paragraphs(answer))
    if finished and answer.nearest:
        parts.append(_nearest(answer.nearest))
    if len(titles) > 1:
        parts.append(_sources((*answer.citations, *answer.nearest), titles))
    if answer.note:
        parts.append(f'<div class="note">{_inline(answer.note)}</div>')
    if finished and answer.checks:
        parts.append(_checks(answer.checks))
    parts.append(_notice(notice or _status(answer, stopped=stopped)))
    state = "finished" if finished else "waiting"
    return f'<div class="answer {state} {answer.status}">{"".join(parts)}</div>'


def article_html(
    article: Article, passages: Sequence[Passage], *, among_others: bool = False
) -> str:
    """The article by paragraphs; each sentence an element that carries its offsets."""
    way_back = '<a class="way-back" href="#articles">All articles</a> · ' if among_others else ""
    byline = f"{_inline(PurePath(article.source).name)} · {_count(len(passages), 'sentence')}"
    label = f'data-article="{escape(article.id)}" aria-label="{_inline(article.title)}"'
    parts = [f'<article class="article" {label}><div class="byline">{way_back}{byline}</div>']
    remaining = iter(passages)
    passage = next(remaining, None)
    for start, end in paragraph_spans(article.text):
        sentences = []
        while passage is not None and passage.start < end:
            sentences.append(_sentence(passage))
            passage = next(remaining, None)
        tag = "h2" if article.text[start:end] == article.title else "p"
        parts.append(f'<{tag} dir="auto">{" ".join(sentences)}</{tag}>')
    parts.append("</article>")
    return "".join(parts)


def articles_html(articles: Sequence[Article]) -> str:
    """The library's contents: a link for each article."""
    items = "".join(
        f'<li dir="auto"><a href="#article-{escape(article.id)}">{_inline(article.title)}</a> '
        f'<span class="byline">{_inline(PurePath(article.source).name)}</span></li>'
        for article in articles
    )
    return (
        '<div class="library" data-article=""><div class="byline">'
        f"{_count(len(articles), 'article')} in the library</div><ul>{items}</ul></div>"
    )


def speakers_html(passages: Sequence[Passage]) -> str:
    """Who said what: each speaker, most sentences first, with a link to each sentence."""
    said: dict[str, list[tuple[Passage, Speaker]]] = {}
    for passage in passages:
        if passage.speaker is not None:
            said.setdefault(passage.speaker.name, []).append((passage, passage.speaker))
    if not said:
        return '<p class="nothing">Nobody is quoted here, as far as this program can tell.</p>'
    parts = []
    for name, sentences in sorted(said.items(), key=lambda item: -len(item[1])):
        description = next((who.description for _, who in sentences if who.description), "")
        items, question = "", ""
        for passage, speaker in sentences:
            asked = passage.question if passage.question != question else ""
            question = passage.question
            kind = f"asked “{asked}”" if asked else _KINDS[speaker.kind]
            items += (
                f'<li dir="auto">'
                f"{_link(passage.article_id, passage.start, passage.end, passage.text)} "
                f'<span class="kind">{_inline(kind)}</span></li>'
            )
        parts.append(
            f'<details class="speaker"><summary><span class="name">{_inline(name)}</span> '
            f'<span class="description">{_inline(description)}</span> '
            f'<span class="count">{_count(len(sentences), "sentence")}</span></summary>'
            f"<ul>{items}</ul></details>"
        )
    return "".join(parts)


def check_html(check: QuoteCheck) -> str:
    """The verdict on a quotation, and the real words with who said them and where."""
    parts = [
        f'<div class="check {check.verdict}"><p class="verdict">{_VERDICTS[check.verdict]}</p>'
    ]
    if check.claimed_speaker and check.place is not None:
        parts.append(f"<p>{_who_said(check)}</p>")
    alone = len(check.quotations) == 1
    parts.extend(_quotation(quotation, alone=alone) for quotation in check.quotations)
    return "".join(parts) + "</div>"


def notice_html(text: str) -> str:
    """One sentence to the person at the page, announced by screen readers."""
    return f'<p class="notice" role="status">{_inline(text)}</p>'


def _inline(text: str) -> str:
    """`text` escaped, on one line."""
    return escape(" ".join(text.split()))


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" + ("" if number == 1 else "s")


def _differs(understood: str, typed: str) -> bool:
    return re.findall(r"\w+", understood.casefold()) != re.findall(r"\w+", typed.casefold())


def _link(article_id: str, start: int, end: int, text: str) -> str:
    return f'<a class="place" href="#at-{escape(article_id)}-{start}-{end}">{_inline(text)}</a>'


def _paragraphs(answer: Answer) -> list[str]:
    shown = []
    start = 0
    own_marks = _marks_of_the_article(answer)
    for paragraph in re.split(r"(\n\s*\n)", answer.text):
        lines = []
        at = start
        for line in paragraph.splitlines(keepends=True):
            html = _linked(line, at, answer, own_marks)
            if html:
                heading = line.rstrip().endswith(":") and not _MARKER.search(line)
                lines.append(f'<div class="{"says" if heading else "line"}">{html}</div>')
            at += len(line)
        start += len(paragraph)
        if lines:
            shown.append(f'<div class="paragraph" dir="auto">{"".join(lines)}</div>')
    return shown


def _marks_of_the_article(answer: Answer) -> frozenset[int]:
    """Where in the answer's text a "[1]" is the article's own and cites nothing."""
    places: set[int] = set()
    for quote in {citation.quote for citation in answer.citations if "[" in citation.quote}:
        at = answer.text.find(quote)
        while at >= 0:
            places.update(at + mark.start() for mark in _MARKER.finditer(quote))
            at = answer.text.find(quote, at + len(quote))
    return frozenset(places)


def _linked(line: str, offset: int, answer: Answer, own_marks: frozenset[int]) -> str:
    """One line with each [n] that cites something made a link; `offset` is the line's place."""
    by_number = {citation.number: citation for citation in answer.citations}
    parts = []
    done = 0
    for mark in _MARKER.finditer(line):
        citation = by_number.get(int(mark[1]))
        if citation is None or offset + mark.start() in own_marks:
            continue
        parts.append(_words(line[done : mark.start()]))
        parts.append(_citation(citation))
        done = mark.end()
    parts.append(_words(line[done:]))
    return "".join(parts).strip()


def _words(text: str) -> str:
    """`text` escaped, every run of white space one space, kept at the ends."""
    return escape(re.sub(r"\s+", " ", text))


def _citation(citation: Citation) -> str:
    hint = " ".join(citation.quote.split())
    if len(hint) > LONGEST_HINT:
        hint = hint[:LONGEST_HINT].rstrip() + "…"
    if citation.speaker is not None:
        hint = f"{_who(citation.speaker, citation.question)}: {hint}"
    return (
        f'<a class="citation" href="#at-{escape(citation.article_id)}-{citation.start}-'
        f'{citation.end}" title="{_inline(hint)}">[{citation.number}]</a>'
    )


def _nearest(citations: Sequence[Citation]) -> str:
    items = "".join(
        f'<li dir="auto">{_link(each.article_id, each.start, each.end, each.quote)}'
        f"{_by(each.speaker, each.question)}</li>"
        for each in citations
    )
    return (
        '<div class="nearest"><div class="says">The nearest passages, which do not answer the '
        f"question:</div><ul>{items}</ul></div>"
    )


def _checks(checks: Sequence[Check]) -> str:
    """Each sentence that a language model wrote and what became of it, behind a click."""
    items = "".join(
        f'<li dir="auto"><span class="outcome">{_OUTCOMES[each.verdict]}</span> '
        f"<q>{_inline(each.sentence)}</q>"
        + (f' <span class="reason">({_inline(each.reason)})</span>' if each.reason else "")
        + "</li>"
        for each in checks
    )
    return (
        '<details class="checks"><summary>What the checks changed</summary>'
        f"<ul>{items}</ul></details>"
    )


def _by(speaker: Speaker | None, question: str) -> str:
    if speaker is None:
        return ""
    return f' <span class="kind">{_inline(_who(speaker, question))}</span>'


def _who(speaker: Speaker, question: str) -> str:
    return f"{speaker.name}, asked “{question}”" if question else speaker.name


def _sources(citations: Sequence[Citation], titles: Mapping[str, str]) -> str:
    ids = dict.fromkeys(citation.article_id for citation in citations)
    if not ids:
        return ""
    links = " · ".join(
        f'<a href="#article-{escape(each)}">{_inline(titles.get(each, each))}</a>' for each in ids
    )
    return f'<div class="sources">From: {links}</div>'


def _status(answer: Answer, *, stopped: bool) -> str:
    if stopped and not answer.finished:
        return "Stopped before the end."
    if not answer.finished:
        return READING
    if answer.status == "not_in_article":
        return "Not in the article"
    if not answer.citations:
        return ""
    cited = f"{_count(len(answer.citations), 'sentence')} cited"
    if answer.status == "partly":
        return f"Partly answered · {cited}"
    return f"Answered · {cited}"


def _notice(text: str) -> str:
    return f'<div class="status">{_inline(text)}</div>' if text else ""


def _sentence(passage: Passage) -> str:
    hint = ""
    if passage.speaker is not None:
        hint = f' title="{_inline(passage.speaker.name)}, {_KINDS[passage.speaker.kind]}"'
    return (
        f'<span class="sentence" data-start="{passage.start}" data-end="{passage.end}"{hint}>'
        f"{escape(passage.text)}</span>"
    )


def _who_said(check: QuoteCheck) -> str:
    claimed = f"Claimed of <b>{_inline(check.claimed_speaker or '')}</b>"
    speaker = check.place.speaker if check.place is not None else None
    if speaker is None:
        return f"{claimed}; the article does not clearly say who said it."
    if check.speaker_agrees:
        return f"{claimed}, rightly."
    if check.speaker_agrees is None:
        return f"{claimed}; the nearest real words are those of <b>{_inline(speaker.name)}</b>."
    return f"{claimed}, but it was <b>{_inline(speaker.name)}</b>."


def _quotation(check: QuotationCheck, *, alone: bool) -> str:
    parts = []
    if not alone:
        parts.append(f"<p><q>{_inline(check.words)}</q>: {_VERDICTS[check.verdict].lower()}.</p>")
    parts.extend(_real_words(place) for place in check.places[:MOST_PLACES])
    if len(check.places) > MOST_PLACES:
        parts.append(f"<p>… and in {_count(len(check.places) - MOST_PLACES, 'more place')}.</p>")
    if check.difference:
        parts.append(
            '<p class="legend">How it differs: <del>only in the article</del> '
            "<ins>only in what you pasted</ins></p>"
            f'<p class="difference">{_difference(check.difference)}</p>'
        )
    return "".join(parts)


def _real_words(place: Place) -> str:
    who = "Nobody certain"
    if place.speaker is not None:
        description = f", {place.speaker.description}" if place.speaker.description else ""
        who = place.speaker.name + description
    return (
        f'<blockquote dir="auto">{_link(place.article_id, place.start, place.end, place.words)}'
        f"<footer>{_inline(who)}</footer></blockquote>"
    )


def _difference(changes: Sequence[Change]) -> str:
    tags = {"same": "span", "missing": "del", "added": "ins"}
    return " ".join(f"<{tags[each.op]}>{_inline(each.words)}</{tags[each.op]}>" for each in changes)
