"""The report in the terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table as RichTable

from assistant.evaluation.estimates import shown, written
from assistant.evaluation.report import Failures, Report, Section, Table

_WIDTH = 160
HEADLINES = ("section", "figure", "measured", "95 % interval", "of", "last run", "change")


def print_report(report: Report, console: Console | None = None) -> None:
    """Print the headline figures of each part, then every breakdown, then what fails."""
    console = console or Console(width=_WIDTH)
    for part in report.parts:
        _print_table(console, part_title(part), Table("", HEADLINES, headlines(report, part)))
    for section in report.sections:
        for table in section.tables:
            _print_table(console, f"{section.title} ({section.part}): {table.title}", table)
    for section in report.sections:
        _print_failures(section, console)


def part_title(part: str) -> str:
    """Name a part as a heading does."""
    return {"training": "Training examples"}.get(part, f"{part.capitalize()} part")


def headlines(report: Report, part: str) -> tuple[tuple[str, ...], ...]:
    """Return the cells of a part's headline figures, one row a figure."""
    rows = []
    for section in report.of_part(part):
        for figure in section.figures:
            now, last = figure.estimate, report.last_value(section, figure)
            rows.append(
                (
                    section.name,
                    figure.name,
                    str(now),
                    now.interval,
                    "" if now.count is None else str(now.count),
                    "" if last is None else written(last, now.unit),
                    "" if last is None else change(now.value - last, written(now.value - last, now.unit)),
                )
            )
    return tuple(rows)


def change(difference: float, text: str) -> str:
    """Write a difference with its sign, and one too small to be seen as nothing."""
    if not any(digit in text for digit in "123456789"):
        return "="
    return f"+{text}" if difference > 0 else text


def _print_table(console: Console, title: str, table: Table) -> None:
    drawn = RichTable(*table.columns)
    for row in table.rows:
        drawn.add_row(*map(shown, row))
    console.print(f"\n[bold]{title}[/]", drawn)


def _print_failures(section: Section, console: Console) -> None:
    failures = section.failures
    if not failures.counts and not failures.recovered:
        return
    console.print(f"\n[bold]{section.title} ({section.part}): what fails[/]")
    _print_lines(console, [f"{reason}: {times}" for reason, times in failures.counts.items()])
    if failures.hidden:
        return
    console.print(summary(failures))
    _print_lines(
        console,
        [f"{one.key} | {', '.join(one.reasons)} | expected {one.expected} | got {one.got}" for one in failures.new],
    )
    _print_lines(console, [f"passes now: {key}" for key in failures.recovered])


def summary(failures: Failures) -> str:
    """Tell how many failures are new, known and mended."""
    return f"{len(failures.new)} new, {len(failures.known)} known, {len(failures.recovered)} known that pass now"


def _print_lines(console: Console, lines: Sequence[str]) -> None:
    for line in lines:
        console.print("  " + line, markup=False, highlight=False)
