import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import page_html
from bot.answers import Answer, Check, Citation, Status
from bot.exchanges import Exchange
from bot.opening_questions import opening_questions
from bot.quote_check import check_quote
from index.articles import Article, article_from_text, read_article
from index.passages import split_passages
from index.speakers import Speaker
from tests.scripted_desk import SEED, holding, quoting, refusal

ALLOWED = set(
    "a article b blockquote del details div footer h1 h2 header ins li p q span summary ul".split()
)
ALLOWED_ATTRIBUTES = set(
    "class href title dir role aria-label data-article data-start data-end".split()
)
TEXTS = st.text(max_size=80) | st.sampled_from(
    [
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "```mermaid\ngraph TD\n```\n\n# title",
        "[a](javascript:alert(1)) **b** $$x$$ ${x} {{x}} [1] [2]",
        "\n\n\n",
    ]
)


class Parsed(HTMLParser):
    """The tags, attributes and text of a piece of HTML."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.open: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data

    def links(self, kind: str) -> list[str]:
        return [
            each["href"] or "" for tag, each in self.tags if tag == "a" and each["class"] == kind
        ]


def safe(html: str) -> Parsed:
    """The parsed HTML, which holds nothing but what the page's functions write themselves."""
    parsed = Parsed(html)
    assert not parsed.open
    for tag, attributes in parsed.tags:
        assert tag in ALLOWED
        assert set(attributes) <= ALLOWED_ATTRIBUTES
        if tag == "a":
            assert re.match(r"#(at-|article-|articles$)", attributes["href"] or "")
    return parsed


def squeezed(text: str) -> str:
    return " ".join(text.split())


def seed() -> Article:
    return read_article(SEED)


@given(text=TEXTS, typed=TEXTS, quote=TEXTS, name=TEXTS, question=TEXTS, title=TEXTS)
def test_no_text_of_an_answer_becomes_markup(
    text: str, typed: str, quote: str, name: str, question: str, title: str
) -> None:
    speaker = Speaker(name, name, 0, 0)
    citation = Citation(1, "a1", 0, 5, quote, speaker)
    for nearest in ((), (citation,)):
        status: Status = "not_in_article" if nearest else "answered"
        checks = (Check(quote, "dropped", title), Check(text, "passed"))
        answer = Answer(question, status, text, (citation,), nearest, checks=checks, note=typed)
        titles = {"a1": title, "b2": title}
        html = page_html.exchange_html(Exchange(typed, answer, notice=name), titles)
        assert "\n" not in html  # a blank line would hand the rest to the Markdown reader
        shown = safe(html).text
        assert re.sub(r"\s+", "", text) in re.sub(r"\s+", "", shown)
        assert "\n" not in page_html.question_html(typed)
        assert squeezed(safe(page_html.question_html(typed)).text) == squeezed(typed)


@given(body=st.lists(TEXTS, min_size=1, max_size=5), source=TEXTS)
def test_every_sentence_of_an_article_is_shown_at_its_offsets(body: list[str], source: str) -> None:
    article = article_from_text("A first line.\n" + "\n".join(body), source)
    passages = split_passages(article)
    parsed = safe(page_html.article_html(article, passages, among_others=True))
    spans = [
        (int(attributes["data-start"] or -1), int(attributes["data-end"] or -1))
        for tag, attributes in parsed.tags
        if tag == "span"
    ]
    assert spans == [(each.start, each.end) for each in passages]
    shown = re.sub(r"\s+", "", parsed.text)
    assert shown.endswith(re.sub(r"\s+", "", article.text))


@given(claim=TEXTS.filter(str.strip), name=TEXTS, title=TEXTS)
def test_no_text_elsewhere_becomes_markup(claim: str, name: str, title: str) -> None:
    article = article_from_text(f"{title}\nShe said so. {claim}", claim)
    speaker = Speaker(name, name, 0, 1)
    passages = [replace(each, speaker=speaker) for each in split_passages(article)]
    safe(page_html.check_html(check_quote(claim, [(article, passages)])))
    safe(page_html.speakers_html(passages))
    safe(page_html.articles_html([article]))
    safe(page_html.masthead_html(name))
    safe(page_html.notice_html(claim))


def test_each_number_of_an_answer_leads_to_its_sentence() -> None:
    article = seed()
    cited = holding(split_passages(article), "vaccine mandates, she", "Now is not the time")
    answer = quoting("What about mandates?", "Jacinda Ardern, Prime Minister:", cited)
    parsed = Parsed(page_html.answer_html(answer, "What about mandates?", {}))
    assert parsed.links("citation") == [f"#at-{article.id}-{p.start}-{p.end}" for p in cited]
    assert "2 sentences cited" in parsed.text
    assert "Understood" not in parsed.text


def test_a_number_that_the_article_itself_holds_is_no_citation() -> None:
    quote = "The panel [1] met [2] twice."
    citations = (Citation(1, "a", 0, 9, quote, None), Citation(2, "a", 9, 12, "Yes.", None))
    answer = Answer("q", "answered", f"{quote} [1]\nYes. [2] [7]", citations)
    parsed = Parsed(page_html.answer_html(answer, "q", {}))
    assert parsed.links("citation") == ["#at-a-0-9", "#at-a-9-12"]
    assert "The panel [1] met [2] twice. [1]" in parsed.text
    assert "[7]" in parsed.text


@pytest.mark.parametrize(
    ("understood", "typed", "shown"),
    [
        ("What did Seymour say?", "and Seymour?", True),
        ("What did Seymour say?", "what did seymour say", False),
        ("What did Seymour say?", "What did Seymour  say ?", False),
    ],
)
def test_the_understood_question_is_shown_where_it_differs(
    understood: str, typed: str, shown: bool
) -> None:
    html = page_html.answer_html(Answer(understood, "answered", "Yes."), typed, {})
    assert ("Understood as" in html) is shown


def test_a_refusal_shows_the_nearest_passages_as_no_answer() -> None:
    near = split_passages(seed())[:2]
    parsed = Parsed(page_html.answer_html(refusal("Why?", near), "Why?", {}))
    assert "which do not answer the question" in parsed.text
    assert parsed.links("place") == [f"#at-{p.article_id}-{p.start}-{p.end}" for p in near]
    assert "Not in the article" in parsed.text
    assert not parsed.links("citation")


def test_an_unfinished_answer_says_so_and_a_stopped_one_too() -> None:
    unfinished = Answer("q", "answered", "Half", finished=False)
    assert 'class="answer waiting' in page_html.answer_html(unfinished, "q", {})
    stopped = page_html.exchange_html(Exchange("q", unfinished, stopped=True), {})
    assert 'class="answer finished' in stopped
    assert "Stopped before the end" in stopped


def test_what_the_checks_changed_is_a_click_away_once_the_answer_is_whole() -> None:
    checks = (
        Check("It <b>rained</b>. [1]", "passed"),
        Check("It hailed. [2]", "mended", "[2] does not say so"),
        Check("It snowed.", "quoted", "it cites no passage"),
        Check("I hope so.", "dropped", "it speaks for itself"),
    )
    answer = Answer("q", "answered", "Yes.", checks=checks)
    html = page_html.answer_html(answer, "q", {})
    assert "<summary>What the checks changed</summary>" in html
    told = [line.partition("</li>")[0] for line in html.split("<li")[1:]]
    outcomes = ("Shown as written", "other citations", "the article’s own sentence", "Left out")
    for line, check, outcome in zip(told, checks, outcomes, strict=True):
        said = Parsed(f"<li{line}</li>").text
        assert outcome in said
        assert check.sentence in said
        assert check.reason in said
    assert "<details" not in page_html.answer_html(replace(answer, finished=False), "q", {})
    assert "<details" not in page_html.answer_html(replace(answer, checks=()), "q", {})


def test_the_masthead_says_what_leaves_the_machine() -> None:
    assert "Nothing leaves this machine" in page_html.masthead_html("")
    local = page_html.masthead_html("ollama:small phrases the answers: nothing leaves it.")
    assert "ollama:small phrases the answers: nothing leaves it. Every sentence is" in local


def test_sources_are_named_where_there_are_several_articles() -> None:
    answer = Answer("q", "answered", "Yes. [1]", (Citation(1, "a", 0, 4, "Yes.", None),))
    assert "From:" not in page_html.answer_html(answer, "q", {"a": "First"})
    two = Parsed(page_html.answer_html(answer, "q", {"a": "First", "b": "Second"}))
    assert "From: First" in two.text
    assert "Second" not in two.text


def test_a_headline_is_a_heading_and_a_first_paragraph_is_not() -> None:
    headline = article_from_text("Fence planned\nA fence is planned, she said.", "x.txt")
    assert "<h2" in page_html.article_html(headline, split_passages(headline))
    assert "<h2" not in page_html.article_html(seed(), split_passages(seed()))


def test_speakers_stand_with_all_their_sentences() -> None:
    article = article_from_text("A said one. A said two. B said three. Rain fell.", "x.txt")
    names = iter(["A", "A", "B"])
    passages = [
        replace(each, speaker=Speaker(name, f"the {name}", 0, 1) if name else None)
        for each in split_passages(article)
        for name in [next(names, "")]
    ]
    parsed = Parsed(page_html.speakers_html(passages[2:] + passages[:2]))
    assert parsed.text.index("A the A 2 sentences") < parsed.text.index("B the B 1 sentence")
    assert len(parsed.links("place")) == 3
    assert "Rain" not in parsed.text
    assert "Nobody" in page_html.speakers_html(passages[3:])


def test_a_verdict_shows_the_real_words_and_the_difference() -> None:
    article = seed()
    claim = "Now is the time to pull of all the armour right when the enemy has arrived"
    html = page_html.check_html(check_quote(claim, [(article, split_passages(article))]))
    assert "Altered" in html
    assert "<del>not</del>" in html
    assert f"#at-{article.id}-" in html


def test_opening_questions_name_those_who_speak_most() -> None:
    article = article_from_text("\n".join("abcdef"), "x.txt")
    names = ["Ann Lee", "Ann Lee", "Ben Ray", "Police", "one protester", "Dan Fox"]
    passages = [
        replace(each, speaker=Speaker(name, "", 0, 1))
        for each, name in zip(split_passages(article), names, strict=True)
    ]
    questions = opening_questions(passages)
    assert questions == (
        "What is this article about?",
        "What did Ann Lee say?",
        "What did Ben Ray say?",
        "What did Dan Fox say?",
        "Who is quoted?",
    )
    assert opening_questions(split_passages(article)) == ("What is this article about?",)


def colours(light: str) -> dict[str, str]:
    css = (Path(page_html.__file__).parent / "page.css").read_text(encoding="utf-8")
    rules = re.search(rf"^{re.escape(light)} \{{(.*?)\}}", css, re.DOTALL | re.MULTILINE)
    assert rules is not None
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", rules[1]))


def luminance(colour: str) -> float:
    """Relative luminance as in WCAG 2.2."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("light", [":root", ".dark"])
def test_all_text_has_the_contrast_that_wcag_asks(light: str) -> None:
    palette = colours(light)
    pairs = [
        (text, paper)
        for text in ("ink", "faint", "accent", "good", "bad")
        for paper in ("paper", "sheet")
    ]
    pairs += [("ink", "cited"), ("ink", "followed"), ("accent", "cited"), ("on-accent", "accent")]
    for text, ground in pairs:
        bright, dim = sorted((luminance(palette[text]), luminance(palette[ground])), reverse=True)
        assert (bright + 0.05) / (dim + 0.05) >= 4.5, (text, ground)
