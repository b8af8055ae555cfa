"""The page in a real Chromium, over scripted answers on the real article."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest

from bot.answers import Answer, Check
from bot.turns import Turn
from index.articles import Article, article_from_text, read_article
from tests.scripted_desk import SEED, ScriptedDesk, holding, quoting
from tests.served_page import FOREIGN, PAYLOADS, Site, ask, serving, until

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

pytestmark = pytest.mark.browser

HEADING = "Jacinda Ardern, Prime Minister:"
MANDATES = ("vaccine mandates, she", "current measures", "Now is not the time")


@dataclass
class ScriptedSite(Site):
    """The page over a scripted desk, with the article that it shows first."""

    desk: ScriptedDesk
    article: Article


def ardern(desk: ScriptedDesk, article: Article) -> Callable[..., Iterator[Answer]]:
    def script(question: str, _turns: Sequence[Turn]) -> Iterator[Answer]:
        yield quoting(question, HEADING, holding(desk.passages(article.id), *MANDATES))

    return script


def halting(desk: ScriptedDesk, article: Article) -> Callable[..., Iterator[Answer]]:
    """Half an answer, then nothing until `go_on` is set, then the whole."""

    def script(question: str, _turns: Sequence[Turn]) -> Iterator[Answer]:
        whole = quoting(question, HEADING, holding(desk.passages(article.id), *MANDATES))
        half = "\n".join(whole.text.split("\n")[:2])
        yield replace(whole, text=half, citations=whole.citations[:1], finished=False)
        while not desk.go_on.wait(0.05):
            yield replace(whole, text=half, citations=whole.citations[:1], finished=False)
        yield whole

    return script


def follow_up(desk: ScriptedDesk, article: Article) -> Callable[..., Iterator[Answer]]:
    def script(_question: str, turns: Sequence[Turn]) -> Iterator[Answer]:
        said = holding(desk.passages(article.id), "Based on new evidence")
        understood = f"What did Seymour say about mandates? ({len(turns)} before)"
        yield quoting(understood, "David Seymour, Act leader:", said)

    return script


def loading(desk: ScriptedDesk) -> Callable[..., Iterator[Answer]]:
    def script(question: str, _turns: Sequence[Turn]) -> Iterator[Answer]:
        assert desk.go_on.wait(30)
        yield Answer(question, "answered", "It is ready.")

    return script


def failing(_question: str, _turns: Sequence[Turn]) -> Iterator[Answer]:
    yield Answer("q", "answered", "Half an answer", finished=False)
    raise ZeroDivisionError


@pytest.fixture(scope="module")
def site(context: "BrowserContext") -> Iterator[ScriptedSite]:
    """The page over the seed article alone."""
    article = read_article(SEED)
    desk = ScriptedDesk(article)
    desk.on("Ardern", ardern(desk, article))
    desk.on("slowly", halting(desk, article))
    desk.on("Seymour", follow_up(desk, article))
    desk.on("break", failing)
    desk.on("loading", loading(desk))
    desk.attribute(article, "Based on new evidence", "David Seymour", "Act leader")
    with serving(desk) as address:
        yield ScriptedSite(address, context, desk, article)


@pytest.fixture(scope="module")
def library(context: "BrowserContext") -> Iterator[ScriptedSite]:
    """The page over two articles, the second as hostile as articles get."""
    seed = read_article(SEED)
    hostile = article_from_text("\n".join(PAYLOADS), source=f"/x/{PAYLOADS[1]}.txt")
    desk = ScriptedDesk(seed, hostile, model_notice=PAYLOADS[1])
    passages = desk.passages(hostile.id)
    for payload in PAYLOADS[:8]:
        desk.attribute(hostile, payload[:20], payload, payload)
    desk.on("Ardern", ardern(desk, seed))
    quoted = quoting(PAYLOADS[0], f"{PAYLOADS[2]}:", passages)
    checks = tuple(Check(payload, "dropped", payload) for payload in PAYLOADS)
    desk.on("hostile", lambda _q, _t: iter([replace(quoted, checks=checks)]))
    with serving(desk) as address:
        yield ScriptedSite(address, context, desk, hostile)


def followed(tab: "Page") -> str:
    tab.locator("#article-panel .followed").first.wait_for()
    return " ".join(tab.locator("#article-panel .followed").all_inner_texts())


def cited(tab: "Page") -> dict[str, str]:
    """The sentences that bear a number, by number."""
    marked = tab.locator("#article-panel [data-cited]").all()
    return {each.get_attribute("data-cited") or "": each.inner_text() for each in marked}


def test_an_answer_streams_in_and_its_sentences_are_numbered_in_the_article(
    site: ScriptedSite,
) -> None:
    site.desk.go_on.clear()
    with site.visit() as tab:
        tab.fill("#question textarea", "slowly please")
        tab.click("#ask")
        waiting = tab.locator(".answer.waiting", has_text="vaccine mandates")
        waiting.wait_for()
        assert "Reading" in waiting.inner_text()
        assert "armour" not in waiting.inner_text()
        assert tab.get_attribute("#conversation [role=log]", "aria-busy") == "true"
        site.desk.go_on.set()
        answer = tab.locator(".answer.finished")
        answer.wait_for()
        assert "armour" in answer.inner_text()
        assert HEADING in answer.inner_text()
        assert "3 sentences cited" in answer.inner_text()
        tab.wait_for_selector("[data-cited='3']")
        marked = cited(tab)
        assert sorted(marked) == ["1", "2", "3"]
        assert "were not forever" in marked["1"]
        assert tab.get_attribute("#conversation [role=log]", "aria-busy") == "false"
        assert tab.input_value("#question textarea") == ""


def test_a_citation_leads_to_its_sentence_by_mouse_and_by_keyboard(site: ScriptedSite) -> None:
    with site.visit() as tab:
        answer = ask(tab, "What did Ardern say about mandates?")
        links = answer.locator("a.citation")
        assert links.all_inner_texts() == ["[1]", "[2]", "[3]"]
        links.nth(2).click()
        assert "armour" in followed(tab)
        tab.wait_for_function(
            """() => {
                const place = document.querySelector(".followed").getBoundingClientRect();
                return place.top > 0 && place.bottom < innerHeight;
            }"""
        )
        assert tab.evaluate("document.activeElement.className") == "sentence followed"
        tab.keyboard.press("Escape")
        assert tab.evaluate("document.activeElement.textContent") == "[3]"
        links.nth(0).focus()
        tab.keyboard.press("Enter")
        assert "were not forever" in followed(tab)
        assert tab.locator(".followed").count() == 1


def test_an_older_answers_citations_still_lead_to_their_sentences(site: ScriptedSite) -> None:
    with site.visit() as tab:
        first = ask(tab, "What did Ardern say about mandates?")
        second = ask(tab, "and Seymour?", number=2)
        assert "What did Seymour say about mandates? (1 before)" in second.inner_text()
        tab.wait_for_function("document.querySelectorAll('[data-cited]').length === 1")
        assert "Based on new evidence" in cited(tab)["1"]
        first.locator("a.citation").nth(1).click()
        assert "current measures" in followed(tab)
        assert len(cited(tab)) == 3


def test_stop_ends_an_answer_and_the_page_goes_on(site: ScriptedSite) -> None:
    site.desk.go_on.clear()
    with site.visit() as tab:
        tab.fill("#question textarea", "slowly please")
        tab.keyboard.press("Enter")
        tab.locator(".answer.waiting", has_text="vaccine mandates").wait_for()
        tab.click("#stop")
        answer = tab.locator(".answer.finished")
        answer.wait_for()
        assert "Stopped before the end" in answer.inner_text()
        assert "were not forever" in answer.inner_text()
        assert "armour" in ask(tab, "What did Ardern say?", number=2).inner_text()


def test_ask_again_replaces_the_answer_and_clear_empties_the_conversation(
    site: ScriptedSite,
) -> None:
    with site.visit() as tab:
        ask(tab, "What did Ardern say?")
        before = len(site.desk.asked)
        tab.click("#again")
        until(tab, lambda: len(site.desk.asked) > before)
        tab.locator(".answer.finished").wait_for()
        tab.locator("#ask").wait_for()
        assert site.desk.asked[before:] == [("What did Ardern say?", (), site.article.id)]
        assert tab.locator(".asked").count() == 1
        tab.click("#clear")
        tab.wait_for_selector("#conversation .example")
        assert tab.locator(".answer").count() == 0
        assert cited(tab) == {}
        ask(tab, "and Seymour?")
        assert site.desk.asked[-1][:2] == ("and Seymour?", ())


def test_an_opening_question_is_asked_by_a_click(site: ScriptedSite) -> None:
    with site.visit() as tab:
        tab.get_by_text("What is this article about?").click()
        tab.locator(".answer.finished").wait_for()
        assert site.desk.asked[-1][0] == "What is this article about?"
        assert "What is this article about?" in tab.locator(".asked").inner_text()


def test_a_refusal_shows_the_nearest_passages_a_click_away(site: ScriptedSite) -> None:
    with site.visit() as tab:
        answer = ask(tab, "Who won the cup?")
        assert "The article does not say." in answer.inner_text()
        assert "which do not answer the question" in answer.inner_text()
        assert cited(tab) == {}
        answer.locator(".nearest a").nth(1).click()
        assert "Central Wellington streets" in followed(tab)


def test_what_the_checks_changed_opens_below_the_answer(library: ScriptedSite) -> None:
    with library.visit() as tab:
        dropped = ask(tab, "hostile").locator(".checks li")
        assert dropped.count() == len(PAYLOADS)
        assert not dropped.first.is_visible()
        tab.get_by_text("What the checks changed").click()
        assert dropped.first.inner_text().startswith(f"Left out: {PAYLOADS[0]} (")


def test_a_fault_is_one_sentence_and_the_page_goes_on(site: ScriptedSite) -> None:
    with site.visit() as tab:
        answer = ask(tab, "an endless question")
        assert answer.inner_text() == "The question is endless: ask in fewer words."
        broken = ask(tab, "break, please", number=2)
        assert "Something went wrong" in broken.inner_text()
        assert "Half an answer" in broken.inner_text()
        assert "armour" in ask(tab, "What did Ardern say?", number=3).inner_text()


def test_nothing_typed_is_nothing_asked(site: ScriptedSite) -> None:
    before = len(site.desk.asked)
    with site.visit() as tab:
        tab.fill("#question textarea", "   ")
        tab.click("#ask")
        tab.wait_for_timeout(300)
        assert tab.locator(".answer").count() == 0
    assert len(site.desk.asked) == before


def test_the_first_question_says_that_the_model_is_still_loading(site: ScriptedSite) -> None:
    site.desk.is_ready = False
    site.desk.go_on.clear()
    with site.visit() as tab:
        tab.fill("#question textarea", "loading, then what?")
        tab.keyboard.press("Enter")
        tab.get_by_text("Getting ready").wait_for()
        site.desk.go_on.set()
        tab.get_by_text("It is ready.").wait_for()
    site.desk.is_ready = True


def test_two_tabs_hold_two_conversations(site: ScriptedSite) -> None:
    with site.visit() as one, site.visit() as other:
        ask(one, "What did Ardern say?")
        ask(other, "and Seymour?")
        assert "(0 before)" in other.locator(".answer").inner_text()
        assert one.locator(".answer").count() == other.locator(".answer").count() == 1
        assert "armour" in one.locator(".answer").inner_text()
        assert "(1 before)" in ask(one, "and Seymour?", number=2).inner_text()


def test_who_said_what_leads_to_the_article(site: ScriptedSite) -> None:
    with site.visit() as tab:
        tab.get_by_role("tab", name="Who said what").click()
        speaker = tab.locator(".speaker", has_text="David Seymour").first
        speaker.locator("summary").click()
        assert "Act leader" in speaker.locator("summary").inner_text()
        speaker.get_by_text("Based on new evidence").click()
        assert "Based on new evidence" in followed(tab)
        assert tab.locator("#article-panel").is_visible()


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        ("The current measures right now had the broad support of most New Zealanders", "exact"),
        ("Now is the time to pull of all the armour right when the enemy has arrived", "altered"),
        ("The moon is made of cheese and cows", "absent"),
    ],
)
def test_a_quotation_is_checked(site: ScriptedSite, claim: str, verdict: str) -> None:
    with site.visit() as tab:
        tab.get_by_role("tab", name="Check a quote").click()
        tab.fill("#claim textarea", claim)
        tab.click("#check")
        tab.locator(f".check.{verdict}").wait_for()
        if verdict == "altered":
            assert tab.locator(".check .difference del").inner_text() == "not"
        if verdict != "absent":
            tab.locator(".check blockquote a").first.click()
            assert claim[-12:] in followed(tab)


def test_an_article_of_another_is_opened_by_its_citation(library: ScriptedSite) -> None:
    with library.visit() as tab:
        assert tab.locator("#article-panel .library li").count() == 2
        answer = ask(tab, "What did Ardern say about mandates?")
        tab.wait_for_selector("[data-cited='3']")  # the cited article has come into view
        assert "From: Protesters have allegedly" in answer.inner_text()
        tab.locator(".way-back").click()
        tab.locator(".library").wait_for()
        tab.locator(".library a").nth(1).click()
        tab.locator(f"[data-article='{library.article.id}']").wait_for()
        answer.locator("a.citation").nth(1).click()
        assert "current measures" in followed(tab)


def test_a_chosen_article_is_asked_alone(library: ScriptedSite) -> None:
    with library.visit() as tab:
        tab.click("#chooser input")
        tab.get_by_role("option").filter(has_text="Protesters").click()
        tab.wait_for_selector(".sentence")
        ask(tab, "What did Ardern say?")
        assert library.desk.asked[-1][2] == library.desk.articles()[0].id


def test_an_article_is_added_by_paste_and_by_upload(site: ScriptedSite, tmp_path: Path) -> None:
    desk = ScriptedDesk(site.article)
    with serving(desk) as address, replace(site, desk=desk, address=address).visit() as tab:
        tab.get_by_role("tab", name="Add an article").click()
        tab.fill("#pasted textarea", "Fence planned\nA fence is planned, the mayor said.")
        tab.click("#add")
        tab.get_by_text("“Fence planned” is added.").wait_for()
        good, bad = tmp_path / "dam.txt", tmp_path / "picture.txt"
        good.write_text("Dam opened\nThe dam was opened on Monday.", encoding="utf-8")
        bad.write_bytes(b"\x89PNG\x00\x01")
        tab.set_input_files("#add-tab input[type=file]", bad)
        tab.get_by_text("picture.txt is not a text file").wait_for()
        tab.set_input_files("#add-tab input[type=file]", good)
        tab.get_by_text("“Dam opened” is added.").wait_for()
        tab.get_by_role("tab", name="Article", exact=True).click()
        assert "The dam was opened on Monday." in tab.inner_text("#article-panel")
        assert tab.locator("#chooser").is_visible()
    assert [article.title for article in desk.articles()][1:] == ["Fence planned", "Dam opened"]


def test_hostile_text_is_shown_as_text(library: ScriptedSite) -> None:
    with library.visit() as tab:
        answer = ask(tab, "hostile")
        tab.wait_for_selector("[data-cited]")
        for number, payload in enumerate(PAYLOADS[:6], 2):
            ask(tab, payload, number=number)
            assert payload in tab.locator(".asked").nth(number - 1).inner_text()
        conversation = answer.inner_text() + tab.inner_text("#article-panel")
        for payload in PAYLOADS:
            if "\n" not in payload and "\x1b" not in payload:
                assert conversation.count(" ".join(payload.split())) >= 2, payload
        tab.get_by_role("tab", name="Who said what").click()
        for summary in tab.locator(".speaker summary").all():
            summary.click()
        tab.get_by_role("tab", name="Check a quote").click()
        for payload in PAYLOADS[:6]:
            tab.fill("#claim textarea", payload)
            tab.click("#check")
            tab.locator(".check").wait_for()
        for part in (".message-content", "#article-panel", "#speakers-panel", "#verdict-panel"):
            assert tab.locator(part).locator(FOREIGN).count() == 0, part


def test_a_narrow_screen_holds_everything_and_leads_back_to_the_answer(site: ScriptedSite) -> None:
    with site.visit(width=390, height=844) as tab:
        answer = ask(tab, "What did Ardern say about mandates?")
        answer.locator("a.citation").first.click()
        assert "were not forever" in followed(tab)
        tab.click("#back")
        tab.wait_for_function(
            "document.querySelector('.answer').getBoundingClientRect().bottom < innerHeight"
        )
        assert tab.evaluate("document.activeElement.textContent") == "[1]"
        assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert not tab.locator("#back").is_visible()


def test_the_parts_have_names_for_those_who_cannot_see_them(site: ScriptedSite) -> None:
    with site.visit() as tab:
        assert tab.get_by_role("heading", name="On the Record").count() == 1
        assert tab.get_by_role("textbox", name="Your question").count() == 1
        assert tab.get_by_role("log").get_attribute("aria-live") == "polite"
        assert tab.get_by_role("article").get_attribute("aria-label")
        assert tab.get_by_role("tab").count() >= 4
        assert tab.locator("footer").count() == 0
        assert tab.title() == "On the Record"


def test_a_program_asks_by_http(site: ScriptedSite) -> None:
    call = f"{site.address}gradio_api/call/ask"
    event = httpx.post(call, json={"data": ["What did Ardern say?", ""]}).json()["event_id"]
    lines = httpx.get(f"{call}/{event}", timeout=20).text.splitlines()
    assert lines[0] == "event: complete"
    [answer] = json.loads(lines[1].removeprefix("data: "))
    assert answer["status"] == "answered"
    cited = answer["citations"][0]
    assert site.article.text[cited["start"] : cited["end"]] == cited["quote"]


def test_a_long_answer_is_read_from_its_beginning(site: ScriptedSite) -> None:
    with site.visit(height=420) as tab:
        for number in (1, 2, 3):
            ask(tab, "What did Ardern say?", number=number)
        tab.wait_for_function(
            """() => {
                const [, , last] = document.querySelectorAll(".asked");
                const log = document.querySelector("#conversation [role=log]");
                const gap = last.getBoundingClientRect().top - log.getBoundingClientRect().top;
                return gap >= 0 && gap < 40;
            }"""
        )
