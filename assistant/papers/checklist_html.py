"""A one-time notice (一次性告知单) as a page to be printed, on A4 or on a roll of 80 mm."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from html import escape

from actions.papers.checklist import Checklist, MaterialRow

PAPERS = ("a4", "roll")
"""the kinds of paper, the first unless told; the class of the page's body"""
_STYLES, _SCRIPT = ("/web/tokens.css", "/web/base.css", "/web/papers/checklist.css"), "/web/papers/print.js"


def page_of(checklist: Checklist, words: Mapping[str, str], materials: str, paper: str) -> str:
    """Return the page; `words` are the texts of the notice, `materials` heads their list, `paper` is one of PAPERS."""
    return "\n".join(_page(checklist, words, materials, paper))


def _page(checklist: Checklist, words: Mapping[str, str], materials: str, paper: str) -> Iterator[str]:
    title = escape(f"{words['title']} {checklist.item_name}")
    yield '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{title}</title>"
    yield from (f'<link rel="stylesheet" href="{style}">' for style in _STYLES)
    yield f'<script type="module" src="{_SCRIPT}"></script></head><body class="{paper}">'
    yield from _tools(words, paper)
    yield f'<main><h1>{escape(words["title"])}</h1><p class="item">{escape(checklist.item_name)}</p>'
    told = (("department", checklist.department), ("case", checklist.case))
    who = (("holder", checklist.holder), ("issued", checklist.made))
    yield "<dl>" + "".join(_pair(words[key], [value]) for key, value in (*told, *who) if value) + "</dl>"
    if checklist.materials or checklist.materials_note:
        yield f"<section><h2>{escape(materials)}</h2>"
        yield from _materials(checklist.materials, words) if checklist.materials else [_line(checklist.materials_note)]
        yield "</section>"
    yield '<dl class="parts">' + "".join(_pair(one.label, one.lines) for one in checklist.sections) + "</dl>"
    yield f'<dl class="parts missing">{_pair(words["missing"], checklist.missing)}</dl>'
    sources = (words["sources"], *checklist.sources, *checklist.notice)
    yield '<footer class="sources">' + "".join(map(_line, sources)) + "</footer></main></body></html>"


def _tools(words: Mapping[str, str], paper: str) -> Iterator[str]:
    """Yield what is on the screen alone: which paper, and the button that prints."""
    yield f'<nav class="tools"><fieldset><legend>{escape(words["print_paper"])}</legend>'
    for kind in PAPERS:
        chosen = " checked" if kind == paper else ""
        label = escape(words[f"print_{kind}"])
        yield f'<label><input type="radio" name="paper" value="{kind}"{chosen}> {label}</label>'
    yield f'</fieldset><button class="button primary" type="button" id="print">{escape(words["print"])}</button></nav>'


def _materials(rows: Iterable[MaterialRow], words: Mapping[str, str]) -> Iterator[str]:
    """Yield the table; on a roll each row becomes a few lines, so every cell says what it is."""
    names = ("number", "material", "form", "medium", "note")
    heads = {name: escape(words[f"column_{name}"]) for name in names}
    yield "<table><thead><tr>" + "".join(f'<th scope="col">{head}</th>' for head in heads.values()) + "</tr></thead>"
    yield "<tbody>"
    for number, row in enumerate(rows, start=1):
        cells = {"number": f"{words['check_box']} {number}", "material": row.name, "form": row.form}
        cells |= {"medium": row.medium, "note": row.note}
        yield (
            "<tr>"
            + "".join(
                f'<td class="{name}" data-label="{heads[name]}">{escape(value)}</td>' for name, value in cells.items()
            )
            + "</tr>"
        )
    yield "</tbody></table>"


def _pair(label: str, lines: Iterable[str]) -> str:
    return f"<div><dt>{escape(label)}</dt><dd>{''.join(map(_line, lines))}</dd></div>"


def _line(text: str) -> str:
    return f"<p>{escape(text)}</p>"
