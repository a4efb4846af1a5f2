"""A kiosk's page, as whoever stands before it uses it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.assistant.web.browsing import OnPage

SCREEN = {"width": 1080, "height": 1920}
ID_NUMBER = "310101199304180027"
MOBILE = "13900000001"
NAME = "司马听澜"
CERTIFICATE = "有无犯罪记录证明开具"


@dataclass(frozen=True)
class OnKiosk(OnPage):
    """What a person in the hall sees and does."""

    @classmethod
    def opened(cls, page: Page, url: str) -> OnKiosk:
        """Open the page and wait for its welcome; replies are not read aloud, which would count as being there."""
        page.add_init_script("localStorage.setItem('wenban:face', JSON.stringify({reading: false}))")
        page.goto(f"{url}/kiosk")
        here = cls(page)
        expect(here.welcome).to_be_visible()
        return here

    @property
    def welcome(self) -> Locator:
        return self.page.locator("main.welcome")

    @property
    def visit(self) -> Locator:
        return self.page.locator("main.visit")

    @property
    def pad(self) -> Locator:
        return self.page.locator("dialog.pad")

    @property
    def idle(self) -> Locator:
        return self.page.locator("dialog.idle")

    @property
    def notice(self) -> Locator:
        return self.page.locator("dialog.notice")

    @property
    def printing(self) -> Locator:
        return self.page.locator("dialog.printing")

    @property
    def paper(self) -> Any:
        return self.page.frame_locator("iframe.paper")

    def act(self, name: str) -> Locator:
        """Return a button of the page itself."""
        return self.page.get_by_role("button", name=name, exact=True)

    def touch_item(self, name: str) -> OnKiosk:
        """Touch an item of the welcome; its words are said and answered."""
        self.welcome.get_by_role("button", name=name).click()
        expect(self.own).to_have_count(1)
        expect(self.replies).to_have_count(2)
        return self

    def begin(self) -> OnKiosk:
        """Begin a visit without a wish."""
        self.act("办别的事").click()
        expect(self.replies).to_have_count(1)
        return self

    def type_on_pad(self, number: str) -> None:
        """Type a number on the keys of the screen."""
        expect(self.pad).to_be_visible()
        for key in number:
            self.pad.get_by_role("button", name=key, exact=True).click()

    def give(self, number: str) -> Locator:
        """Type a number and give it; return the reply."""
        self.type_on_pad(number)
        return self.after(self.act("填好了").click)

    def apply(self, name: str = NAME) -> OnKiosk:
        """Apply for a certificate, up to what is to be confirmed."""
        self.touch_item(CERTIFICATE)
        self.say(name)
        self.give(ID_NUMBER)
        self.give(MOBILE)
        self.choose("求职就业")
        expect(self.find(".draft")).to_be_visible()
        return self

    def submit(self) -> OnKiosk:
        """Confirm what was applied for."""
        self.choose("确认")
        expect(self.find(".receipt")).to_be_visible()
        return self
