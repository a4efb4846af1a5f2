"""Draw a one-time notice (一次性告知单) as PDF: `python -m actions.papers.checklist_page`."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence

from actions.papers.checklist import Checklist
from actions.papers.drawing import ACCENT, PALE, Paper, described, drawn_apart
from actions.texts import Texts

_COLUMNS = (14, 56, 28, 24, 52)
"""millimetres"""


def pdf_of(checklist: Checklist, texts: Texts, materials: str) -> bytes:
    """Return a notice as PDF; `materials` heads their table. Raise PaperNotDrawn or NoChineseFont."""
    words = {**texts.below(), "materials": materials}
    return drawn_apart(__name__, {"checklist": checklist.as_mapping(), "words": words})


def draw(fonts: Sequence[tuple[str, int]], checklist: Checklist, words: Mapping[str, str]) -> bytes:
    """Draw a notice here and return the PDF."""
    subtitle = words["subtitle"].format(name=checklist.item_name)
    paper = Paper(fonts, f"{words['title']}{subtitle}", checklist.notice[-1], words["page"])
    paper.text(words["title"], 20, "B", gap=1)
    paper.text(subtitle, 14, "B", ACCENT, 1.5)
    paper.rule(3)
    told = (("department", checklist.department), ("case", checklist.case))
    who = (("holder", checklist.holder), ("issued", checklist.made))
    paper.pairs([(words[key], value) for key, value in (*told, *who) if value])
    _materials(paper, checklist, words)
    paper.rule(4)
    for section in checklist.sections:
        paper.part(section.label, section.lines)
    paper.rule(6)
    paper.part(words["missing"], checklist.missing)
    paper.rule(6)
    for line in (words["sources"], *checklist.sources, *checklist.notice[:-1]):
        paper.text(line, 8.5, colour=PALE, gap=0.4)
    return paper.output()


def _materials(paper: Paper, checklist: Checklist, words: Mapping[str, str]) -> None:
    if not checklist.materials and not checklist.materials_note:
        return
    paper.heading(words["materials"], keep=40)
    if not checklist.materials:
        paper.text(checklist.materials_note)
        return
    head = [words[f"column_{name}"] for name in ("number", "material", "form", "medium", "note")]
    rows = [
        (f"{words['check_box']} {number}", row.name, row.form, row.medium, row.note)
        for number, row in enumerate(checklist.materials, start=1)
    ]
    paper.table(head, rows, _COLUMNS)


if __name__ == "__main__":
    given = described(sys.stdin.buffer.read())
    sys.stdout.buffer.write(draw(given["fonts"], Checklist.from_mapping(given["checklist"]), given["words"]))
