"""`wenban report daily`: read a day, write the report."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Collection
from datetime import date
from enum import Enum
from pathlib import Path

from actions.clock import BadDate
from actions.connectors.fonts import chinese_fonts
from actions.services import Services
from assistant.editor.gap_list import GapList, GapReport
from assistant.progress import progress
from assistant.report.daily import DailyReports
from assistant.report.html import html_of
from assistant.report.pdf import pdf_of
from assistant.report.wording import page_of
from assistant.settings import Settings
from assistant.staff.accounts import ACTOR, open_audit
from assistant.staff.figures.periods import DAY, BadPeriod, Period
from knowledge_base.index_files import IndexUnusable


class DayToCome(ValueError):
    """A report is of a day that has begun: name today or an earlier one."""


class Form(str, Enum):
    HTML = "html"
    PDF = "pdf"


def write_daily_report(settings: Settings, day: str | None, folder: Path, forms: Collection[Form]) -> list[Path]:
    """Write the report of a day, yesterday unless told, in each form, whole or not at all; return the files.

    They are readable by their owner alone, for they quote citizens, personal data masked. Writing one is audited.

    Raises:
        BadDate: `day` is no ISO date.
        DayToCome: it lies in the future.
        NoChineseFont: a PDF was asked for, and there is no font for it.
    """
    wanted = _day(day) if day else settings.clock().date() - DAY
    fonts = chinese_fonts() if Form.PDF in forms else None
    with progress(f"Report of {wanted}") as report:
        report("opening the storage", 0.0)
        services = Services.open(
            settings.data, settings.var, settings.database_url, settings.clock, settings.knowledge, departments=False
        )
        reports = DailyReports(services)
        try:
            period = reports.period(wanted)
        except BadPeriod as error:
            raise DayToCome(DayToCome.__doc__) from error
        report("looking for what was not answered", 0.1)
        gaps = _gaps(settings, services, period)
        open_audit(settings, services.database).append(ACTOR, "daily-report", str(wanted))
        report("counting", 0.7)
        page = page_of(reports.of(wanted, gaps), reports.texts, reports.labels)
        report("writing", 0.9)
        files = []
        for form in sorted(forms):
            content = html_of(page).encode() if form is Form.HTML else pdf_of(page, fonts or chinese_fonts())
            files.append(_written(folder / f"wenban-{wanted}.{form.value}", content))
    return files


def _gaps(settings: Settings, services: Services, period: Period) -> GapReport | str:
    """Return what was not answered; where there is no index to gather it with, why: the rest is worth having."""
    try:
        return GapList.open(settings, services.database).look(period.since, period.until)
    except IndexUnusable as error:
        return str(error)


def _day(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise BadDate(f"{written!r} is no date; write 2026-11-23.") from None


def _written(file: Path, content: bytes) -> Path:
    """Write a file beside its place and put it there."""
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, beside = tempfile.mkstemp(prefix=".", suffix=file.suffix, dir=file.parent)
    try:
        with os.fdopen(handle, "wb") as written:
            written.write(content)
        os.replace(beside, file)
    finally:
        Path(beside).unlink(missing_ok=True)
    return file
