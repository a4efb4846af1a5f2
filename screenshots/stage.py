"""What pictures are taken of: a server of its own with a hall's data, and browsers signed in to it."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, expect, sync_playwright

from screenshots.camera import DESK, Camera, Size
from screenshots.hall import Hall
from screenshots.records import write_records
from tests.assistant.server_process import PHONE_ADDRESS, Server, home_of_its_own, with_data_of_its_own
from tests.assistant.web.browsing import OnPage

PATIENCE_MS = 60_000
QUIET = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking")
APPROVAL = "enabled: true\nitems: [passport-reissue]\nminutes: 12\n"


@dataclass
class Stage:
    """A filled hall and a browser; each page has a session of its own, and the server's time."""

    hall: Hall
    browser: Browser
    camera: Camera

    @property
    def server(self) -> Server:
        return self.hall.server

    def staff(self, account: str, address: str) -> Page:
        """Open a page as a member of staff, by the name of their account."""
        page = self._page(DESK)
        name, value = self.hall.session(account)["Cookie"].split("=", 1)
        cookie: Any = {"name": name, "value": value, "url": self.server.url, "sameSite": "Strict"}
        page.context.add_cookies([cookie])
        page.goto(f"{self.server.url}{address}")
        return page

    def visitor(self, address: str, size: Size = DESK) -> Page:
        """Open a page as nobody."""
        page = self._page(size)
        page.goto(address if address.startswith("about:") else f"{self.server.url}{address}")
        return page

    def citizen(self, size: Size, init: str = "", **options: Any) -> OnPage:
        """Open the portal as a citizen, greeted by the assistant; `init` is run before the page's scripts."""
        page = self._page(size, **options)
        page.add_init_script(init)
        page.goto(self.server.url)
        here = OnPage(page)
        if size.width < 1024:
            here.find(".launcher").click()
        return here.greeted()

    def _page(self, size: Size, **options: Any) -> Page:
        viewport = {"width": size.width, "height": size.height}
        settings = {"viewport": viewport, "locale": "zh-CN", "timezone_id": "Asia/Shanghai", **options}
        page = self.browser.new_context(**settings).new_page()
        page.set_default_timeout(PATIENCE_MS)
        page.clock.set_fixed_time(self.hall.now())
        return page


@contextmanager
def opened_stage(project: Path, camera: Camera) -> Iterator[Stage]:
    """Start the server in a temporary folder, fill it, and open a browser."""
    expect.set_options(timeout=PATIENCE_MS)
    with tempfile.TemporaryDirectory(prefix="wenban-screenshots-") as folder:
        home = home_of_its_own(project, Path(folder) / "home")
        with_data_of_its_own(home, {"approval.yml": APPROVAL})
        machine = {"WENBAN_KIOSK": "1", "WENBAN_PHONE_ADDRESS": PHONE_ADDRESS}
        server = Server(home, Path(folder) / "var", environment=machine).start()
        try:
            hall = Hall(server)
            hall.employ()
            write_records(hall)
            chromium = shutil.which("chromium") or shutil.which("chromium-browser")
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=chromium, args=list(QUIET))
                yield Stage(hall, browser, camera)
                browser.close()
        finally:
            server.kill()
