"""What several test files share: Chromium, where there is one."""

import os
import shutil
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext

_NAMES = ("chromium", "chromium-browser", "google-chrome")
_QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def _chromium() -> str | None:
    return next((path for name in _NAMES if (path := shutil.which(name))), None)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the browser tests out where there is no Chromium, but never in CI."""
    if not _left_out():
        return
    browser_tests = [item for item in items if item.get_closest_marker("browser")]
    if browser_tests:
        config.hook.pytest_deselected(items=browser_tests)
        items[:] = [item for item in items if item not in browser_tests]


def _left_out() -> bool:
    return _chromium() is None and os.environ.get("CI") != "true"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if _left_out():
        terminalreporter.write_line(
            "The tests of the page are left out, for there is no Chromium here: install it "
            "(Debian: apt-get install chromium) and run again."
        )


@pytest.fixture(scope="module")
def browser() -> Iterator["Browser"]:
    """One headless Chromium for a file of tests."""
    # Only the page's tests need it, and it is not installed everywhere.
    from playwright.sync_api import sync_playwright

    path = _chromium()
    if path is None:
        pytest.fail("There is no Chromium: apt-get install chromium, and run again.")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=_QUIET)
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def context(browser: "Browser") -> Iterator["BrowserContext"]:
    """One profile for all tabs, so that they share what the browser has cached."""
    with browser.new_context(reduced_motion="reduce") as context:
        yield context
