"""The camera: a page at stated sizes, in light and dark."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page

WHOLE = frozenset({"widget", "kiosk"})
"""sides of which every state is kept small: what citizens meet"""
QUALITY = 70
"""of the small pictures, WebP's 0 to 100"""


@dataclass(frozen=True)
class Size:
    """A window, in CSS pixels."""

    width: int
    height: int


DESK = Size(1440, 900)
NARROW = Size(1024, 768)
PHONE = Size(390, 844)
TABLET = Size(768, 1024)


@dataclass(frozen=True)
class Shot:
    """A page in a state worth looking at."""

    name: str
    page: Page
    sizes: tuple[Size, ...] = (DESK, NARROW)
    main: bool = False
    """what the page is for: kept small for the documentation, and taken in dark too"""


@dataclass(frozen=True)
class Camera:
    """Write pictures, called `NAME-WIDTH` and `NAME-WIDTH-dark`: every one as it is, those to be shown small besides.

    To be shown are main states, and of the citizen's sides each state at its first size.
    """

    every: Path
    kept: Path

    def take(self, side: str, shot: Shot) -> Iterator[Path]:
        """Yield the file of each picture of a state; the page stays at its first size."""
        for size in shot.sizes:
            _resize(shot.page, size)
            shown = shot.main or (side in WHOLE and size == shot.sizes[0])
            yield self._write(side, shot, f"{shot.name}-{size.width}", shown)
        _resize(shot.page, shot.sizes[0])
        if shot.main:
            shot.page.emulate_media(color_scheme="dark")
            yield self._write(side, shot, f"{shot.name}-{shot.sizes[0].width}-dark", True)
            shot.page.emulate_media(color_scheme="light")

    def _write(self, side: str, shot: Shot, name: str, shown: bool) -> Path:
        drawn = "document.fonts.ready.then(() => new Promise((done) => requestAnimationFrame(() => done())))"
        shot.page.evaluate(drawn)
        taken = shot.page.screenshot(animations="disabled", caret="hide")
        path = self.every / side / f"{name}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(taken)
        if shown:
            small = self.kept / side / f"{name}.webp"
            small.parent.mkdir(parents=True, exist_ok=True)
            Image.open(io.BytesIO(taken)).convert("RGB").save(small, quality=QUALITY, method=6)
        return path


def _resize(page: Page, size: Size) -> None:
    if page.viewport_size != vars(size):
        page.set_viewport_size({"width": size.width, "height": size.height})
