"""The report in words and charts, as both of its forms show it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from actions.texts import Texts
from assistant.report.daily import DailyReport, Trouble
from assistant.report.drawing import Drawing, bars, columns
from assistant.staff.figures.headline import Kind

WIDE, HALF = 182.0, 88.0
"""millimetres: the page's width between its margins, and what two charts beside each other have"""
HIGH = 44.0
MOST_ANSWERS = 6


@dataclass(frozen=True)
class Page:
    """What stands on the page, top to bottom."""

    title: str
    day: str
    made: str
    headline_title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    charts: tuple[tuple[str, Drawing], ...]
    """title and drawing: the hours over the page's width, then two beside each other"""
    troubles_title: str
    troubles: tuple[Trouble, ...]
    no_troubles: str
    foot: str


def page_of(report: DailyReport, texts: Texts, labels: Texts) -> Page:
    """Put a report into words; `labels` are those of data/texts/figures.yml."""
    return Page(
        title=texts("title"),
        day=_day(report.day, texts),
        made=_made(report, texts),
        headline_title=texts("headline"),
        columns=tuple(texts(f"column_{name}") for name in ("measure", "day", "day_before", "week_before")),
        rows=tuple(
            (labels(f"headline_{one.key}"), *(written(one.kind, value, texts) for value in (one.value, *one.before)))
            for one in report.headline
        ),
        charts=_charts(report, texts),
        troubles_title=texts("troubles"),
        troubles=report.troubles,
        no_troubles=texts("no_troubles"),
        foot=texts("foot"),
    )


def written(kind: Kind, value: float | None, texts: Texts) -> str:
    """Return a value as it is read."""
    if value is None:
        return texts("none")
    if kind is Kind.SHARE:
        return f"{value:.1%}"
    if kind is not Kind.SECONDS:
        return f"{value:,.0f}"
    whole = round(value)
    if whole < 60:
        return texts("seconds", seconds=whole)
    if whole < 3600:
        return texts("minutes", minutes=whole // 60, seconds=whole % 60)
    return texts("hours", hours=whole // 3600, minutes=whole % 3600 // 60)


def _charts(report: DailyReport, texts: Texts) -> tuple[tuple[str, Drawing], ...]:
    hours_title = texts("hours_chart")
    days_title = texts("days_chart", days=len(report.days))
    answers_title = texts("answers_chart")
    hours = [f"{hour}" for hour in range(24)]
    days = [texts("short_day", month=day.month, day=day.day) for day, _ in report.days]
    conversations = [count for _, count in report.days]
    answers = report.answers[:MOST_ANSWERS] or ((texts("none"), 0),)
    legend = texts("hours_now"), texts("hours_before")
    told = _told(hours_title, hours, report.hours)
    return (
        (
            hours_title,
            columns(hours, report.hours, WIDE, HIGH, told, report.hours_week_before, legend),
        ),
        (
            days_title,
            columns(days, conversations, HALF, HIGH, _told(days_title, days, conversations), highlight=len(days) - 1),
        ),
        (
            answers_title,
            bars(answers, HALF, _told(answers_title, [name for name, _ in answers], [count for _, count in answers])),
        ),
    )


def _told(title: str, labels: Sequence[str], values: Sequence[int]) -> str:
    return f"{title}: " + ", ".join(f"{label} {value}" for label, value in zip(labels, values, strict=True))


def _day(day: date, texts: Texts) -> str:
    return texts("day", year=day.year, month=day.month, day=day.day, weekday=texts(f"weekday_{day.weekday()}"))


def _made(report: DailyReport, texts: Texts) -> str:
    at = f"{report.made_at:%Y-%m-%d %H:%M}"
    if report.until_hour is None:
        return texts("made", at=at)
    return texts("made_running", at=at, hour=report.until_hour)
