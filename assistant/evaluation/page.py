"""The report as one HTML page that needs no other file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from pathlib import Path

from assistant.evaluation.estimates import Cell, shown
from assistant.evaluation.plots import draw
from assistant.evaluation.report import Failure, Failures, Report, Section
from assistant.evaluation.tables import HEADLINES, headlines, part_title, summary

PAGE = "index.html"
_STYLE = """
:root { color-scheme: light; --line: #dee2e6; --soft: #495057; }
body { font: 15px/1.5 system-ui, "Noto Sans CJK SC", sans-serif; margin: 2rem auto; max-width: 72rem; padding: 0 1rem; }
h2 { border-bottom: 2px solid; margin-top: 3rem; }
table { border-collapse: collapse; margin: 1rem 0; }
caption { text-align: left; font-weight: 600; }
th, td { border-bottom: 1px solid var(--line); padding: .2rem .8rem .2rem 0; text-align: left; vertical-align: top; }
.note, nav { color: var(--soft); }
.table { overflow-x: auto; }
figure { display: inline-block; margin: 1rem 1rem 0 0; }
svg { max-width: 100%; height: auto; }
"""


def write_page(report: Report, out: Path) -> Path:
    """Write the page into a folder and return its path."""
    path = out / PAGE
    path.write_text("\n".join(_page(report)), encoding="utf-8")
    return path


def _page(report: Report) -> Iterator[str]:
    yield "<!doctype html>"
    yield f'<html lang="en"><head><meta charset="utf-8"><title>Wenban: evaluation</title><style>{_STYLE}</style></head>'
    yield f"<body><h1>Wenban: evaluation</h1><p>{escape(report.made_at)}</p>"
    yield _table("Measured with", (), report.facts.items())
    yield "<nav>" + " · ".join(f'<a href="#{part}">{escape(part_title(part))}</a>' for part in report.parts) + "</nav>"
    for part in report.parts:
        yield f'<h2 id="{part}">{escape(part_title(part))}</h2>'
        yield _table("Headline figures", HEADLINES, headlines(report, part))
        for section in report.of_part(part):
            yield from _section(section)
    yield "</body></html>"


def _section(section: Section) -> Iterator[str]:
    failures = section.failures
    if not (section.tables or section.charts or section.notes or failures.counts or failures.recovered):
        return
    yield f'<section id="{section.part}-{section.name}"><h3>{escape(section.title)}</h3>'
    for note in section.notes:
        yield f'<p class="note">{escape(note)}</p>'
    for table in section.tables:
        yield _table(table.title, table.columns, table.rows)
    for chart in section.charts:
        yield f'<figure role="img" aria-label="{escape(chart.title)}">{draw(chart)}</figure>'
    yield from _failures(failures)
    yield "</section>"


def _failures(failures: Failures) -> Iterator[str]:
    if failures.counts:
        yield _table("What fails", ("reason", "times"), failures.counts.items())
    if failures.hidden:
        yield '<p class="note">This part is locked: its failures are counted, not shown.</p>'
        return
    if failures.counts or failures.recovered:
        yield f"<p>{escape(summary(failures))}.</p>"
    yield from _listed("New failures", failures.new, is_open=True)
    yield from _listed("Known failures", failures.known, is_open=False)
    if failures.recovered:
        yield _table("Known failures that pass now", ("",), ((key,) for key in failures.recovered))


def _listed(title: str, failures: Sequence[Failure], is_open: bool) -> Iterator[str]:
    if failures:
        rows = ((one.key, one.text, ", ".join(one.reasons), one.expected, one.got) for one in failures)
        is_named = any(one.key != one.text for one in failures)
        columns = ("turn", "said", "why it counts", "expected", "got")
        shown_rows = rows if is_named else (row[1:] for row in rows)
        yield f"<details{' open' if is_open else ''}><summary>{escape(title)}: {len(failures)}</summary>"
        yield _table("", columns if is_named else columns[1:], shown_rows)
        yield "</details>"


def _table(title: str, columns: Sequence[str], rows: Iterable[Iterable[Cell]]) -> str:
    head = "".join(f"<th>{escape(column)}</th>" for column in columns)
    body = "".join("<tr>" + "".join(f"<td>{escape(shown(cell))}</td>" for cell in row) + "</tr>" for row in rows)
    caption = f"<caption>{escape(title)}</caption>" if title else ""
    return f'<div class="table"><table>{caption}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'
