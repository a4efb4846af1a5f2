"""Put the fields of a guide into words, with the texts of data/texts/answers.yml.

What a guide does not say gives no line; `unsaid` tells that it does not, and whom to ask.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from knowledge_base.cases import Verdict
from knowledge_base.guides import Case, Guide, Material, Place, Question
from knowledge_base.items import ServiceItem
from knowledge_base.questions import Rule
from knowledge_base.requirements import RequirementVerdict

_FIRST_STEPS = 3


class AnswerTexts(Protocol):
    """A catalogue of texts: key and named fields in, the text out."""

    def __call__(self, key: str, **values: Any) -> str:
        """Return the text of a key with its fields filled in."""
        ...


@dataclass(frozen=True)
class Line:
    """One line of an answer and the field of the guide it says."""

    text: str
    field: str


class Phrasing:
    """Say the fields of one item's guide; each method returns the line or lines of one field."""

    def __init__(self, item: ServiceItem, texts: AnswerTexts) -> None:
        """Keep the item and the catalogue of texts."""
        self._item = item
        self._texts = texts

    def _line(self, field: str, key: str, **values: Any) -> Line:
        return Line(self._texts(key, name=self._item.name, **values), field)

    def _whole(self, text: str) -> str:
        """Return the text ended by one full stop."""
        return text.rstrip(self._texts("open_ended")) + self._texts("period")

    def _bare(self, text: str) -> str:
        return text.rstrip(self._texts("open_ended"))

    def common_question(self, common: Question) -> Line:
        """Say the answer of a common question."""
        asked = common.question.rstrip("?？")
        return self._line("questions", "faq", question=asked, answer=self._whole(common.answer))

    def case(self, case: Case) -> Line:
        """Say which case is answered for, and its note."""
        values = self._texts("case_and").join(case.when.values())
        if not case.note:
            return self._line("cases", "case_only", values=values)
        return self._line("cases", "case_note", values=values, note=self._whole(case.note))

    def verdict(self, verdict: Verdict) -> Line:
        """Say whether a number meets a condition, and what is missing."""
        at_least = verdict.condition.at_least
        if not verdict.decisive:
            key = "condition_depends"
        elif verdict.met:
            key = "condition_met"
        else:
            key = "condition_short" if at_least is not None and verdict.value < at_least else "condition_over"
        return self._line(
            "conditions",
            key,
            condition=self._bare(verdict.condition.text),
            value=f"{verdict.value:g}",
            unit=verdict.quantity.unit,
            short_by=f"{verdict.short_by:g}",
        )

    def unsaid(self, field: str) -> list[Line]:
        """Say that the guide does not tell a field, and whom to ask."""
        return [self._line(field, "unsaid", what=self._texts(f"field_{field}")), self._enquire()]

    def enquiries(self) -> list[Line]:
        """Say whom to ask."""
        return [self._line("enquiries", "enquiries", enquiries=self._item.enquiries)] if self._item.enquiries else []

    def _enquire(self) -> Line:
        item = self._item
        if not item.enquiries:
            return self._line("department", "enquire_department", department=item.department)
        return self._line("enquiries", "enquire", department=item.department, enquiries=item.enquiries)

    def summary(self) -> Line:
        """Say what the item is."""
        item = self._item
        if not item.summary:
            return self._line("department", "overview_plain", department=item.department, item_type=item.item_type)
        return self._line("summary", "overview", summary=self._whole(item.summary))

    def overview(self, guide: Guide) -> list[Line]:
        """Say what is most asked for in a line each; where there is no summary, also where to go and whom to ask."""
        lines = []
        if guide.time_limits and guide.time_limits.promised is not None:
            promised = guide.time_limits.promised
            key = "overview_time" if promised else "overview_time_now"
            lines.append(self._line("time_limits", key, promised=promised))
        if guide.fee:
            lines.append(self._line("fee", "overview_fee", standard=self._bare(guide.fee.standard)))
        lines += self.channels_line(guide)
        return lines if self._item.summary else [*lines, *self.first_place(guide), *self.enquiries()]

    def materials(self, guide: Guide) -> list[Line]:
        """List the materials with form, number and what waives them."""
        if guide.materials is None:
            return []
        if not guide.materials:
            return [self._line("materials", "materials_none")]
        head = self._line("materials", "materials_head")
        return [head, *(self._material(number, one) for number, one in enumerate(guide.materials, start=1))]

    def _material(self, number: int, material: Material) -> Line:
        parts = [
            self._texts(f"medium_{material.medium}") if material.medium else "",
            "" if material.required else self._texts("material_optional"),
            self._texts("material_shared") if material.shared else "",
            self._bare(material.note),
        ]
        marks = self._texts("material_mark_between").join(part for part in parts if part)
        return self._line(
            "materials",
            "material_line",
            number=number,
            material=material.name,
            form=self._texts("material_form", form=material.form) if material.form else "",
            count=self._texts("material_count", count=material.number) if material.number else "",
            marks=self._texts("material_marks", marks=marks) if marks else "",
        )

    def steps(self, guide: Guide) -> list[Line]:
        """List the steps."""
        if not guide.steps:
            return []
        return [self._line("steps", "steps_head"), *self._numbered_steps(guide.steps)]

    def first_steps(self, guide: Guide) -> list[Line]:
        """List the first few steps."""
        if not guide.steps:
            return []
        return [self._line("steps", "apply_steps_head"), *self._numbered_steps(guide.steps[:_FIRST_STEPS])]

    def _numbered_steps(self, steps: tuple[str, ...]) -> list[Line]:
        return [
            self._line("steps", "step_line", number=number, step=self._whole(step))
            for number, step in enumerate(steps, start=1)
        ]

    def conditions(self, guide: Guide) -> list[Line]:
        """List the conditions."""
        if not guide.conditions:
            return []
        return [
            self._line("conditions", "conditions_head"),
            *(
                self._line("conditions", "condition_line", number=number, condition=self._whole(one.text))
                for number, one in enumerate(guide.conditions, start=1)
            ),
        ]

    def open_cases(self, facts: Mapping[str, Any]) -> list[Line]:
        """List the notes of the cases that the facts leave open, unless one holds already."""
        cases = self._item.cases
        if any(case.holds(facts) for case in cases):
            return []
        noted = [case for case in cases if case.note and not case.excluded(facts)]
        if not noted:
            return []
        return [self._line("cases", "open_cases_head"), *(self._open_case(case) for case in noted)]

    def _open_case(self, case: Case) -> Line:
        values = self._texts("case_and").join(case.when.values())
        return self._line("cases", "open_case", values=values, note=self._whole(case.note))

    def unknown_cases(self, facts: Mapping[str, Any]) -> list[Line]:
        """List the notes of the cases that turn on what the citizen does not know."""
        unknown = {key for key, value in facts.items() if value is None}
        open_cases = [case for case in self._item.cases if case.note and unknown & case.when.keys()]
        if not open_cases:
            return []
        return [self._line("cases", "unknown_cases_head"), *(self._open_case(case) for case in open_cases)]

    def basis(self) -> list[Line]:
        """Say on what the item rests; that it names nothing where it does not."""
        if not self._item.legal_basis:
            return [self._line("legal_basis", "basis_none")]
        laws = self._texts("comma").join(self._item.legal_basis)
        return [self._line("legal_basis", "basis", laws=laws, department=self._item.department)]

    def requirement(self, verdict: RequirementVerdict) -> Line:
        """Say whether what the citizen told is what a condition asks for."""
        key = "requirement_met" if verdict.met else "requirement_missed"
        condition = self._bare(verdict.requirement.condition.text)
        return self._line("conditions", key, condition=condition, value=verdict.told)

    def asked_about(self, rule: Rule) -> Line:
        """Say a rule of the guide that speaks of what is asked."""
        note = self._texts("material_marks", marks=self._bare(rule.note)) if rule.note else ""
        return self._line(rule.field, "asked_about", rule=self._whole(self._bare(rule.text) + note))

    def time(self, guide: Guide) -> list[Line]:
        """Say the promised and the legal time limit in working days from acceptance."""
        limits = guide.time_limits
        if limits is None:
            return []
        if limits.promised == 0:
            said = [self._line("time_limits", "time_now")]
        elif limits.promised is None and limits.legal is None:
            said = []
        elif limits.promised is None:
            said = [self._line("time_limits", "time_legal", legal=limits.legal)]
        elif limits.legal is None:
            said = [self._line("time_limits", "time_promised_no_legal", promised=limits.promised)]
        else:
            said = [self._line("time_limits", "time_promised", promised=limits.promised, legal=limits.legal)]
        if not limits.note:
            return said
        note = self._whole(limits.note)
        return [*said, Line(note, "time_limits") if said else self._line("time_limits", "time_note", note=note)]

    def fee(self, guide: Guide) -> list[Line]:
        """Say the fee."""
        if guide.fee is None:
            return []
        standard = self._bare(guide.fee.standard)
        if standard == self._texts("fee_none"):
            return [self._line("fee", "fee_free")]
        return [self._line("fee", "fee", standard=standard)]

    def places(self, guide: Guide, district: str | None = None) -> list[Line]:
        """List the places with their hours."""
        if not guide.places:
            return []
        head = (
            self._line("places", "places_head_district", district=district)
            if district
            else self._line("places", "places_head")
        )
        return [head, *(self._place(number, one) for number, one in enumerate(guide.places, start=1))]

    def _place(self, number: int, place: Place) -> Line:
        marks = self._texts("place_citywide") if place.citywide else ""
        if place.note:
            marks += self._texts("place_note", note=self._bare(place.note))
        return self._line(
            "places",
            "place_line",
            number=number,
            place=place.name,
            district=self._district(place),
            hours=self._texts("place_hours", hours=place.hours) if place.hours else "",
            marks=marks,
        )

    def _district(self, place: Place) -> str:
        return self._texts("place_district", district=place.district) if place.district else ""

    def first_place(self, guide: Guide) -> list[Line]:
        """Say the first place in short."""
        if not guide.places:
            return []
        place = guide.places[0]
        hours = self._texts("place_first_hours", hours=self._bare(place.hours)) if place.hours else ""
        return [self._line("places", "place_first", place=place.name, district=self._district(place), hours=hours)]

    def channels(self, guide: Guide) -> list[Line]:
        """Say the ways to apply and how often one has to come."""
        return self._channels("channels", guide)

    def channels_line(self, guide: Guide) -> list[Line]:
        """Say the same in short, below other lines."""
        return self._channels("channels_line", guide)

    def _channels(self, key: str, guide: Guide) -> list[Line]:
        if not guide.channels:
            return []
        visits = ""
        if guide.visits is not None:
            visits = self._texts("visits_some", visits=guide.visits) if guide.visits else self._texts("visits_none")
            visits = self._texts("channels_visits", visits=visits)
        return [self._line("channels", key, channels=self._texts("comma").join(guide.channels), visits=visits)]

    def validity(self, guide: Guide) -> list[Line]:
        """Say what is issued and how long it is valid."""
        result = guide.result
        if result is None:
            return []
        if not result.validity:
            return [self._line("result", "validity_unsaid", result=result.name), self._enquire()]
        return [self._line("result", "validity", result=result.name, validity=self._bare(result.validity))]

    def tracking(self, guide: Guide) -> list[Line]:
        """Say how to ask for progress."""
        elsewhere = (
            self._line("places", "track_elsewhere", place=guide.places[0].name) if guide.places else self._enquire()
        )
        return [self._line("channels", "track"), elsewhere]

    def difference(self, other: ServiceItem, difference: str) -> Line:
        """Say what tells this item from another."""
        return self._line("neighbours", "compare", other=other.name, difference=self._bare(difference))
