"""The assistant on a page, as a test uses it."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect


@dataclass(frozen=True)
class OnPage:
    """What a citizen sees and does."""

    page: Page

    @property
    def box(self) -> Locator:
        return self.page.locator("wenban-assistant textarea")

    @property
    def entries(self) -> Locator:
        return self.page.locator("wenban-assistant .entry")

    @property
    def own(self) -> Locator:
        return self.page.locator("wenban-assistant .entry.citizen")

    @property
    def replies(self) -> Locator:
        return self.page.locator("wenban-assistant .entry.assistant, wenban-assistant .entry.urgent")

    def find(self, selector: str) -> Locator:
        """Return what a selector finds inside the assistant."""
        return self.page.locator(f"wenban-assistant {selector}")

    def button(self, name: str) -> Locator:
        """Return a button inside the assistant."""
        return self.page.locator("wenban-assistant").get_by_role("button", name=name)

    def greeted(self) -> OnPage:
        """Wait for the greeting."""
        expect(self.replies).to_have_count(1)
        expect(self.find(".identity")).not_to_contain_text("正在接通")
        return self

    def write(self, text: str) -> None:
        """Write and send, without waiting."""
        self.box.fill(text)
        self.box.press("Enter")

    def say(self, text: str) -> Locator:
        """Write and send, and return the reply when it is there."""
        return self.after(lambda: self.write(text))

    def choose(self, label: str) -> Locator:
        """Pick an offered choice and return the reply."""
        return self.after(self.button(label).last.click)

    def after(self, act: object) -> Locator:
        """Do something that the assistant replies to, and return the reply."""
        before = self.replies.count()
        act()  # type: ignore[operator]
        expect(self.replies).to_have_count(before + 1)
        return self.replies.last
