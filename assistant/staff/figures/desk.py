"""The routes of the supervisor's figures: the page's own, what was not answered, and the exports."""

from __future__ import annotations

import asyncio
from typing import Any

from sanic import Blueprint, Request
from sanic.exceptions import InvalidUsage
from sanic.response import HTTPResponse
from sanic.response import json as json_response

from actions.services import Services
from assistant.editor.gap_list import GapList
from assistant.staff.downloads import CSV_TYPE, download
from assistant.staff.figures.exports import XLSX_TYPE, csv_of, xlsx_of
from assistant.staff.figures.headline import headline
from assistant.staff.figures.labels import Labels
from assistant.staff.figures.periods import DAY, BadPeriod, Period, period_named
from assistant.staff.figures.reader import FiguresReader
from assistant.staff.figures.rules import FigureRules
from assistant.staff.figures.tables import Tables
from assistant.staff.figures.view import figures_view
from assistant.staff.sessions import StaffSessions
from storage.staff import StaffAccount, StaffRole

READERS = (StaffRole.SUPERVISOR, StaffRole.AUDITOR)
EXPORTERS = (StaffRole.SUPERVISOR,)


class FiguresDesk:
    """Serve the figures; they name no citizen. What was not answered are citizens' words: each look is audited."""

    def __init__(self, services: Services, gaps: GapList, sessions: StaffSessions) -> None:
        """Keep what the routes work with."""
        self._rules = FigureRules.load(services.data / "figures.yml")
        self._reader = FiguresReader.of(services, self._rules)
        self._labels = Labels.load(services)
        self._clock = services.clock
        self._gaps = gaps
        self._sessions = sessions

    def blueprint(self) -> Blueprint:
        """Return the routes, below /api/staff/figures."""
        routes = Blueprint("staff-figures", url_prefix="/api/staff/figures")
        only = self._sessions.only
        routes.add_route(only(READERS, self.look), "/", methods=["GET"])
        routes.add_route(only(READERS, self.unanswered), "/unanswered", methods=["GET"])
        routes.add_route(only(EXPORTERS, self.workbook), "/workbook", methods=["GET"])
        routes.add_route(only(EXPORTERS, self.csv), "/csv/<theme:str>", methods=["GET"])
        return routes

    async def look(self, request: Request, account: StaffAccount) -> HTTPResponse:
        """Return the figures of a period beside those of the period before."""
        return json_response(await asyncio.to_thread(self._view, self._period(request)))

    async def unanswered(self, request: Request, account: StaffAccount) -> HTTPResponse:
        """Return what was asked most in the period and not answered; of a long one its last days are read."""
        period = self._period(request)
        since = max(period.since, period.until - DAY * self._rules.unanswered_days)
        self._sessions.audit.append(account.name, "read-gaps", "gaps")
        report = await asyncio.to_thread(self._gaps.look, since, period.until)
        return json_response(
            {
                "since": since.date().isoformat(),
                "withheld": report.withheld,
                "gaps": [
                    {"title": one.gap.examples[0], "count": one.gap.count, "conversations": one.gap.conversations}
                    for one in report.gaps[: self._rules.unanswered_top]
                ],
            }
        )

    async def workbook(self, request: Request, account: StaffAccount) -> HTTPResponse:
        """Return every table of a period as a workbook."""
        period = self._period(request)
        tables = await asyncio.to_thread(self._tables, period)
        content = await asyncio.to_thread(xlsx_of, tables.all())
        self._exported(account, period, "xlsx")
        name = self._labels.texts("file_name", first=period.days[0], last=period.days[-1])
        return download(content, XLSX_TYPE, f"{name}.xlsx")

    async def csv(self, request: Request, account: StaffAccount, theme: str) -> HTTPResponse:
        """Return one table of a period as CSV."""
        period = self._period(request)
        tables = await asyncio.to_thread(self._tables, period)
        table = next((one for one in tables.all() if one.key == theme), None)
        if table is None:
            raise InvalidUsage(self._labels.texts("theme_unknown"))
        self._exported(account, period, f"csv {theme}")
        first, last = period.days[0], period.days[-1]
        name = self._labels.texts("csv_name", theme=table.title, first=first, last=last)
        return download(csv_of(table), CSV_TYPE, f"{name}.csv")

    def _view(self, period: Period) -> dict[str, Any]:
        found, before = self._reader.read(period), self._reader.read(period.before)
        return figures_view(found, before, headline(found, [before], self._rules), self._labels, self._rules)

    def _tables(self, period: Period) -> Tables:
        found, before = self._reader.read(period), self._reader.read(period.before)
        return Tables(found, before, headline(found, [before], self._rules), self._labels)

    def _period(self, request: Request) -> Period:
        named = {name: request.args.get(name, "") for name in ("period", "first", "last")}
        try:
            return period_named(named["period"], named["first"], named["last"], self._clock())
        except BadPeriod as error:
            raise InvalidUsage(self._labels.texts(error.key)) from error

    def _exported(self, account: StaffAccount, period: Period, form: str) -> None:
        told = {"first": period.days[0].isoformat(), "last": period.days[-1].isoformat(), "form": form}
        self._sessions.audit.append(account.name, "export-figures", "figures", told)
