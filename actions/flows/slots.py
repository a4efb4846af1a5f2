"""Keep an appointment to the days and windows that have seats left, and say what has not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from actions.flows.definition import Flow, FlowField
from actions.flows.draft import Draft
from actions.flows.slot_table import AppointmentRule, SlotTable
from actions.flows.texts import FlowTexts
from actions.flows.window_field import Windows
from storage.appointments import Appointments, Slot, WantedSeat

Free = Mapping[date, Sequence[str]]
"""day → its windows that have seats left; full days are left out"""


class Slots:
    def __init__(self, flows: Mapping[str, Flow], appointments: Appointments, texts: FlowTexts) -> None:
        """Keep the flows as their files have them, what is booked and what is said."""
        self._flows = flows
        self._appointments = appointments
        self._texts = texts

    def seen(self, draft: Draft) -> Draft:
        """Return the draft with the choices that the citizen was offered last in its questions."""
        flow = self._flows[draft.flow.item_id]
        if flow.appointment is None:
            return draft
        fields = tuple(self._offering(one, flow.appointment, draft) for one in flow.fields)
        return replace(draft, flow=replace(flow, fields=fields))

    def settle(self, draft: Draft, today: date) -> tuple[Draft, tuple[str, ...]]:
        """Take out what cannot be booked now; return the draft with what is offered, and what is to be said of it."""
        rule = draft.flow.appointment
        if rule is None:
            return draft, ()
        if draft.values.get(rule.window) in rule.table.parts:
            draft = draft.remembering(narrowed=draft.values[rule.window]).without(rule.window)
        if draft.values.get(rule.place) not in rule.table.places:
            draft, said = self._without_place(draft.without(rule.place), rule, today)
        else:
            draft, said = self._at_place(draft, rule, today)
        return self.seen(draft), said

    def wanted(self, draft: Draft) -> WantedSeat | None:
        """Return the seat to be booked with the submission, or None for a flow without appointment."""
        rule, values = draft.flow.appointment, draft.values
        if rule is None:
            return None
        place, window = values[rule.place], values[rule.window]
        slot = Slot(rule.table.name, place, date.fromisoformat(values[rule.day]), window)
        return WantedSeat(slot, rule.table.capacity(place, window), values.get(rule.matter or "", ""))

    def is_stale(self, draft: Draft, today: date) -> bool:
        """Tell whether what was chosen a while ago is not offered any more, taken or not."""
        rule, values = draft.flow.appointment, draft.values
        if rule is None:
            return False
        there = values[rule.place] in rule.table.places and values[rule.window] in rule.table.windows
        return not there or date.fromisoformat(values[rule.day]) not in rule.table.days(today)

    def refused(self, draft: Draft, is_taken: bool) -> tuple[Draft, str]:
        """Return the draft without the window that was taken meanwhile, or the day on which the person has one."""
        rule = draft.flow.appointment
        if rule is None:
            return draft, ""
        day, window = self._day(draft.values[rule.day]), draft.values[rule.window]
        if is_taken:
            return draft.without(rule.window), self._texts("slots_taken", day=day, window=window)
        return draft.without(rule.day), self._texts("slots_already", day=day)

    def _without_place(self, draft: Draft, rule: AppointmentRule, today: date) -> tuple[Draft, tuple[str, ...]]:
        day, draft = draft.values.get(rule.day), draft.remembering(offered=None)
        if day is None or date.fromisoformat(day) in rule.table.days(today):
            return draft, ()
        return draft.without(rule.day), (self._refusal("closed", day, rule.table),)

    def _at_place(self, draft: Draft, rule: AppointmentRule, today: date) -> tuple[Draft, tuple[str, ...]]:
        place, open_days = draft.values[rule.place], rule.table.days(today)
        free, said = self._free(rule.table, place, open_days), []
        if not free:
            sentence = self._texts("slots_none", place=place)
            return draft.without(rule.place, rule.day).remembering(offered=None), (sentence,)
        day = draft.values.get(rule.day)
        if day is not None and date.fromisoformat(day) not in free:
            why = "full" if date.fromisoformat(day) in open_days else "closed"
            draft, said = draft.without(rule.day), [self._refusal(why, day, rule.table)]
            day = None
        offered: dict[str, list[str]] = {"days": [one.isoformat() for one in free]}
        if day is not None:
            draft, windows, sentences = self._on_day(draft, rule, day, free[date.fromisoformat(day)])
            offered["windows"] = windows
            said += sentences
        return draft.remembering(offered=offered), tuple(said)

    def _on_day(
        self, draft: Draft, rule: AppointmentRule, day: str, free: Sequence[str]
    ) -> tuple[Draft, list[str], list[str]]:
        """Return the draft without a window that is full, the windows to offer, and what is to be said of them."""
        said = []
        window, part = draft.values.get(rule.window), draft.stored.context.get("narrowed")
        if window in free:
            return draft.remembering(narrowed=None), list(free), []
        if window is not None:
            draft, part = draft.without(rule.window), None
            said.append(self._texts("slots_window_full", day=self._day(day), window=window))
        within = [one for one in free if rule.table.windows[one].part == part]
        if part is not None and not within:
            said.append(self._texts("slots_window_full", day=self._day(day), window=part))
            part = None
        return draft.remembering(narrowed=part), within or list(free), said

    def _free(self, table: SlotTable, place: str, days: Sequence[date]) -> Free:
        if not days:
            return {}
        taken = self._appointments.taken(table.name, place, days[0], days[-1])
        free = {
            day: [one for one in table.windows if taken.get((day, one), 0) < table.capacity(place, one)] for day in days
        }
        return {day: windows for day, windows in free.items() if windows}

    def _offering(self, one: FlowField, rule: AppointmentRule, draft: Draft) -> FlowField:
        offered = draft.stored.context.get("offered") or {}
        if one.name == rule.day and "days" in offered:
            days = tuple(self._day(day) for day in offered["days"])
            ask = self._texts("slots_ask_day", days="、".join(days))
            return replace(one, offered=days, ask=ask, ask_other=ask)
        if one.name == rule.window and "windows" in offered and isinstance(one.kind, Windows):
            day = self._day(draft.values[rule.day]) if rule.day in draft.values else ""
            ask = self._texts("slots_ask_window", day=day, windows="、".join(offered["windows"]))
            return replace(one, kind=one.kind.offering(offered["windows"]), ask=ask, ask_other=ask)
        return one

    def _refusal(self, why: str, day: str, table: SlotTable) -> str:
        return self._texts(f"slots_day_{why}", day=self._day(day), farthest=table.farthest)

    def _day(self, iso: str) -> str:
        day = date.fromisoformat(iso)
        weekday = self._texts(f"slots_weekdays_{day.isoweekday()}")
        return self._texts("slots_day", month=day.month, day=day.day, weekday=weekday)
