"""Draw a certificate as PDF, with a verification code."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from actions.connectors.fonts import FontFace, chinese_fonts
from storage.applications import Application

if TYPE_CHECKING:
    from fpdf import FPDF

CODE_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""without letters and digits that are taken for one another"""
CODE_LENGTH, CODE_GROUP = 16, 4

_WIDTH, _HEIGHT, _MARGIN = 210.0, 297.0, 28.0  # A4, in millimetres
_INK, _PALE, _ACCENT = (28, 32, 38), (110, 116, 124), (158, 42, 43)


class NoCertificate(Exception):
    """No certificate is described for this item."""


@dataclass(frozen=True)
class Certificate:
    name: str
    content: bytes
    verification_code: str


class CertificateIssuer:
    """Draws what `data/texts/certificates.yml` describes."""

    def __init__(
        self, texts: Mapping[str, Any], fonts: Callable[[], tuple[FontFace, FontFace]] = chinese_fonts
    ) -> None:
        self._texts = texts
        self._fonts = fonts

    @classmethod
    def load(cls, path: Path) -> CertificateIssuer:
        """Read the descriptions from a YAML file."""
        return cls(yaml.safe_load(path.read_text("utf-8")))

    def issue(self, application: Application, today: date) -> Certificate:
        """Draw the certificate of an application; raise NoCertificate or NoChineseFont."""
        texts = self._texts.get(application.item_id)
        if texts is None:
            raise NoCertificate(f"No certificate is described for {application.item_id}.")
        code = new_code()
        values = {
            **application.fields,
            "date": self._day(today),
            "birth_date": self._birth(str(application.fields.get("id_number", ""))),
        }
        page = _Page(self._fonts(), self._texts["common"], application.receipt_number or "", code)
        content = page.draw(
            title=texts["title"],
            rows=[(label, value.format(**values)) for label, value in texts["rows"]],
            body=[*(sentence.format(**values) for sentence in texts["body"]), texts["closing"]],
            signature=[texts["authority"], values["date"]],
        )
        return Certificate(texts["file_name"], content, code)

    def _day(self, day: date) -> str:
        return str(self._texts["common"]["date"].format(year=day.year, month=day.month, day=day.day))

    def _birth(self, id_number: str) -> str:
        """Return the date of birth that an ID number carries (GB 11643, digits 7 to 14)."""
        return self._day(date(int(id_number[6:10]), int(id_number[10:12]), int(id_number[12:14])))


def new_code() -> str:
    """Make a verification code: 80 random bits in four groups of four."""
    letters = "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))
    return "-".join(letters[start : start + CODE_GROUP] for start in range(0, CODE_LENGTH, CODE_GROUP))


def normal_code(text: str) -> str | None:
    """Return a code as it is printed, from what somebody typed; None when it can be none."""
    letters = "".join(character for character in text.upper() if character in CODE_LETTERS)
    if len(letters) != CODE_LENGTH:
        return None
    return "-".join(letters[start : start + CODE_GROUP] for start in range(0, CODE_LENGTH, CODE_GROUP))


class _Page:
    """One A4 page."""

    def __init__(
        self, fonts: tuple[FontFace, FontFace], common: Mapping[str, str], receipt_number: str, code: str
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
        for style, face in zip(("", "B"), fonts, strict=True):
            self._pdf.add_font("cjk", style, str(face.path), collection_font_number=face.index)

    def draw(self, title: str, rows: Sequence[tuple[str, str]], body: Sequence[str], signature: Sequence[str]) -> bytes:
        pdf = self._pdf
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
        pdf = self._pdf
        pdf.set_y(76)
        pdf.set_line_width(0.15)
        pdf.set_draw_color(205, 208, 212)
        for label, value in rows:
            pdf.set_x(_MARGIN)
            pdf.set_font("cjk", "", 11)
            pdf.set_text_color(*_PALE)
            pdf.cell(42, 11, label)
            pdf.set_font("cjk", "", 12.5)
            pdf.set_text_color(*_INK)
            pdf.cell(0, 11, value, new_x="LMARGIN", new_y="NEXT")
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
