"""Chromium for the tests of the pages, and what every page must never do."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.assistant.web.browsing import OnPage

QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # a page that a test answers for itself counts as public, our server as a machine of the local network
    "--disable-features=LocalNetworkAccessChecks,LocalNetworkAccessChecksWebSockets",
)
DESK = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
PATIENCE_MS = 20_000
"""two busy cores are slower than a person would wait for"""
expect.set_options(timeout=PATIENCE_MS)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """A browser for one module: Playwright's event loop must not outlive it, or asyncio.run fails elsewhere."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=list(QUIET))
        yield browser
        browser.close()


@pytest.fixture
def new_page(chromium: Browser) -> Iterator[Callable[..., Page]]:
    """Open pages, each with a session of its own; an error of a script or of the CSP fails the test."""
    contexts, faults = [], []

    def open_page(**options: Any) -> Page:
        context = chromium.new_context(**{"viewport": DESK, "locale": "zh-CN", **options})
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda said: faults.append(said.text) if "Content Security" in said.text else None)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert faults == []


@pytest.fixture
def on_page(server: Any, new_page: Callable[..., Page]) -> Callable[..., OnPage]:
    """Open the demonstration page on a wide screen, as the first demonstration identity."""

    def open_assistant(started: Callable[[Page], Any] = lambda _: None, path: str = "", **options: Any) -> OnPage:
        page = new_page(**options)
        started(page)
        page.goto(server.url + path)
        return OnPage(page)

    return open_assistant


@pytest.fixture
def on_elder_page(on_page: Callable[..., OnPage]) -> Callable[..., OnPage]:
    """Open the demonstration page in elder mode, with a person who chose it before; the assistant has greeted."""

    def open_assistant(**options: Any) -> OnPage:
        chosen = "localStorage.setItem('wenban:face', JSON.stringify({elder: true, reading: false}))"
        here = on_page(started=lambda page: page.add_init_script(chosen), **options)
        if (launcher := here.find(".launcher")).is_visible() or here.page.viewport_size["width"] < 1024:
            launcher.click()
        return here.greeted()

    return open_assistant


@pytest.fixture
def on_phone(server: Any, new_page: Callable[..., Page]) -> Callable[..., OnPage]:
    """Open the demonstration page on a phone; the assistant waits behind its button."""

    def open_assistant(**options: Any) -> OnPage:
        page = new_page(viewport=PHONE, is_mobile=True, has_touch=True, **options)
        page.goto(server.url)
        return OnPage(page)

    return open_assistant
