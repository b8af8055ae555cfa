"""The page in a real Chromium while a language model writes, on the real chain.

The model is a real HTTP server that says what an attacker would have it say, or never ends.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.desk import Desk
from bot.settings import Settings
from tests.model_server import ModelServer
from tests.model_server import serving as model_serving
from tests.served_page import FOREIGN, PAYLOADS, Site, ask, serving
from tests.test_injection import ASKED, NEWS, ORDERS

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

pytestmark = pytest.mark.browser

TRUE = 'Jacinda Ardern said the vaccine mandates "were not forever" [1].'


@pytest.fixture(scope="module")
def model() -> Iterator[ModelServer]:
    """One server; each test sets its steps."""
    with model_serving("hang") as server:
        yield server


@pytest.fixture(scope="module")
def site(
    model: ModelServer, context: "BrowserContext", tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    """The page over a poisoned article, with the real embedder and reranker."""
    folder: Path = tmp_path_factory.mktemp("library")
    (folder / "seeds").mkdir()
    # Some, for each costs a tenth of a second of embedding; `written` below has them all.
    some = [*ORDERS.values(), *PAYLOADS][::3]
    orders = "\n".join(" ".join(order.split()) for order in some)
    (folder / "seeds" / "000_poisoned.txt").write_text(f"{NEWS}{orders}\n", "utf-8")
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("OPENAI_API_KEY", "none")
        desk = Desk(
            Settings(
                index_folder=folder / "index",
                seeds_folder=folder / "seeds",
                chat_model="openai:double",
                chat_base_url=f"{model.address}/v1",
            )
        )
        desk.chain()
        with serving(desk) as address:
            yield Site(address, context)


def says(model: ModelServer, *steps: str) -> None:
    model.steps = steps
    model.requests.clear()
    model.gone.clear()


def begin(tab: "Page") -> None:
    """Ask, and wait until the model has been asked."""
    tab.fill("#question textarea", ASKED)
    tab.keyboard.press("Enter")
    tab.locator(".answer.waiting", has_text="is writing").wait_for()


def test_the_models_checked_sentence_is_shown(site: Site, model: ModelServer) -> None:
    says(model, TRUE)
    with site.visit() as tab:
        answer = ask(tab, ASKED)
        assert "were not forever" in answer.inner_text()
        assert answer.locator("a.citation").count() == 1
    assert model.requests


def test_what_an_attacker_makes_the_model_write_stays_text(site: Site, model: ModelServer) -> None:
    written = [*ORDERS.values(), *PAYLOADS]
    says(model, *("\n".join(written[at : at + 12]) for at in range(0, len(written), 12)))
    with site.visit() as tab:
        for number in range(1, len(model.steps) + 1):
            ask(tab, ASKED, number=number)
            for part in (".message-content", "#article-panel"):
                assert tab.locator(part).locator(FOREIGN).count() == 0
            hosts = tab.locator("#conversation a[href]").evaluate_all("all => all.map(a => a.host)")
            assert {host for host in hosts if host} <= {site.address.split("/")[2]}
    assert len(model.requests) == len(model.steps)


def test_stop_ends_the_models_work(site: Site, model: ModelServer) -> None:
    says(model, "hang")
    with site.visit() as tab:
        begin(tab)
        tab.click("#stop")
        assert model.gone.wait(20)  # the model would go on for the whole CHAT_TIMEOUT of 60 seconds
        tab.locator(".answer.finished").wait_for()
        says(model, TRUE)
        assert "were not forever" in ask(tab, ASKED, number=2).inner_text()


def test_closing_the_tab_ends_the_models_work(site: Site, model: ModelServer) -> None:
    says(model, "hang")
    with site.visit() as tab:
        begin(tab)
    assert model.gone.wait(20)
