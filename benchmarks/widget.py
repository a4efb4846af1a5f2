"""Budget: on a slow phone (a processor at a quarter of its pace, slow 4G) the assistant can be used within a second."""

from __future__ import annotations

import shutil
from pathlib import Path
from statistics import median
from typing import Any

from rich.table import Table

from assistant.bundling.bundle import bundle
from benchmarks.figures import Figure, Result, result
from benchmarks.program import HOME, started_server

RUNS = 7
SLOWDOWN = 4
SLOW_4G = {"offline": False, "latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 0.75e6 / 8}
"""Lighthouse's slow 4G: ms of a round trip, bytes a second"""
PHONE = {"width": 390, "height": 844}
INTERACTIVE_BUDGET_S = 1.0
REQUESTS_BUDGET = 3
SHIFT_BUDGET = 0.0
WEIGHT_BUDGET_KB = 60.0
WEB = HOME / "assistant" / "web"
PAGE = """<!doctype html><html lang="zh-CN"><title>Portal</title><h1>Portal</h1>
<script type="module" src="/web/widget.js"></script><wenban-assistant></wenban-assistant><p>Below</p></html>"""
WATCH = """
    window.shift = 0;
    new PerformanceObserver((list) => list.getEntries().forEach(({ value }) => (window.shift += value)))
        .observe({ type: "layout-shift", buffered: true });
    document.addEventListener("ready", () => requestAnimationFrame(() => (window.readyAt ??= performance.now())), true);
"""
"""ready: the button is on the page and opens the assistant when it is pressed; seen with the next frame"""


def measure() -> Result:
    """Load a page with the assistant, each time in a browser without a cache, and count what that took."""
    from playwright.sync_api import sync_playwright

    found = shutil.which("chromium") or shutil.which("chromium-browser")
    with started_server() as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox", "--disable-gpu"])
        runs = [_load(browser, server.url) for _ in range(RUNS + 1)][1:]
        browser.close()
    return result(
        [
            Figure("page to assistant, slow phone", median(run["ready"] for run in runs), "s", INTERACTIVE_BUDGET_S,
                   f"median of {RUNS}: {SLOWDOWN} × slower, 150 ms, 1.6 Mbit/s"),
            Figure("requests until then", max(run["requests"] for run in runs), "", REQUESTS_BUDGET),
            Figure("layout shift", max(run["shift"] for run in runs), "", SHIFT_BUDGET, "conversation begun"),
            Figure("weight until then", weight_kb(("widget.js",), ("texts.zh-CN.js",)), "KB", WEIGHT_BUDGET_KB,
                   "before compression: script with its style sheet, catalogue"),
            Figure("weight of cards", weight_kb(("cards.js",), ("widget/texts.zh-CN.js",)), "KB", None,
                   "when a conversation has begun, with the words of all later parts"),
            Figure("weight of speaking", weight_kb(("speech.js",), ("microphone_worklet.js",)), "KB", None,
                   "when somebody speaks"),
            Figure("weight of the settings", weight_kb(("settings.js",), ()), "KB", None, "when somebody opens them"),
            Figure("weight of rating", weight_kb(("rating.js",), ()), "KB", None, "when somebody is asked"),
        ],
        runs=runs,
    )  # fmt: skip


def tables(_: Result) -> list[Table]:
    """Return nothing more than the figures."""
    return []


def weight_kb(scripts: tuple[str, ...], files: tuple[str, ...]) -> float:
    """Return the size of scripts as they are served and of files, in units of 1,024 bytes."""
    first = WEB / "widget.js"
    joined = [bundle(WEB / name, None if name == first.name else first).encode() for name in scripts]
    return (sum(map(len, joined)) + sum((Path(WEB) / name).stat().st_size for name in files)) / 1024


def _load(browser: Any, url: str) -> dict[str, float]:
    """Load the page once; return when it was ready, the requests for it and how much it shifted."""
    context = browser.new_context(viewport=PHONE, is_mobile=True, has_touch=True, locale="zh-CN")
    page, asked = context.new_page(), []
    page.add_init_script(WATCH)
    page.route(f"{url}/portal", lambda route: route.fulfill(content_type="text/html", body=PAGE))
    devtools = context.new_cdp_session(page)
    devtools.send("Network.enable")
    devtools.send("Network.emulateNetworkConditions", SLOW_4G)
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWDOWN})
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{url}/portal")
    page.wait_for_function("() => window.readyAt")
    requests = sum("/portal" not in one for one in asked)
    page.locator("wenban-assistant .launcher").click()
    page.locator("wenban-assistant .entry").first.wait_for()
    told: dict[str, float] = page.evaluate("({ ready: window.readyAt / 1000, shift: window.shift })")
    context.close()
    return {**told, "requests": requests}
