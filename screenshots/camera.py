"""The camera: a page at stated sizes, in light and dark, written as small pictures."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page

COLOURS = 200
"""of a picture's palette: a page of flat colours looks the same, at a third of the size"""


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
    dark: bool = False
    """also in dark, at the first size"""


@dataclass(frozen=True)
class Camera:
    """Write pictures."""

    def take(self, shot: Shot, folder: Path) -> Iterator[Path]:
        """Yield the file of each picture: `NAME-WIDTH.png`, `NAME-WIDTH-dark.png`; the page stays at its first size."""
        folder.mkdir(parents=True, exist_ok=True)
        for size in shot.sizes:
            _resize(shot.page, size)
            yield _write(shot.page, folder / f"{shot.name}-{size.width}.png")
        _resize(shot.page, shot.sizes[0])
        if shot.dark:
            shot.page.emulate_media(color_scheme="dark")
            yield _write(shot.page, folder / f"{shot.name}-{shot.sizes[0].width}-dark.png")
            shot.page.emulate_media(color_scheme="light")


def _resize(page: Page, size: Size) -> None:
    if page.viewport_size != vars(size):
        page.set_viewport_size({"width": size.width, "height": size.height})


def _write(page: Page, path: Path) -> Path:
    page.evaluate("document.fonts.ready.then(() => new Promise((shown) => requestAnimationFrame(() => shown())))")
    taken = Image.open(io.BytesIO(page.screenshot(animations="disabled", caret="hide"))).convert("RGB")
    taken.quantize(COLOURS, kmeans=1, dither=Image.Dither.NONE).save(path, optimize=True)
    return path
