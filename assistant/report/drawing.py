"""Charts as shapes in millimetres, so that the HTML and the PDF draw the same ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from math import ceil, floor, log10

_STEPS = (1, 2, 5, 10)
_TICKS = 4
_LEFT, _BOTTOM, _TOP = 9.0, 6.0, 5.0
_ROW = 7.0


class Ink(str, Enum):
    """What is drawn in which colour, as #rrggbb."""

    TEXT = "#15211f"
    SOFT = "#43514d"
    LINE = "#dbe2de"
    NOW = "#0b5c57"
    BEFORE = "#9aa8a3"
    COMPARED = "#c27c0e"
    """told apart from the columns that it crosses, in print without colour too"""


class Anchor(str, Enum):
    """What of a label stands at its place."""

    START = "start"
    MIDDLE = "middle"
    END = "end"


@dataclass(frozen=True)
class Box:
    x: float
    y: float
    width: float
    height: float
    ink: Ink


@dataclass(frozen=True)
class Stroke:
    """A line through points."""

    points: tuple[tuple[float, float], ...]
    ink: Ink
    width: float


@dataclass(frozen=True)
class Label:
    """A text whose baseline begins, is centred or ends at a place; `size` is its height in millimetres."""

    x: float
    y: float
    text: str
    ink: Ink
    size: float = 2.7
    anchor: Anchor = Anchor.START


Shape = Box | Stroke | Label


@dataclass(frozen=True)
class Drawing:
    """A chart; `words` say what it shows to whoever does not see it."""

    width: float
    height: float
    shapes: tuple[Shape, ...]
    words: str


def columns(
    labels: Sequence[str],
    values: Sequence[int],
    width: float,
    height: float,
    words: str,
    before: Sequence[int] = (),
    legend: tuple[str, str] | None = None,
    highlight: int | None = None,
) -> Drawing:
    """Draw standing columns, and as a line the values that they are compared with; `highlight` leaves others pale.

    `legend` names the columns and the line.
    """
    top = _reached(max([0, *values, *before]))
    slot = (width - _LEFT) / max(1, len(values))

    def y(value: float) -> float:
        return height - _BOTTOM - (height - _BOTTOM - _TOP) * value / top[-1]

    shapes: list[Shape] = []
    for tick in top:
        shapes.append(Stroke(((_LEFT, y(tick)), (width, y(tick))), Ink.LINE, 0.15))
        shapes.append(Label(_LEFT - 1.5, y(tick) + 0.9, f"{tick:,}", Ink.SOFT, anchor=Anchor.END))
    for place, value in enumerate(values):
        ink = Ink.NOW if highlight in (None, place) else Ink.BEFORE
        if value:
            shapes.append(Box(_LEFT + slot * (place + 0.17), y(value), slot * 0.66, y(0) - y(value), ink))
    if legend is not None:
        shapes += _legend(*legend, width)
    if any(before):
        centre = [(_LEFT + slot * (place + 0.5), y(value)) for place, value in enumerate(before)]
        shapes.append(Stroke(tuple(centre), Ink.COMPARED, 0.5))
    every = ceil(len(labels) * _widest(labels) / (width - _LEFT)) if labels else 1
    for place, label in enumerate(labels):
        if place % max(1, every) == 0:
            x = _LEFT + slot * (place + 0.5)
            shapes.append(Label(x, height - 1.6, label, Ink.SOFT, anchor=Anchor.MIDDLE))
    return Drawing(width, height, tuple(shapes), words)


def bars(rows: Sequence[tuple[str, int]], width: float, words: str) -> Drawing:
    """Draw bars lying down, each after its name."""
    name = max([16.0, *(_wide(label) for label, _ in rows)]) + 3
    largest = max([1, *(value for _, value in rows)])
    rail = width - name - 14
    shapes: list[Shape] = []
    for place, (label, value) in enumerate(rows):
        y = place * _ROW
        shapes.append(Label(0, y + 4.4, label, Ink.TEXT))
        shapes.append(Box(name, y + 1.4, rail, 4, Ink.LINE))
        if value:
            shapes.append(Box(name, y + 1.4, rail * value / largest, 4, Ink.NOW))
        shapes.append(Label(width, y + 4.4, f"{value:,}", Ink.TEXT, anchor=Anchor.END))
    return Drawing(width, max(_ROW, len(rows) * _ROW), tuple(shapes), words)


def _legend(columns_name: str, line_name: str, width: float) -> list[Shape]:
    """Return what names columns and line, at the upper right."""
    line_x = width - _wide(line_name) - 5
    box_x = line_x - _wide(columns_name) - 8
    return [
        Box(box_x, 0.2, 2.6, 2.6, Ink.NOW),
        Label(box_x + 3.6, 2.4, columns_name, Ink.SOFT),
        Stroke(((line_x, 1.5), (line_x + 4, 1.5)), Ink.COMPARED, 0.5),
        Label(width, 2.4, line_name, Ink.SOFT, anchor=Anchor.END),
    ]


def _reached(largest: int) -> list[int]:
    """Return whole, round marks from 0 that reach over a value."""
    rough = max(1, largest) / _TICKS
    power = 10 ** floor(log10(rough))
    step = max(1, int(next(one for one in _STEPS if one * power >= rough) * power))
    return list(range(0, ceil(max(1, largest) / step) * step + 1, step))


def _wide(text: str) -> float:
    """Return about how wide a label is, in millimetres."""
    return sum(1.5 if character.isascii() else 2.75 for character in text)


def _widest(labels: Sequence[str]) -> float:
    return max(_wide(label) for label in labels) + 2
