"""The report as one HTML file: its style within, no script, nothing fetched."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from assistant.report.daily import Trouble
from assistant.report.drawing import Box, Drawing, Label, Shape, Stroke
from assistant.report.wording import Page

_STYLE = """
:root { color-scheme: light; }
* { box-sizing: border-box; }
body { margin: 0; background: #f3f5f2; color: #15211f; line-height: 1.55;
  font-family: "PingFang SC", "Noto Sans CJK SC", "Microsoft YaHei", system-ui, sans-serif; }
main { max-width: 60rem; margin: 1.5rem auto; padding: 2rem 2.25rem; background: #fff; border-radius: 14px; }
h1 { margin: 0; font-size: 1.7rem; }
h1 small { margin-inline-start: .8rem; color: #0b5c57; font-size: 1.1rem; font-weight: 600; }
.made, footer { margin: .1rem 0 0; color: #43514d; font-size: .875rem; }
h2 { margin: 1.4rem 0 .5rem; font-size: 1.1rem; }
h3 { margin: .8rem 0 .3rem; font-size: .95rem; }
table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: .32rem .6rem; border-bottom: 1px solid #dbe2de; text-align: right; font-weight: 400; }
th:first-child { text-align: left; }
thead th { color: #43514d; font-size: .875rem; }
tbody td:nth-child(2) { font-weight: 700; }
svg { display: block; width: 100%; height: auto; }
.pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(18rem, 1fr)); gap: 0 2.25rem; }
.troubles { display: grid; grid-template-columns: repeat(auto-fit, minmax(18rem, 1fr)); gap: .3rem 2.25rem; }
.troubles h3 { color: #9c1420; }
ul { margin: 0; padding-inline-start: 1.2rem; overflow-wrap: anywhere; }
footer { margin-top: 1.5rem; }
@media print { body { background: #fff; } main { margin: 0; padding: 0; max-width: none; } }
"""


def html_of(page: Page) -> str:
    """Return the report as an HTML document."""
    wide, *halves = (_figure(title, drawing) for title, drawing in page.charts)
    return (
        '<!doctype html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(page.title)} {escape(page.day)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n"
        f"<h1>{escape(page.title)}<small>{escape(page.day)}</small></h1>\n"
        f'<p class="made">{escape(page.made)}</p>\n'
        f"<h2>{escape(page.headline_title)}</h2>\n{_table(page)}\n{wide}\n"
        f'<div class="pair">{"".join(halves)}</div>\n'
        f"<h2>{escape(page.troubles_title)}</h2>\n{_troubles(page)}\n"
        f"<footer>{escape(page.foot)}</footer>\n</main>\n</body>\n</html>\n"
    )


def svg_of(drawing: Drawing) -> str:
    """Return a drawing as SVG, a unit a millimetre."""
    shapes = "".join(_shape(shape) for shape in drawing.shapes)
    return (
        f'<svg viewBox="0 0 {drawing.width:g} {drawing.height:g}" role="img" aria-label="{escape(drawing.words)}">'
        f"{shapes}</svg>"
    )


def _shape(shape: Shape) -> str:
    if isinstance(shape, Box):
        return (
            f'<rect x="{shape.x:.2f}" y="{shape.y:.2f}" width="{shape.width:.2f}" height="{shape.height:.2f}" '
            f'rx="0.6" fill="{shape.ink.value}"/>'
        )
    if isinstance(shape, Stroke):
        points = " ".join(f"{x:.2f},{y:.2f}" for x, y in shape.points)
        return f'<polyline points="{points}" fill="none" stroke="{shape.ink.value}" stroke-width="{shape.width}"/>'
    assert isinstance(shape, Label)
    return (
        f'<text x="{shape.x:.2f}" y="{shape.y:.2f}" font-size="{shape.size}" text-anchor="{shape.anchor.value}" '
        f'fill="{shape.ink.value}">{escape(shape.text)}</text>'
    )


def _figure(title: str, drawing: Drawing) -> str:
    return f"<section><h3>{escape(title)}</h3>{svg_of(drawing)}</section>"


def _table(page: Page) -> str:
    head = "".join(f'<th scope="col">{escape(title)}</th>' for title in page.columns)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(_rows(page))}</tbody></table>"


def _rows(page: Page) -> Iterator[str]:
    for name, *values in page.rows:
        cells = "".join(f"<td>{escape(value)}</td>" for value in values)
        yield f'<tr><th scope="row">{escape(name)}</th>{cells}</tr>'


def _troubles(page: Page) -> str:
    if not page.troubles:
        return f"<p>{escape(page.no_troubles)}</p>"
    return f'<div class="troubles">{"".join(_trouble(one) for one in page.troubles)}</div>'


def _trouble(trouble: Trouble) -> str:
    lines = "".join(f"<li>{escape(line)}</li>" for line in trouble.lines)
    return f"<section><h3>{escape(trouble.title)}</h3><ul>{lines}</ul></section>"
