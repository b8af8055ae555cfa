"""The page: Gradio's parts put together, and what happens when they are used.

The only module that imports Gradio. What is shown is made in `page_html.py`; following a citation
to its sentence is `page.js`; how the page is served is `page_server.py`.
"""

import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import fastapi
import gradio as gr

from bot import page_html
from bot.errors import BotFault
from bot.exchanges import Exchange, ask
from bot.opening_questions import opening_questions
from bot.page_desk import PageDesk
from bot.page_server import PageGuard, guard, open_port, run
from bot.printing import answer_as_json
from index.errors import IndexFault

ASKED_AT_ONCE = 4  # questions answered side by side; further ones wait in line
LONGEST_LINE = 50  # questions; who comes after that is told to try again
EVERYTHING = ""  # the chooser's value for all articles at once

_HERE = Path(__file__).parent
_ICON = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">'
    '<rect width="32" height="32" rx="4" fill="#7a1f2b"/>'
    '<text x="16" y="39" font-family="Georgia,serif" font-size="46" fill="#fff" '
    'text-anchor="middle">”</text></svg>'
)
# Some browsers send what is typed to a spelling service.
_UNSENT = gr.InputHTMLAttributes(autocorrect="off", spellcheck=False, autocomplete="off")
_GREETING = (
    '<div class="greeting">Ask the article. A number such as [1] in an answer leads to the '
    "sentence that it stands on.</div>"
)
# Gradio's event that a citation in an article which is not on show sends; see page.js.
_ON_LOAD = "document.addEventListener('open-article', (e) => trigger('open', e.detail));"

Exchanges = tuple[Exchange, ...]
Messages = list[dict[str, str]]
Parts = dict[Any, Any]
"""New values for some of the page's parts, as Gradio takes them."""


def build_page(desk: PageDesk) -> gr.Blocks:
    """The page over `desk`, ready to be mounted; building it loads no model."""
    page: gr.Blocks
    with gr.Blocks(
        title="On the Record", analytics_enabled=False, fill_width=True, delete_cache=(600, 600)
    ) as page:
        _Page(page, desk)
    page.queue(max_size=LONGEST_LINE, default_concurrency_limit=ASKED_AT_ONCE)
    # Gradio would keep figures of every event and sum them all up, by pandas, after each; only a
    # monitoring page that is closed here would show them. There is no public switch.
    queue = page._queue  # noqa: SLF001
    queue.ANALYTICS_MAX_EVENTS, queue.ANAYLTICS_CACHE_FREQUENCY = 1, sys.maxsize
    return page


def page_app(desk: PageDesk, host: str) -> PageGuard:
    """The page as an ASGI application behind its guard.

    Every switch that an environment variable could set otherwise is given here.
    """
    app = gr.mount_gradio_app(
        fastapi.FastAPI(openapi_url=None),
        build_page(desk),
        path="/",
        server_name=host,
        app_kwargs={"openapi_url": None, "docs_url": None, "redoc_url": None},
        root_path="",
        allowed_paths=[],
        blocked_paths=["/"],
        max_file_size="8mb",
        show_error=False,
        footer_links=[],
        run_history=False,
        enable_monitoring=False,
        mcp_server=False,
        ssr_mode=False,
        pwa=False,
        theme=gr.themes.Base(font=["system-ui", "sans-serif"], font_mono=["monospace"]),
        css_paths=[_HERE / "page.css"],
        head=f'<link rel="icon" href="data:image/svg+xml,{quote(_ICON)}">',
        js=(_HERE / "page.js").read_text(encoding="utf-8"),
    )
    return guard(app, host)


def serve(desk: PageDesk, host: str, port: int, *, open_browser: bool = False) -> None:
    """Serve the page on `port`, or the next free one, until interrupted; prints the address.

    Raises:
        BadSetting: `host` is no address of this machine.
        PortInUse: no port is free.
    """
    app = page_app(desk, host)
    listening = open_port(host, port)
    # Not earlier: two big libraries that load side by side would both be late, and the page is
    # what is waited for first.
    desk.warm_up()
    run(app, host, listening, open_browser=open_browser)


@dataclass(frozen=True)
class _Controls:
    """The buttons below the question, and what they look like while an answer is made."""

    ask: gr.Button
    stop: gr.Button
    again: gr.Button
    clear: gr.Button

    def busy(self) -> Parts:
        return {
            self.ask: gr.Button(visible=False),
            self.stop: gr.Button(visible=True),
            self.again: gr.Button(interactive=False),
            self.clear: gr.Button(interactive=False),
        }

    def idle(self, *, asked: bool) -> Parts:
        return {
            self.ask: gr.Button(visible=True),
            self.stop: gr.Button(visible=False),
            self.again: gr.Button(interactive=asked),
            self.clear: gr.Button(interactive=asked),
        }

    def all(self) -> list[gr.Button]:
        return [self.ask, self.stop, self.again, self.clear]


class _Page:
    """Lays the parts out, then says what each does; each browser tab has its own exchanges."""

    def __init__(self, page: Any, desk: PageDesk) -> None:
        self._desk = desk
        self._stops: dict[str, threading.Event] = {}
        """By tab: what ends the answer that is under way there."""
        self._exchanges = gr.State(())
        gr.HTML(page_html.masthead_html(desk.model_notice), elem_id="masthead")
        with gr.Row(elem_id="desk"):
            with gr.Column(elem_id="asking", min_width=0):
                self._lay_out_conversation()
            with gr.Column(elem_id="reading", min_width=0):
                self._lay_out_article()
        self._connect_questions()
        self._connect_reading()
        self._connect_page(page)

    # What is where

    def _lay_out_conversation(self) -> None:
        self._conversation = gr.Chatbot(
            elem_id="conversation",
            label="Conversation",
            show_label=False,
            container=False,
            height=None,
            layout="panel",
            placeholder=_GREETING,
            buttons=[],
            autoscroll=False,
            latex_delimiters=[],
            sanitize_html=True,
            allow_tags=False,
            allow_file_downloads=False,
            feedback_options=None,
            group_consecutive_messages=False,
        )
        with gr.Row(elem_id="question-row"):
            self._question = gr.Textbox(
                elem_id="question",
                label="Your question",
                show_label=False,
                container=False,
                placeholder="Ask about the article",
                lines=1,
                max_lines=5,
                scale=5,
                autofocus=True,
                html_attributes=_UNSENT,
            )
            ask = gr.Button("Ask", variant="primary", elem_id="ask", min_width=70, scale=0)
            stop = gr.Button("Stop", elem_id="stop", min_width=70, scale=0, visible=False)
        with gr.Row(elem_id="conversation-row"):
            again = gr.Button("Ask again", elem_id="again", size="sm", interactive=False)
            clear = gr.Button("Clear", elem_id="clear", size="sm", interactive=False)
        self._controls = _Controls(ask, stop, again, clear)

    def _lay_out_article(self) -> None:
        self._chooser = gr.Dropdown(
            elem_id="chooser", label="Ask", choices=[], container=True, visible=False
        )
        with gr.Tabs(elem_id="tabs"):
            with gr.Tab("Article", elem_id="article-tab"):
                self._article = gr.HTML(
                    elem_id="article-panel", js_on_load=_ON_LOAD, apply_default_css=False
                )
            with gr.Tab("Who said what", elem_id="speakers-tab"):
                self._speakers = gr.HTML(elem_id="speakers-panel", apply_default_css=False)
            with gr.Tab("Check a quote", elem_id="check-tab"):
                self._claim = gr.Textbox(
                    elem_id="claim",
                    label="A quotation, or a sentence that quotes somebody",
                    placeholder='Seymour said: "It is time to move on."',
                    lines=3,
                    max_lines=8,
                    html_attributes=_UNSENT,
                )
                self._check = gr.Button("Check", variant="primary", elem_id="check")
                self._verdict = gr.HTML(elem_id="verdict-panel", apply_default_css=False)
            with gr.Tab("Add an article", elem_id="add-tab"):
                self._upload = gr.UploadButton(
                    "Choose a text file", file_types=[".txt"], elem_id="upload"
                )
                self._pasted = gr.Textbox(
                    elem_id="pasted",
                    label="Or paste the article’s text",
                    lines=8,
                    max_lines=14,
                    html_attributes=_UNSENT,
                )
                self._add = gr.Button("Add", variant="primary", elem_id="add")
                self._added = gr.HTML(elem_id="added-panel", apply_default_css=False)

    # What happens

    def _connect_questions(self) -> None:
        inputs = [self._question, self._exchanges, self._chooser]
        outputs = [
            self._conversation,
            self._exchanges,
            self._question,
            *self._controls.all(),
        ]
        shared: dict[str, Any] = {
            "outputs": outputs,
            "show_progress": "hidden",
            "api_visibility": "private",
            "concurrency_id": "questions",
            "concurrency_limit": ASKED_AT_ONCE,
        }
        controls = self._controls
        gr.on([self._question.submit, controls.ask.click], self._ask, inputs, **shared)
        self._conversation.example_select(self._ask_example, inputs[1:], **shared)
        controls.again.click(self._ask_again, inputs[1:], **shared)
        at_once: dict[str, Any] = {
            "show_progress": "hidden",
            "api_visibility": "private",
            "queue": False,
        }
        controls.stop.click(self._stop, None, None, **at_once)
        controls.clear.click(self._clear, None, outputs, **at_once)

    def _connect_reading(self) -> None:
        quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
        panels = [self._article, self._speakers, self._conversation]
        self._chooser.input(self._choose, self._chooser, panels, **quiet)
        self._article.open(self._open, None, panels[:2], **quiet)
        gr.on(
            [self._check.click, self._claim.submit],
            self._check_quote,
            [self._claim, self._chooser],
            self._verdict,
            **quiet,
        )
        added = [self._added, self._pasted, self._chooser, *panels]
        self._upload.upload(self._add_file, self._upload, added, **quiet)
        self._add.click(self._add_text, self._pasted, added, **quiet)

    def _connect_page(self, page: Any) -> None:
        page.load(
            self._begin,
            None,
            [self._chooser, self._article, self._speakers, self._conversation],
            show_progress="hidden",
            api_visibility="private",
        )
        gr.events.api(self._answer_once, api_name="ask", concurrency_id="questions")

    # Questions

    def _ask(
        self, question: str, exchanges: Exchanges, scope: str, request: gr.Request
    ) -> Iterator[Parts]:
        """Answer a question, showing each snapshot; what cannot be asked is told why.

        A tab has one answer under way at most; what is asked meanwhile is left in the box.
        """
        tab = str(request.session_hash)
        if not question.strip() or tab in self._stops:
            return
        stop = self._stops[tab] = threading.Event()
        try:
            titles = self._desk.titles()
            for exchange in ask(self._desk, question, exchanges, scope or None, stop):
                parts = self._shown((*exchanges, exchange), titles)
                if exchange.answer is None and not exchange.at_rest:
                    parts |= {**self._controls.busy(), self._question: ""}
                if exchange.at_rest:
                    parts |= self._controls.idle(asked=True)
                yield parts
        finally:
            del self._stops[tab]

    def _ask_example(
        self, exchanges: Exchanges, scope: str, event: gr.SelectData, request: gr.Request
    ) -> Iterator[Parts]:
        yield from self._ask(event.value["text"], exchanges, scope, request)

    def _ask_again(self, exchanges: Exchanges, scope: str, request: gr.Request) -> Iterator[Parts]:
        """Ask the last question anew, in place of its answer."""
        if exchanges:
            yield from self._ask(exchanges[-1].typed, exchanges[:-1], scope, request)

    def _stop(self, request: gr.Request) -> None:
        """End this tab's answer where it is; what asked for it then shows that."""
        stop = self._stops.get(str(request.session_hash))
        if stop is not None:
            stop.set()

    def _clear(self) -> Parts:
        return {**self._shown((), {}), **self._controls.idle(asked=False)}

    def _shown(self, exchanges: Exchanges, titles: Mapping[str, str]) -> Parts:
        messages: Messages = []
        for each in exchanges:
            messages.append({"role": "user", "content": page_html.question_html(each.typed)})
            shown = page_html.exchange_html(each, titles)
            messages.append({"role": "assistant", "content": shown})
        return {self._conversation: messages, self._exchanges: exchanges}

    def _answer_once(self, question: str, article: str = "") -> dict[str, Any]:
        """Answer one question; `article` is an article's id, or empty for all articles."""
        try:
            *_, answer = self._desk.stream(question, (), article or None)
        except (IndexFault, BotFault) as fault:
            raise gr.Error(str(fault)) from fault
        return answer_as_json(answer)

    # Reading

    def _begin(self) -> Parts:
        """What a newly opened page shows: the only article, or the list of them."""
        titles = self._desk.titles()
        chosen = next(iter(titles)) if len(titles) == 1 else EVERYTHING
        return {
            self._chooser: self._choices(chosen),
            **self._reading(chosen),
            **self._opening(chosen),
        }

    def _choices(self, chosen: str) -> gr.Dropdown:
        titles = self._desk.titles()
        choices = [(title, article_id) for article_id, title in titles.items()]
        if len(titles) != 1:
            choices.insert(0, (f"All {len(titles)} articles", EVERYTHING))
        return gr.Dropdown(choices=choices, value=chosen, visible=len(titles) > 1)

    def _choose(self, scope: str | None) -> Parts:
        chosen = scope or EVERYTHING
        return {**self._reading(chosen), **self._opening(chosen)}

    def _open(self, event: gr.EventData) -> Parts:
        """Show the article of a citation that was clicked; what is asked stays as chosen."""
        return self._reading(str(event.article))

    def _reading(self, shown: str) -> Parts:
        """The article and its speakers; the list of articles where none (or no such) is shown."""
        articles = self._desk.articles()
        article = next((each for each in articles if each.id == shown), None)
        if article is None:
            return {
                self._article: page_html.articles_html(articles),
                self._speakers: page_html.speakers_html(()),
            }
        passages = self._desk.passages(article.id)
        among_others = len(articles) > 1
        return {
            self._article: page_html.article_html(article, passages, among_others=among_others),
            self._speakers: page_html.speakers_html(passages),
        }

    def _opening(self, scope: str) -> Parts:
        """Questions to start with: of the chosen article, else of the first."""
        first = scope or next(iter(self._desk.titles()), "")
        questions = opening_questions(self._desk.passages(first)) if first else ()
        return {self._conversation: gr.Chatbot(examples=[{"text": each} for each in questions])}

    # Checking and adding

    def _check_quote(self, claim: str, scope: str) -> str:
        if not claim.strip():
            return page_html.notice_html("Paste a quotation first.")
        try:
            return page_html.check_html(self._desk.check(claim, scope or None))
        except (IndexFault, BotFault) as fault:
            return page_html.notice_html(str(fault))

    def _add_file(self, path: str) -> Parts:
        uploaded = Path(path)
        try:
            return self._put_in(uploaded)
        finally:
            uploaded.unlink(missing_ok=True)

    def _add_text(self, text: str) -> Parts:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "Pasted text.txt"
            path.write_text(text, encoding="utf-8", errors="replace")
            return self._put_in(path)

    def _put_in(self, path: Path) -> Parts:
        try:
            article, new = self._desk.add(path)
        except (IndexFault, BotFault) as fault:
            message = str(fault).replace(str(path), path.name)
            return {self._added: page_html.notice_html(message)}
        said = f"“{article.title}” is {'added' if new else 'in the library already'}."
        return {
            self._added: page_html.notice_html(said),
            self._pasted: "",
            self._chooser: self._choices(article.id),
            **self._choose(article.id),
        }
