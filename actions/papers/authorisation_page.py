"""Draw the form of an authorisation (授权委托书): `python -m actions.papers.authorisation_page`.

Persons, signatures and dates are left blank, to be written by hand: Civil Code of China, article 165, names what must
stand in it (the agent, the matter, the powers, the period, the principal's signature).
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from typing import Any

from actions.papers.drawing import INK, LINE, MARGIN, WIDTH, Paper, described, drawn_apart
from actions.texts import Texts

_PERSON = ("full_name", "id_number", "phone")
_INDENT = "\u3000\u3000"  # two ideographic spaces begin a Chinese paragraph


def form_of(item: str, department: str, texts: Texts) -> bytes:
    """Return the form for an item as PDF; raise PaperNotDrawn or NoChineseFont."""
    words = texts.below("authorisation_")
    body = list(texts.below("authorisation_body_").values())
    return drawn_apart(__name__, {"item": item, "department": department, "words": words, "body": body})


def draw(
    fonts: Sequence[tuple[str, int]], item: str, department: str, words: Mapping[str, str], body: Sequence[str]
) -> bytes:
    """Draw the form here and return the PDF."""
    paper = Paper(fonts, f"{words['title']} {item}", words["notice"])
    pdf = paper.pdf
    pdf.set_y(26)
    pdf.set_font("cjk", "B", 22)
    pdf.set_text_color(*INK)
    pdf.cell(0, 12, words["title"], align="C", new_x="LMARGIN", new_y="NEXT")
    pdf.set_y(pdf.get_y() + 6)
    for person, more in (("principal", ()), ("agent", ("relation",))):
        paper.heading(words[person])
        _blanks(paper, [words[key] for key in (*_PERSON, *more)])
    paper.heading(words["item"])
    paper.text(words["item_line"].format(item=item, department=department), 11.5, gap=3)
    for sentence in body:
        paper.text(_INDENT + sentence.format(name=item), 11.5, gap=2)
    pdf.set_y(pdf.get_y() + 10)
    _signatures(paper, [words["signature"], words["agent_signature"]], words["day"])
    return paper.output()


def _blanks(paper: Paper, labels: Sequence[str]) -> None:
    """Draw a line to write on behind each label."""
    pdf = paper.pdf
    for label in labels:
        pdf.set_font("cjk", "", 11.5)
        pdf.set_text_color(*INK)
        pdf.cell(36, 10, label)
        pdf.set_draw_color(*LINE)
        pdf.set_line_width(0.25)
        pdf.line(MARGIN + 38, pdf.get_y() + 8.5, WIDTH - MARGIN, pdf.get_y() + 8.5)
        pdf.ln(10)


def _signatures(paper: Paper, labels: Sequence[str], day: str) -> None:
    """Leave room to sign, side by side."""
    pdf, half = paper.pdf, (WIDTH - 2 * MARGIN) / len(labels)
    pdf.set_font("cjk", "", 11.5)
    for label in labels:
        pdf.cell(half, 8, label)
    pdf.ln(24)
    for _ in labels:
        pdf.cell(half, 8, day)


if __name__ == "__main__":
    given: dict[str, Any] = described(sys.stdin.buffer.read())
    sys.stdout.buffer.write(draw(**given))
