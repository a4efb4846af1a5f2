"""Charts as SVG."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree

import pytest

from assistant.evaluation.plots import FontMissing, chinese_font, draw
from assistant.evaluation.report import HeatMap, LineChart, Series

LINES = LineChart(
    "风险", "coverage", "risk", (Series("ours", (0.1, 0.5, 1.0), (0, 0, 0.1)), Series("now", (0.9,), (0.02,)))
)
SQUARE = HeatMap("Intents", ("ask", "apply"), ((0.9, 0.1), (0.2, 0.8)))


@pytest.mark.parametrize("chart", [LINES, SQUARE])
def test_given_a_chart_when_drawn_then_it_is_one_svg_element_without_other_files(chart):
    drawn = draw(chart)

    root = ElementTree.fromstring(drawn)
    assert root.tag.endswith("svg")
    links = [value for element in root.iter() for name, value in element.attrib.items() if name.endswith("href")]
    assert all(link.startswith("#") for link in links)


def test_given_the_same_chart_when_drawn_again_then_the_text_is_the_same():
    assert draw(LINES) == draw(LINES)


def test_given_no_chinese_font_when_looked_for_then_the_apt_package_is_named(monkeypatch):
    from matplotlib import font_manager

    monkeypatch.setattr(font_manager, "findSystemFonts", lambda: ["/usr/share/fonts/DejaVuSans.ttf"])
    chinese_font.cache_clear()

    with pytest.raises(FontMissing, match="fonts-noto-cjk"):
        chinese_font()
