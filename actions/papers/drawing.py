"""An A4 paper in Chinese, and how it is drawn in a process of its own.

Reading and subsetting a Chinese font takes a second of processor time, which would hold up every conversation of the
server. A module that draws reads its description as JSON from standard input and writes the PDF to standard output.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fpdf import FPDF

from actions.connectors.fonts import chinese_fonts
from actions.papers.line_breaks import broken

WIDTH, MARGIN = 210.0, 18.0
"""A4, in millimetres"""
INK, PALE, ACCENT, LINE = (21, 33, 31), (90, 102, 98), (11, 92, 87), (205, 212, 209)
_PADDING = 1.4
_WITHIN_SECONDS = 120


class PaperNotDrawn(Exception):
    """A paper could not be drawn; asking again may work."""


def drawn_apart(module: str, description: Mapping[str, Any]) -> bytes:
    """Have a module draw a paper in another process; return the PDF. Raise PaperNotDrawn or NoChineseFont."""
    fonts = [(str(face.path), face.index) for face in chinese_fonts()]
    try:
        drawn = subprocess.run(
            [sys.executable, "-m", module],
            input=json.dumps({**description, "fonts": fonts}).encode(),
            capture_output=True,
            timeout=_WITHIN_SECONDS,
            check=True,
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise PaperNotDrawn(f"A paper could not be drawn: {type(error).__name__}.") from None
    return drawn.stdout


class Paper:
    """A4 pages with a footer: headings, paragraphs and pairs of label and value, one below the other."""

    def __init__(self, fonts: Sequence[tuple[str, int]], title: str, footer: str, page: str = "") -> None:
        """`page` numbers the pages (`{page}`, `{pages}`) where it is given."""
        from fpdf import FPDF

        class Numbered(FPDF):
            def footer(self) -> None:
                self.set_y(-14)
                self.set_font("cjk", "", 8)
                self.set_text_color(*PALE)
                self.cell(0, 5, footer)
                if page:
                    self.set_x(MARGIN)
                    self.cell(0, 5, page.format(page=self.page_no(), pages="{nb}"), align="R")

        self.pdf: FPDF = Numbered(format="A4")
        self.pdf.set_auto_page_break(True, 20)
        self.pdf.set_margins(MARGIN, 16)
        self.pdf.c_margin = 0
        for style, (path, face) in zip(("", "B"), fonts, strict=True):
            self.pdf.add_font("cjk", style, path, collection_font_number=face)
        self.pdf.set_title(title)
        self.pdf.set_lang("zh-CN")
        self.pdf.add_page()

    def output(self) -> bytes:
        """Return the PDF."""
        return bytes(self.pdf.output())

    def text(
        self, words: str, size: float = 10.5, style: str = "", colour: Sequence[int] = INK, gap: float = 0
    ) -> None:
        """Write a paragraph."""
        pdf = self.pdf
        pdf.set_font("cjk", style, size)
        pdf.set_text_color(*colour)
        self._write(words, WIDTH - 2 * MARGIN, size * 0.56)
        pdf.set_y(pdf.get_y() + gap)

    def part(self, label: str, lines: Iterable[str], label_width: float = 30) -> None:
        """Write a short part: its name at the left, its lines beside it, both kept on one page where they fit."""
        pdf, size, height = self.pdf, 10, 5.6
        pdf.set_y(pdf.get_y() + 2.2)
        pdf.set_font("cjk", "", size)
        width = WIDTH - 2 * MARGIN - label_width
        written = [broken(line, width, pdf.get_string_width) for line in lines]
        needed = height * sum(line.count("\n") + 1 for line in written)
        if pdf.will_page_break(min(needed, 25)):
            pdf.add_page()
        pdf.set_font("cjk", "B", size)
        pdf.set_text_color(*ACCENT)
        pdf.cell(label_width, height, label)
        pdf.set_font("cjk", "", size)
        pdf.set_text_color(*INK)
        for line in written:
            pdf.set_x(MARGIN + label_width)
            pdf.multi_cell(0, height, line, align="L", new_x="LMARGIN", new_y="NEXT")

    def heading(self, words: str, keep: float = 22) -> None:
        """Begin a part, on a new page where less than `keep` millimetres are left."""
        pdf = self.pdf
        pdf.set_y(pdf.get_y() + 3.5)
        if pdf.will_page_break(keep):
            pdf.add_page()
        self.text(words, 11.5, "B", ACCENT, 1)

    def pairs(self, pairs: Iterable[tuple[str, str]], label_width: float = 24) -> None:
        """Write labels with their values beside them."""
        pdf = self.pdf
        for label, value in pairs:
            top = pdf.get_y()
            pdf.set_font("cjk", "", 10)
            pdf.set_text_color(*PALE)
            pdf.cell(label_width, 6, label)
            pdf.set_text_color(*INK)
            pdf.set_xy(MARGIN + label_width, top)
            self._write(value, WIDTH - 2 * MARGIN - label_width, 6)

    def rule(self, gap: float = 2) -> None:
        """Draw a line across."""
        pdf = self.pdf
        pdf.set_draw_color(*LINE)
        pdf.set_line_width(0.2)
        pdf.line(MARGIN, pdf.get_y() + gap / 2, WIDTH - MARGIN, pdf.get_y() + gap / 2)
        pdf.set_y(pdf.get_y() + gap)

    def table(self, head: Sequence[str], rows: Iterable[Sequence[str]], widths: Sequence[float]) -> None:
        """Draw a table whose head comes again on each page; widths in millimetres."""
        from fpdf.enums import TableBordersLayout
        from fpdf.fonts import FontFace

        pdf = self.pdf
        pdf.set_font("cjk", "", 9.5)
        pdf.set_text_color(*INK)
        pdf.set_draw_color(*LINE)
        pdf.set_line_width(0.2)
        with pdf.table(
            col_widths=tuple(widths),
            width=int(sum(widths)),
            align="L",
            text_align="L",
            line_height=5.4,
            padding=_PADDING,
            borders_layout=TableBordersLayout.HORIZONTAL_LINES,
            headings_style=FontFace(emphasis="", color=PALE),
        ) as table:
            for row in (head, *rows):
                cells = zip(row, widths, strict=True)
                table.row([broken(cell, width - 2 * _PADDING - 0.5, pdf.get_string_width) for cell, width in cells])

    def _write(self, words: str, width: float, height: float) -> None:
        """Write lines of a width in millimetres from where the pen stands."""
        lines = broken(words, width, self.pdf.get_string_width)
        self.pdf.multi_cell(0, height, lines, align="L", new_x="LMARGIN", new_y="NEXT")


def described(module_input: bytes) -> dict[str, Any]:
    """Read the description that `drawn_apart` sent."""
    return dict(json.loads(module_input))
