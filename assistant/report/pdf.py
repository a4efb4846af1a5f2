"""The report as a PDF of one A4 page; what went wrong may go on to a second."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from actions.connectors.fonts import FontFace
from assistant.report.daily import Trouble
from assistant.report.drawing import Anchor, Box, Drawing, Ink, Shape, Stroke
from assistant.report.wording import HALF, WIDE, Page

if TYPE_CHECKING:
    from fpdf import FPDF

_MARGIN = 14.0
_BESIDE = WIDE - HALF
"""where the second of two charts or columns begins"""
_ROW = 5.6
_URGENT = "#9c1420"
_POINTS_A_MM = 72 / 25.4
_TITLE, _LINE = 5.4, 4.7
"""millimetres: how high the title and a line of a trouble are"""
_FOOT = 14.0
"""millimetres at the lower edge that are left to the foot"""


def pdf_of(page: Page, fonts: tuple[FontFace, FontFace]) -> bytes:
    """Return the report as a PDF, set in a regular and a bold font."""
    return _Drawn(page, fonts).whole()


class _Drawn:
    def __init__(self, page: Page, fonts: tuple[FontFace, FontFace]) -> None:
        from fpdf import FPDF

        self._page = page
        self._pdf: FPDF = FPDF(format="A4")
        self._pdf.set_margins(_MARGIN, 12, _MARGIN)
        self._pdf.set_auto_page_break(False)
        self._pdf.c_margin = 0
        for style, face in zip(("", "B"), fonts, strict=True):
            self._pdf.add_font("cjk", style, str(face.path), collection_font_number=face.index)

    def whole(self) -> bytes:
        """Draw everything and return the file."""
        pdf, page = self._pdf, self._page
        pdf.set_title(f"{page.title} {page.day}")
        pdf.set_lang("zh-CN")
        pdf.add_page()
        self._head()
        self._table()
        (title, hours), *halves = page.charts
        below = self._chart(title, hours, _MARGIN, pdf.get_y() + 3)
        ends = [
            self._chart(name, drawing, x, below + 2)
            for (name, drawing), x in zip(halves, (_MARGIN, _MARGIN + _BESIDE), strict=True)
        ]
        pdf.set_y(max(ends) + 3)
        self._troubles()
        self._foot()
        return bytes(pdf.output())

    def _head(self) -> None:
        pdf, page = self._pdf, self._page
        self._set(18, Ink.TEXT, "B")
        pdf.cell(pdf.get_string_width(page.title) + 5, 9, page.title)
        self._set(12, Ink.NOW, "B")
        pdf.cell(0, 9.8, page.day, new_x="LMARGIN", new_y="NEXT")
        self._set(8.5, Ink.SOFT)
        pdf.cell(0, 5, page.made, new_x="LMARGIN", new_y="NEXT")
        self._heading(page.headline_title)

    def _table(self) -> None:
        widths = (62.0, 40.0, 40.0, 40.0)
        self._set(9, Ink.SOFT)
        self._row(self._page.columns, widths)
        for row in self._page.rows:
            self._set(10, Ink.TEXT)
            self._row(row, widths)

    def _row(self, cells: tuple[str, ...], widths: tuple[float, ...]) -> None:
        pdf = self._pdf
        for place, (cell, width) in enumerate(zip(cells, widths, strict=True)):
            if place == 1 and pdf.font_size_pt >= 10:
                pdf.set_font("cjk", "B", 10)
            pdf.cell(width, _ROW, cell, align="R" if place else "L")
            pdf.set_font("cjk", "", pdf.font_size_pt)
        pdf.ln(_ROW)
        self._line(_MARGIN, pdf.get_y(), _MARGIN + WIDE, pdf.get_y(), Ink.LINE.value, 0.15)

    def _chart(self, title: str, drawing: Drawing, x: float, y: float) -> float:
        """Draw a chart below its title and return where it ends."""
        self._set(9.5, Ink.TEXT, "B")
        self._pdf.set_xy(x, y)
        self._pdf.cell(drawing.width, 5, title)
        for shape in drawing.shapes:
            self._shape(shape, x, y + 6)
        return y + 6 + drawing.height

    def _shape(self, shape: Shape, x: float, y: float) -> None:
        pdf = self._pdf
        if isinstance(shape, Box):
            pdf.set_fill_color(*_rgb(shape.ink.value))
            pdf.rect(x + shape.x, y + shape.y, shape.width, shape.height, style="F")
        elif isinstance(shape, Stroke):
            pdf.set_draw_color(*_rgb(shape.ink.value))
            pdf.set_line_width(shape.width)
            pdf.polyline([(x + across, y + down) for across, down in shape.points])
        else:
            self._set(shape.size * _POINTS_A_MM, shape.ink)
            wide = pdf.get_string_width(shape.text)
            back = {Anchor.START: 0.0, Anchor.MIDDLE: wide / 2, Anchor.END: wide}[shape.anchor]
            pdf.text(x + shape.x - back, y + shape.y, shape.text)

    def _troubles(self) -> None:
        """Write what went wrong in two columns, each trouble into the shorter one."""
        pdf, page = self._pdf, self._page
        self._heading(page.troubles_title)
        if not page.troubles:
            self._set(10, Ink.TEXT)
            pdf.cell(0, 6, page.no_troubles, new_x="LMARGIN", new_y="NEXT")
            return
        ends = [pdf.get_y(), pdf.get_y()]
        for trouble in page.troubles:
            column = ends.index(min(ends))
            if ends[column] + self._height(trouble) > pdf.h - _FOOT:
                self._foot()
                pdf.add_page()
                ends, column = [pdf.t_margin, pdf.t_margin], 0
            ends[column] = self._trouble(trouble, _MARGIN + column * _BESIDE, ends[column])
        pdf.set_y(max(ends))

    def _height(self, trouble: Trouble) -> float:
        """Return how many millimetres a trouble takes."""
        self._set(9, Ink.TEXT)
        return _TITLE + sum(self._line_of(line, measured=True) for line in trouble.lines)

    def _line_of(self, line: str, measured: bool = False) -> Any:
        """Write a line of a trouble, broken where it must be; only return its height in millimetres when measured."""
        from fpdf.enums import MethodReturnValue, WrapMode

        how = {"dry_run": True, "output": MethodReturnValue.HEIGHT} if measured else {"new_x": "LEFT", "new_y": "NEXT"}
        return self._pdf.multi_cell(HALF, _LINE, f"· {line}", align="L", wrapmode=WrapMode.CHAR, **how)

    def _trouble(self, trouble: Trouble, x: float, y: float) -> float:
        pdf = self._pdf
        pdf.set_xy(x, y)
        pdf.set_text_color(*_rgb(_URGENT))
        pdf.set_font("cjk", "B", 9.5)
        pdf.cell(HALF, _TITLE, trouble.title, new_x="LEFT", new_y="NEXT")
        self._set(9, Ink.TEXT)
        for line in trouble.lines:
            pdf.set_x(x)
            self._line_of(line)
        return pdf.get_y() + 1.6

    def _heading(self, title: str) -> None:
        self._pdf.set_y(self._pdf.get_y() + 2)
        self._set(12, Ink.TEXT, "B")
        self._pdf.cell(0, 7, title, new_x="LMARGIN", new_y="NEXT")

    def _foot(self) -> None:
        pdf = self._pdf
        self._set(8, Ink.SOFT)
        pdf.set_xy(_MARGIN, pdf.h - 10)
        pdf.cell(0, 5, self._page.foot)

    def _set(self, points: float, ink: Ink, style: str = "") -> None:
        self._pdf.set_font("cjk", style, points)
        self._pdf.set_text_color(*_rgb(ink.value))

    def _line(self, x1: float, y1: float, x2: float, y2: float, ink: str, width: float) -> None:
        self._pdf.set_draw_color(*_rgb(ink))
        self._pdf.set_line_width(width)
        self._pdf.line(x1, y1, x2, y2)


def _rgb(ink: str) -> tuple[int, int, int]:
    return int(ink[1:3], 16), int(ink[3:5], 16), int(ink[5:7], 16)
