"""Which days, windows and seats there are to book: read from `data/appointments.yml`."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match

from actions.working_calendar import BadHolidays, WorkingCalendar

FILE = "appointments.yml"
SCHEMA = Path("schemas") / "appointments.schema.json"
FROM_TABLE = "appointments"
"""what a choice has for `options` when they are those of the table"""


class BadSlotTable(ValueError):
    """A timetable, or a flow's use of one, that cannot be; the message names it."""


@dataclass(frozen=True)
class Window:
    value: str
    part: str
    """of the day"""
    capacity: int
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class BookablePlace:
    value: str
    words: tuple[str, ...] = ()
    capacity: int | None = None
    """of each window; None for the window's own"""


@dataclass(frozen=True)
class SlotTable:
    """One timetable: what is offered, not what is taken."""

    name: str
    nearest: int
    """days from today"""
    farthest: int
    weekdays: frozenset[int]
    worked_weekends: bool
    parts: Mapping[str, tuple[str, ...]]
    windows: Mapping[str, Window]
    places: Mapping[str, BookablePlace]
    calendar: WorkingCalendar = field(compare=False)

    def days(self, today: date) -> tuple[date, ...]:
        """Return the days that may be booked, public holidays left out."""
        ahead = (today + timedelta(days=number) for number in range(self.nearest, self.farthest + 1))
        return tuple(day for day in ahead if self._is_open(day))

    def capacity(self, place: str, window: str) -> int:
        """Return how many seats a window has at a place; raise KeyError for one that there is not."""
        return self.places[place].capacity or self.windows[window].capacity

    def _is_open(self, day: date) -> bool:
        worked = self.worked_weekends and self.calendar.is_worked_weekend(day)
        return self.calendar.holiday(day) is None and (worked or day.isoweekday() in self.weekdays)


@dataclass(frozen=True)
class AppointmentRule:
    """Which fields of a flow say the appointment that is booked when it is submitted."""

    table: SlotTable
    place: str
    day: str
    window: str
    matter: str | None = None

    def outdated(self, before: Mapping[str, str], values: Mapping[str, str]) -> frozenset[str]:
        """Return the fields that lose their value: the window, when place or day becomes another without it."""
        moved = any(
            name in values and before.get(name, values[name]) != values[name] for name in (self.place, self.day)
        )
        return frozenset({self.window}) if moved and self.window not in values else frozenset()


def slot_tables(data: Path) -> dict[str, SlotTable]:
    """Read the timetables of a data folder by name, none where there is no file; raise BadSlotTable."""
    path = data / FILE
    if not path.is_file():
        return {}
    try:
        raw = yaml.safe_load(path.read_text("utf-8")) or {}
    except yaml.YAMLError as error:
        raise BadSlotTable(f"{FILE}: this is no YAML: {error}") from error
    fault = best_match(Draft202012Validator(json.loads((data / SCHEMA).read_text("utf-8"))).iter_errors(raw))
    if fault is not None:
        where = ".".join(map(str, fault.absolute_path))
        raise BadSlotTable(f"{FILE}: {where + ': ' if where else ''}{fault.message}")
    try:
        calendar = WorkingCalendar.load(data / "holidays.yml")
    except (BadHolidays, OSError) as error:
        raise BadSlotTable(f"holidays.yml: {error}") from error
    return {name: _table(name, spec, calendar) for name, spec in raw.items()}


def appointment_of(
    raw: Mapping[str, Any], tables: Mapping[str, SlotTable]
) -> tuple[AppointmentRule | None, list[Mapping[str, Any]]]:
    """Return a flow's rule, and its fields with what the table says filled in; raise BadSlotTable."""
    spec, fields = raw.get("appointment"), list(raw["fields"])
    if spec is None:
        stray = next((one["name"] for one in fields if one.get("options") == FROM_TABLE), None)
        if stray is not None:
            raise BadSlotTable(f"field {stray}: the flow has no `appointment` that options could come from.")
        return None, fields
    if spec["table"] not in tables:
        raise BadSlotTable(f"appointment.table: {FILE} has no table {spec['table']}.")
    rule = AppointmentRule(**{**spec, "table": tables[spec["table"]]})
    types = {one["name"]: (one["type"], one.get("options")) for one in fields}
    if any(types.get(name) != ("choice", FROM_TABLE) for name in (rule.place, rule.window)):
        raise BadSlotTable(f"appointment: place and window are choices with options: {FROM_TABLE}.")
    if types.get(rule.day, ("",))[0] != "date" or (rule.matter is not None and rule.matter not in types):
        raise BadSlotTable("appointment: day is a field of type date, and matter a field.")
    if raw["submit"] != {**raw["submit"], "connector": "embedded", "delivers": "appointment"}:
        raise BadSlotTable("appointment: it is submitted to `embedded` and delivers: appointment.")
    return rule, [{**one, **_from_table(rule, one["name"])} for one in fields]


def _from_table(rule: AppointmentRule, name: str) -> Mapping[str, Any]:
    table = rule.table
    if name == rule.day:
        return {"days_ahead": {"from": table.nearest, "to": table.farthest}}
    if name == rule.place:
        return {"options": [{"value": one.value, "words": one.words} for one in table.places.values()]}
    return {"windows": table} if name == rule.window else {}


def _table(name: str, spec: Mapping[str, Any], calendar: WorkingCalendar) -> SlotTable:
    parts = {part: tuple(words) for part, words in spec["parts"].items()}
    windows = [Window(**{**one, "words": tuple(one.get("words", ()))}) for one in spec["windows"]]
    places = [BookablePlace(**{**one, "words": tuple(one.get("words", ()))}) for one in spec["places"]]
    stray = next((one for one in windows if one.part not in parts), None)
    if stray is not None:
        raise BadSlotTable(f"{FILE}: {name}: window {stray.value}: there is no part {stray.part}.")
    if spec["days_ahead"]["from"] > spec["days_ahead"]["to"]:
        raise BadSlotTable(f"{FILE}: {name}: days_ahead ends before it begins.")
    for names in (_names([*windows, *(Window(part, part, 1, words) for part, words in parts.items())]), _names(places)):
        seen: set[str] = set()
        for one in names:
            if one in seen:
                raise BadSlotTable(f"{FILE}: {name}: {one} means two.")
            seen.add(one)
    return SlotTable(
        name,
        spec["days_ahead"]["from"],
        spec["days_ahead"]["to"],
        frozenset(spec["weekdays"]),
        bool(spec.get("worked_weekends")),
        parts,
        {one.value: one for one in windows},
        {one.value: one for one in places},
        calendar,
    )


def _names(entries: Sequence[Window | BookablePlace]) -> Iterator[str]:
    return (name for one in entries for name in (one.value, *one.words))
