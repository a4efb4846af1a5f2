"""Charts drawn as SVG, Chinese labels included."""

from __future__ import annotations

import io
from functools import lru_cache
from pathlib import Path
from typing import Any

from assistant.evaluation.report import Chart, HeatMap, LineChart

_FONT_FILE = "NotoSansCJK-Regular"
_COLOURS = ("#1f6feb", "#d9480f", "#2f9e44", "#862e9c", "#495057")
_DARK_FROM = 0.5


class FontMissing(Exception):
    """No Noto Sans CJK font was found for the charts: install the apt package fonts-noto-cjk."""


@lru_cache(maxsize=1)
def chinese_font() -> str:
    """Make the installed Noto Sans CJK known to matplotlib and return its name.

    Raises:
        FontMissing: there is none.
    """
    from matplotlib import font_manager

    found = sorted(path for path in font_manager.findSystemFonts() if Path(path).stem.startswith(_FONT_FILE))
    if not found:
        raise FontMissing(FontMissing.__doc__)
    font_manager.fontManager.addfont(found[0])
    return str(font_manager.FontProperties(fname=found[0]).get_name())


def draw(chart: Chart) -> str:
    """Return a chart as an SVG element, letters as outlines; the same chart gives the same text.

    Raises:
        FontMissing: no Chinese font is installed.
    """
    import matplotlib
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    with matplotlib.rc_context({"font.family": chinese_font(), "svg.hashsalt": chart.title}):
        figure = Figure(figsize=(9, 8) if isinstance(chart, HeatMap) else (5.6, 3.8), tight_layout=True)
        axes = FigureCanvasAgg(figure).figure.add_subplot()
        axes.set_title(chart.title)
        if isinstance(chart, HeatMap):
            _draw_heat_map(axes, chart)
        else:
            _draw_lines(axes, chart)
        written = io.StringIO()
        figure.savefig(written, format="svg", metadata={"Date": None})
    return written.getvalue()[written.getvalue().index("<svg") :]


def _draw_lines(axes: Any, chart: LineChart) -> None:
    axes.set_xlabel(chart.x_label)
    axes.set_ylabel(chart.y_label)
    axes.grid(color="#dee2e6", linewidth=0.6)
    for number, series in enumerate(chart.series):
        colour = _COLOURS[number % len(_COLOURS)]
        if len(series.xs) == 1:
            axes.scatter(series.xs, series.ys, color=colour, label=series.name, zorder=3)
        else:
            marker = "o" if len(series.xs) <= 20 else ""
            axes.plot(series.xs, series.ys, color=colour, label=series.name, marker=marker, markersize=4)
    if chart.diagonal:
        axes.plot((0, 1), (0, 1), color="#adb5bd", linestyle="--", linewidth=0.8)
    axes.legend(frameon=False)


def _draw_heat_map(axes: Any, chart: HeatMap) -> None:
    places = range(len(chart.labels))
    axes.pcolormesh(chart.rows, cmap="Blues", vmin=0, vmax=1, edgecolors="white", linewidth=0.5)
    axes.set_aspect("equal")
    axes.invert_yaxis()
    axes.set_xticks([place + 0.5 for place in places], chart.labels, rotation=60, ha="right")
    axes.set_yticks([place + 0.5 for place in places], chart.labels)
    axes.set_xlabel("taken for, % of the row")
    axes.set_ylabel("is")
    for row in places:
        for column in places:
            value = chart.rows[row][column]
            if value >= 0.01:
                colour = "white" if value >= _DARK_FROM else "black"
                axes.text(column + 0.5, row + 0.5, f"{100 * value:.0f}", ha="center", va="center", size=7, color=colour)
