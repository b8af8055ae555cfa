"""The page being served, and what a reader does with it in a real Chromium."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import uvicorn

from bot.page_desk import PageDesk
from bot.page_server import open_port
from tests.scripted_desk import page_over

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Locator, Page

FOREIGN = "img, iframe, script, style, form, input, video, math, meta, link, base, object"
ATTACK = "window.attacked=1"
PAYLOADS = [
    f"<script>{ATTACK}</script>",
    f"<img src=x onerror={ATTACK}>",
    f'"><img src=x onerror="{ATTACK}">',
    f"'><svg/onload={ATTACK}>",
    f"<svg><script>{ATTACK}</script></svg>",
    f'<a href="javascript:{ATTACK}">press</a>',
    f"[press](javascript:{ATTACK})",
    "![seen](http://attacker.example/seen.png)",
    '<img src="http://attacker.example/seen.png">',
    '<link rel="stylesheet" href="http://attacker.example/x.css">',
    "<style>body{background:url(http://attacker.example/x.png)}</style>",
    '<iframe src="http://attacker.example/"></iframe>',
    f'<iframe srcdoc="<script>parent.{ATTACK}</script>"></iframe>',
    '<form action="http://attacker.example/"><button>Send</button></form>',
    '<meta http-equiv="refresh" content="0;url=http://attacker.example/">',
    '<base href="http://attacker.example/">',
    f"<details open ontoggle={ATTACK}><summary>x</summary></details>",
    f"<input autofocus onfocus={ATTACK}>",
    f"<body onload={ATTACK}>",
    f"<video><source onerror={ATTACK}></video>",
    f"<math><mtext></form><form><mglyph><style></math><img src onerror={ATTACK}>",
    f"<noscript><p title='</noscript><img src=x onerror={ATTACK}>'></noscript>",
    f"</textarea><script>{ATTACK}</script>",
    f"</title><script>{ATTACK}</script>",
    f"<!--><img src=x onerror={ATTACK}>-->",
    f"&lt;img src=x onerror={ATTACK}&gt;",
    f"```mermaid\ngraph TD; A[<img src=x onerror={ATTACK}>]\n```",
    "$$\\href{http://attacker.example/}{x}$$ \\(\\includegraphics{http://attacker.example/x}\\)",
    f"${{{ATTACK}}} {{{{{ATTACK}}}}} {{%{ATTACK}%}} #{{{ATTACK}}}",
    f"`${{{ATTACK}}}`",
    f"\\`+({ATTACK})+\\`",
    "# Heading\n\n* item\n\n> quote\n\n    code\n\n| a | b |\n|---|---|",
    "http://attacker.example/auto www.attacker.example",
    "<custom-element data-x='1'>x</custom-element>",
    "\x1b[31mred\x1b[0m %s {0.__class__} {x!r}",
]


@dataclass
class Site:
    """A page that is being served, and a way to open it in new tabs."""

    address: str
    context: "BrowserContext"

    @contextmanager
    def visit(self, width: int = 1280, height: int = 800) -> Iterator["Page"]:
        """A tab of its own; at the end nothing may have gone wrong or been fetched elsewhere."""
        tab = self.context.new_page()
        tab.set_viewport_size({"width": width, "height": height})
        tab.set_default_timeout(10_000)
        wrong: list[str] = []
        tab.on("pageerror", lambda error: wrong.append(str(error)))
        tab.on("dialog", lambda dialog: wrong.append(dialog.message))
        tab.on("console", lambda m: wrong.append(m.text) if m.type == "error" else None)
        own = (self.address, "data:", "blob:")
        tab.on("request", lambda r: None if r.url.startswith(own) else wrong.append(r.url))
        try:
            tab.goto(self.address)
            tab.wait_for_selector("#article-panel [data-article]")
            tab.wait_for_selector("#conversation .example")
            yield tab
            assert tab.evaluate("window.attacked") is None
            assert wrong == []
        finally:
            tab.close()


@contextmanager
def serving(desk: PageDesk) -> Iterator[str]:
    """The page over a desk, served on a free port; gives its address."""
    listening = open_port("127.0.0.1", 21_000)
    server = uvicorn.Server(uvicorn.Config(page_over(desk), log_level="critical"))
    thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/"
    finally:
        server.should_exit = server.force_exit = True
        thread.join(10)
        listening.close()


def ask(tab: "Page", question: str, *, number: int = 1) -> "Locator":
    """Ask, and wait for the page's answer of that number to be finished."""
    tab.fill("#question textarea", question)
    tab.keyboard.press("Enter")
    answer = tab.locator("#conversation .answer").nth(number - 1)
    tab.locator("#conversation .answer:not(.waiting)").nth(number - 1).wait_for()
    tab.locator("#ask").wait_for()
    return answer


def until(tab: "Page", condition: Callable[[], bool]) -> None:
    """Wait for something that the page cannot show; the test's time limit ends it."""
    while not condition():
        tab.wait_for_timeout(20)
