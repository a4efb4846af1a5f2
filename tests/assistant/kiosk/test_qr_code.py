"""QR codes as a page shows them."""

from __future__ import annotations

from xml.etree import ElementTree

import segno

from assistant.kiosk.qr_code import qr_svg

ADDRESS = "https://ask.example/#continue=abcdefghijklmnopqrstuv"
SVG = "{http://www.w3.org/2000/svg}"


def drawn(svg: str) -> set[tuple[int, int]]:
    """The dark modules of a code, as (row, column) within its quiet zone of four."""
    (line,) = (path for path in ElementTree.fromstring(svg).iter(f"{SVG}path") if path.get("stroke"))
    dark, x, y = set(), 0.0, 0.0
    steps = line.get("d").replace("M", " M").replace("m", " m").replace("h", " h").split()
    position = 0
    while position < len(steps):
        step = steps[position]
        if step[0] in "Mm":
            dx, dy = float(step[1:]), float(steps[position + 1])
            x, y = (dx, dy) if step[0] == "M" else (x + dx, y + dy)
            position += 2
        else:
            length = int(step[1:])
            dark |= {(int(y - 4.5), int(x - 4) + offset) for offset in range(length)}
            x += length
            position += 1
    return dark


def test_given_an_address_when_drawn_then_the_picture_is_the_code_of_that_address():
    expected = segno.make(ADDRESS, error="m", micro=False)

    svg = qr_svg(ADDRESS, "title")

    assert drawn(svg) == {
        (row, column) for row, line in enumerate(expected.matrix) for column, module in enumerate(line) if module
    }


def test_given_a_page_without_inline_styles_when_drawn_then_the_code_needs_none_and_is_dark_on_white():
    svg = qr_svg(ADDRESS, "手机续办")

    root = ElementTree.fromstring(svg)
    assert "style" not in svg and "script" not in svg
    assert root.find(f"{SVG}title").text == "手机续办"
    assert [path.get("fill") or path.get("stroke") for path in root.iter(f"{SVG}path")] == ["#fff", "#000"]
