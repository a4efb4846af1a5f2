"""One A4 page of a certificate, drawn in a process of its own.

Reading and subsetting a Chinese font takes a second of processor time, which would hold up every conversation of the
server. `python -m actions.connectors.certificate_page` reads a description as JSON from standard input, so that no
personal value stands in an argument list, and writes the PDF to standard output.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fpdf import FPDF

_WIDTH, _HEIGHT, _MARGIN = 210.0, 297.0, 28.0  # A4, in millimetres
_LABEL = 42.0  # the width of a row's label
_INK, _PALE, _ACCENT = (28, 32, 38), (110, 116, 124), (158, 42, 43)
_WITHIN_SECONDS = 120


class CertificateNotDrawn(Exception):
    """A certificate could not be drawn; the application stays accepted and is tried again."""


@dataclass(frozen=True)
class PageDescription:
    """Everything that stands on a certificate. `fonts`: path and face number of a regular and a bold font."""

    fonts: Sequence[tuple[str, int]]
    common: Mapping[str, str]
    receipt_number: str
    code: str
    title: str
    rows: Sequence[tuple[str, str]]
    body: Sequence[str]
    signature: Sequence[str]


def draw_apart(description: PageDescription) -> bytes:
    """Draw a certificate in another process and return the PDF; raise CertificateNotDrawn."""
    try:
        drawn = subprocess.run(
            [sys.executable, "-m", __name__],
            input=json.dumps(asdict(description)).encode(),
            capture_output=True,
            timeout=_WITHIN_SECONDS,
            check=True,
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise CertificateNotDrawn(f"The certificate could not be drawn: {type(error).__name__}.") from None
    return drawn.stdout


def draw(description: PageDescription) -> bytes:
    """Draw a certificate here and return the PDF."""
    page = CertificatePage(description.fonts, description.common, description.receipt_number, description.code)
    return page.draw(description.title, description.rows, description.body, description.signature)


class CertificatePage:
    """One A4 page."""

    def __init__(
        self, fonts: Sequence[tuple[str, int]], common: Mapping[str, str], receipt_number: str, code: str
    ) -> None:
        from fpdf import FPDF

        self._common = common
        self._foot = [
            common["receipt"].format(receipt_number=receipt_number),
            common["code"].format(code=code),
        ]
        self._pdf: FPDF = FPDF(format="A4")
        self._pdf.set_auto_page_break(False)
        self._pdf.set_margins(_MARGIN, _MARGIN)
        self._pdf.c_margin = 0
        for style, (path, face) in zip(("", "B"), fonts, strict=True):
            self._pdf.add_font("cjk", style, path, collection_font_number=face)

    def draw(self, title: str, rows: Sequence[tuple[str, str]], body: Sequence[str], signature: Sequence[str]) -> bytes:
        """Return the page as a PDF; raise CertificateNotDrawn where the font lacks a character: a box is no name."""
        pdf = self._pdf
        if not self._has("".join((title, *(text for row in rows for text in row), *body, *signature))):
            raise CertificateNotDrawn("The font lacks a character that stands on the certificate.")
        pdf.set_title(f"{title} {self._common['subject']}")
        pdf.set_lang("zh-CN")
        pdf.add_page()
        self._watermark()
        self._frame()
        self._title(title)
        self._rows(rows)
        self._body(body)
        self._signature(signature)
        self._stamp()
        self._footer()
        return bytes(pdf.output())

    def _has(self, text: str) -> bool:
        """Tell whether both fonts have every character of a text."""
        from fpdf.fonts import TTFFont

        fonts = [font for font in self._pdf.fonts.values() if isinstance(font, TTFFont)]
        wanted = {ord(character) for character in text if not character.isspace()}
        return all(wanted <= font.ttfont.getBestCmap().keys() for font in fonts)

    def _watermark(self) -> None:
        """Draw the word as outlines, so that whoever copies or reads out the page's text does not meet it."""
        from fpdf.drawing import GraphicsContext, PaintedPath, Transform
        from fpdf.svg import svg_path_converter

        outline, scale = self._outline(self._common["watermark"])
        with self._pdf.drawing_context() as context:
            for row in range(5):
                for column in range(3):
                    x, y = 26 + column * 58 + (row % 2) * 14, 58 + row * 54
                    path, group = PaintedPath(), GraphicsContext()
                    svg_path_converter(path, outline)
                    path.style.fill_color = "#6e747c"
                    path.style.fill_opacity = 0.07
                    path.style.stroke_color = None
                    group.transform = Transform.scaling(scale, -scale).rotate_d(-32).translate(x, y)
                    group.add_item(path)
                    context.add_item(group)

    def _outline(self, word: str) -> tuple[str, float]:
        """Return a word's outline as an SVG path in font units, and the scale that draws it 17 mm high."""
        from fontTools.pens.svgPathPen import SVGPathPen
        from fontTools.pens.transformPen import TransformPen
        from fpdf.fonts import TTFFont

        loaded = self._pdf.fonts["cjkB"]
        assert isinstance(loaded, TTFFont)
        font = loaded.ttfont
        glyphs, names = font.getGlyphSet(), font.getBestCmap()
        pen, x = SVGPathPen(glyphs), 0.0
        for character in word:
            glyph = glyphs[names[ord(character)]]
            glyph.draw(TransformPen(pen, (1, 0, 0, 1, x, 0)))
            x += glyph.width
        return pen.getCommands(), 17 / font["head"].unitsPerEm

    def _frame(self) -> None:
        pdf = self._pdf
        for inset, width in ((13.0, 0.7), (15.0, 0.2)):
            pdf.set_draw_color(*_ACCENT)
            pdf.set_line_width(width)
            pdf.rect(inset, inset, _WIDTH - 2 * inset, _HEIGHT - 2 * inset)

    def _title(self, title: str) -> None:
        pdf = self._pdf
        pdf.set_text_color(*_INK)
        pdf.set_font("cjk", "B", 28)
        pdf.set_xy(_MARGIN, 44)
        pdf.cell(_WIDTH - 2 * _MARGIN, 14, title, align="C")
        pdf.set_draw_color(*_ACCENT)
        pdf.set_line_width(0.6)
        pdf.line(_WIDTH / 2 - 18, 63, _WIDTH / 2 + 18, 63)

    def _rows(self, rows: Sequence[tuple[str, str]]) -> None:
        """Draw a line under each row; a value that is too long for one, such as a name with dots, takes several."""
        from fpdf.enums import WrapMode

        pdf = self._pdf
        pdf.set_y(76)
        pdf.set_line_width(0.15)
        pdf.set_draw_color(205, 208, 212)
        for label, value in rows:
            pdf.set_x(_MARGIN)
            pdf.set_font("cjk", "", 11)
            pdf.set_text_color(*_PALE)
            pdf.cell(_LABEL, 11, label)
            pdf.set_font("cjk", "", 12.5)
            pdf.set_text_color(*_INK)
            height = 11.0 if pdf.get_string_width(value) <= _WIDTH - 2 * _MARGIN - _LABEL else 6.5
            pdf.multi_cell(0, height, value, align="L", wrapmode=WrapMode.CHAR, new_x="LMARGIN", new_y="NEXT")
            pdf.line(_MARGIN, pdf.get_y(), _WIDTH - _MARGIN, pdf.get_y())

    def _body(self, body: Sequence[str]) -> None:
        from fpdf.enums import WrapMode

        pdf = self._pdf
        pdf.set_y(pdf.get_y() + 12)
        pdf.set_font("cjk", "", 14)
        pdf.set_text_color(*_INK)
        indent = "\u3000\u3000"  # two ideographic spaces begin a Chinese paragraph
        for sentence in body:
            pdf.multi_cell(0, 10.5, indent + sentence, align="L", wrapmode=WrapMode.CHAR, new_x="LMARGIN", new_y="NEXT")
            pdf.set_y(pdf.get_y() + 2)

    def _signature(self, lines: Sequence[str]) -> None:
        pdf = self._pdf
        pdf.set_y(max(pdf.get_y() + 22, 206))
        pdf.set_font("cjk", "", 14)
        for line in lines:
            pdf.cell(0, 10, line, align="R", new_x="LMARGIN", new_y="NEXT")

    def _stamp(self) -> None:
        """Say in a box, where a seal would be, that this is a sample."""
        pdf = self._pdf
        pdf.set_draw_color(*_ACCENT)
        pdf.set_text_color(*_ACCENT)
        pdf.set_line_width(0.5)
        pdf.rect(_MARGIN, 212, 54, 12, round_corners=True, corner_radius=2)
        pdf.set_font("cjk", "B", 12)
        pdf.set_xy(_MARGIN, 212)
        pdf.cell(54, 12, self._common["stamp"], align="C")

    def _footer(self) -> None:
        pdf = self._pdf
        pdf.set_draw_color(205, 208, 212)
        pdf.set_line_width(0.15)
        pdf.line(_MARGIN, 249, _WIDTH - _MARGIN, 249)
        pdf.set_font("cjk", "", 10)
        pdf.set_text_color(*_INK)
        pdf.set_xy(_MARGIN, 252)
        pdf.cell(0, 6, self._foot[0])
        pdf.set_xy(_MARGIN, 252)
        pdf.cell(0, 6, self._foot[1], align="R", new_x="LMARGIN", new_y="NEXT")
        pdf.set_text_color(*_PALE)
        pdf.set_font("cjk", "", 9)
        for key in ("verify", "notice"):
            pdf.cell(0, 5.5, self._common[key], new_x="LMARGIN", new_y="NEXT")


if __name__ == "__main__":
    sys.stdout.buffer.write(draw(PageDescription(**json.load(sys.stdin))))
