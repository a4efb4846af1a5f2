"""The routes of the audit trail: what an auditor reads, checks as a whole, and takes away."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator, Mapping
from typing import Any

from sanic import Blueprint, Request
from sanic.exceptions import InvalidUsage, SanicException
from sanic.response import HTTPResponse
from sanic.response import json as json_response

from actions.services import Services
from actions.texts import Texts
from assistant.staff.audit_actions import UNMASKING, AuditActions
from assistant.staff.audit_filters import NAMES, AuditFilter, BadFilter, audit_filter
from assistant.staff.audit_words import AuditWords
from assistant.staff.downloads import CSV_TYPE, csv_file, download
from assistant.staff.sessions import StaffSessions
from storage.audit import AuditCheck, AuditWanted
from storage.staff import StaffAccount, StaffRole

READERS = (StaffRole.AUDITOR,)
PAGE = 50
"""entries that are sent at once"""
MOST_EXPORTED = 50_000
MOST_FAULTS = 100
"""places that are told; a trail that holds nowhere has no more to say"""
TRAIL = "trail"
"""what looks at the trail are of"""
VERIFY = "verify-audit"
_COLUMNS = ("seq", "at", "who", "account", "group", "action", "subject", "details", "genuine")


class CheckRuns(SanicException):
    """The trail is being checked for somebody else."""

    status_code = 409


class AuditDesk:
    """Serve the auditor's page; each look, check and export is an entry of the trail itself."""

    def __init__(self, services: Services, sessions: StaffSessions) -> None:
        """Keep what the routes work with."""
        self._services = services
        self._sessions = sessions
        self._audit = sessions.audit
        self._actions = AuditActions.load(services.data / "audit_actions.yml")
        self._texts = Texts.load(services.data / "texts" / "audit.yml")
        self._words = AuditWords(services, self._actions, self._texts)
        self._checking = False

    def blueprint(self) -> Blueprint:
        """Return the routes, below /api/staff/audit."""
        routes = Blueprint("staff-audit", url_prefix="/api/staff/audit")
        only = self._sessions.only
        routes.add_route(only(READERS, self.look), "/", methods=["GET"])
        routes.add_route(only(READERS, self.choices), "/choices", methods=["GET"])
        routes.add_route(only(READERS, self.csv), "/csv", methods=["GET"])
        routes.add_route(only(READERS, self.verify), "/verification", methods=["POST"])
        return routes

    async def look(self, request: Request, account: StaffAccount) -> HTTPResponse:
        """Return a page of entries, newest first; `below` asks for those before an entry's number, without a count."""
        asked = self._filter(request)
        return json_response(await asyncio.to_thread(self._page, asked, account))

    async def choices(self, request: Request, account: StaffAccount) -> HTTPResponse:
        """Return what may be filtered by, and how the last check came out."""
        return json_response(await asyncio.to_thread(self._choices))

    async def csv(self, request: Request, account: StaffAccount) -> HTTPResponse:
        """Return everything that the filters let through, as CSV."""
        content = await asyncio.to_thread(self._exported, self._filter(request), account)
        name = self._texts("file_name", day=self._services.clock().date())
        return download(content, CSV_TYPE, f"{name}.csv")

    async def verify(self, request: Request, account: StaffAccount) -> None:
        """Check the whole trail; stream a line of JSON while it goes on, the last one with the outcome."""
        if self._checking:
            raise CheckRuns(self._texts("checking"))
        self._checking = True
        try:
            check = await asyncio.to_thread(self._audit.check)
            response = await request.respond(content_type="application/x-ndjson", headers={"Cache-Control": "no-store"})
            while not check.is_done:
                await asyncio.to_thread(check.step)
                await response.send(_line({"done": check.done, "of": check.length}))
            await response.send(_line(await asyncio.to_thread(self._outcome, check, account)))
            await response.eof()
        finally:
            self._checking = False

    def _page(self, asked: AuditFilter, account: StaffAccount) -> dict[str, Any]:
        found = self._audit.entries(limit=PAGE + 1, wanted=asked.wanted)
        below = asked.wanted.below
        count = self._audit.count(asked.wanted) if below is None else None
        self._looked("read-audit", account, asked, bool(found), below=below)
        accounts = self._accounts()
        return {
            "entries": [self._words.entry(one, accounts) for one in found[:PAGE]],
            "more": len(found) > PAGE,
            "count": count,
        }

    def _choices(self) -> dict[str, Any]:
        accounts = self._accounts()
        programs = [{"account": key, "name": name} for key, name in self._texts.below("actor_").items()]
        people = [{"account": one.name, "name": one.display_name} for one in accounts.values()]
        return {
            "people": [*people, *programs],
            "groups": [{"key": key, "label": label} for key, label in self._actions.groups.items()],
            "unmasking": UNMASKING,
            "last_check": self._last_check(accounts),
        }

    def _last_check(self, accounts: Mapping[str, StaffAccount]) -> dict[str, Any] | None:
        for entry in self._audit.entries(limit=1, wanted=AuditWanted(actions=[VERIFY])):
            name = self._words.actor(entry.actor, accounts)
            told = {key: entry.details.get(key, 0) for key in ("entries", "faults")}
            return {"at": entry.at.isoformat(), "name": name, **told}
        return None

    def _exported(self, asked: AuditFilter, account: StaffAccount) -> bytes:
        count = self._audit.count(asked.wanted)
        if count > MOST_EXPORTED:
            raise InvalidUsage(self._texts("too_many", count=count, most=MOST_EXPORTED))
        content = csv_file(self._rows(asked.wanted))
        self._looked("export-audit", account, asked, count > 0, entries=count)
        return content

    def _rows(self, wanted: AuditWanted) -> Iterator[list[str | int]]:
        accounts, zone = self._accounts(), self._services.clock().tzinfo
        yield [self._texts(f"column_{name}") for name in _COLUMNS]
        for entry in self._audit.every(wanted):
            told = self._words.entry(entry, accounts)
            subject = told["subject"]
            pairs = (self._texts("pair", **one) for one in told["details"])
            yield [
                entry.seq,
                f"{entry.at.astimezone(zone):%Y-%m-%d %H:%M:%S}",
                told["who"]["name"],
                entry.actor,
                self._actions.groups.get(told["action"]["group"], ""),
                told["action"]["label"],
                f"{subject['kind']} {subject['name']}" if subject else "",
                self._texts("and").join(pairs),
                self._texts("genuine" if entry.is_genuine else "not_genuine"),
            ]

    def _outcome(self, check: AuditCheck, account: StaffAccount) -> dict[str, Any]:
        faults = check.finish()
        self._audit.append(account.name, VERIFY, TRAIL, {"entries": check.length, "faults": len(faults)})
        return {
            "checked": check.length,
            "at": self._services.database.now().isoformat(),
            "faults": [self._words.fault(one) for one in faults[:MOST_FAULTS]],
            "fault_count": len(faults),
            "doubtful_from": faults[0].seq if faults else None,
            "anchored_since": check.anchored.since if check.anchored else None,
        }

    def _looked(self, action: str, account: StaffAccount, asked: AuditFilter, found: bool, **told: Any) -> None:
        """Keep who looked for what; what was typed and found nothing is no name of the trail's, and is not kept."""
        kept = asked.asked if found else {}
        self._audit.append(account.name, action, TRAIL, {**kept, **told})

    def _filter(self, request: Request) -> AuditFilter:
        asked = {name: request.args.get(name, "") for name in (*NAMES, "below")}
        try:
            return audit_filter(asked, self._actions, self._services.clock().tzinfo)
        except BadFilter as error:
            raise InvalidUsage(self._texts(error.key)) from error

    def _accounts(self) -> Mapping[str, StaffAccount]:
        return {one.id: one for one in self._sessions.staff.accounts()}


def _line(told: Mapping[str, Any]) -> str:
    return json.dumps(told, ensure_ascii=False) + "\n"
