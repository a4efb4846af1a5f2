"""What a one-time notice (一次性告知单) says for one citizen's case: what the guide says, and nothing else.

Everything that is needed is told at once: Administrative Licensing Law of China, articles 30 and 32; the fields are
those of a guide by GB/T 39554.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from actions.texts import Texts
from knowledge_base.answers import CaseQuestion
from knowledge_base.cases import DISTRICT, deciding_dimension, guide_for
from knowledge_base.guides import Dimension, Guide, Material
from knowledge_base.items import Catalogue, ServiceItem
from knowledge_base.phrasing import Line, Phrasing

DECIDING_FIELDS = ("materials", "steps", "places", "time_limits", "fee")
"""the fields whose case is asked for before a notice is made, the most important first"""


@dataclass(frozen=True)
class MaterialRow:
    """A line of the table of materials, in words; empty where the guide does not say."""

    name: str
    form: str
    medium: str
    note: str


@dataclass(frozen=True)
class Section:
    """A field of the guide."""

    field: str
    label: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Checklist:
    """A notice in words; the holder's name is masked."""

    item_id: str
    item_name: str
    department: str
    case: str
    holder: str
    made: str
    materials: tuple[MaterialRow, ...]
    """none where none is needed, or where the guide does not say"""
    materials_note: str
    sections: tuple[Section, ...]
    missing: tuple[str, ...]
    sources: tuple[str, ...]
    notice: tuple[str, ...]

    def as_mapping(self) -> dict[str, Any]:
        """Return plain values, to be kept."""
        return asdict(self)

    @classmethod
    def from_mapping(cls, kept: Mapping[str, Any]) -> Checklist:
        """Read what `as_mapping` wrote, also after JSON."""
        rows = tuple(MaterialRow(**row) for row in kept["materials"])
        sections = tuple(Section(one["field"], one["label"], tuple(one["lines"])) for one in kept["sections"])
        lists = {name: tuple(kept[name]) for name in ("missing", "sources", "notice")}
        return cls(**{**kept, **lists, "materials": rows, "sections": sections})


def question_first(item: ServiceItem, facts: Mapping[str, Any]) -> CaseQuestion | None:
    """Return the question that decides what the notice says, unless a case of the item has been told already."""
    if any(key in facts for key in item.dimensions):
        return None
    found = next((one for field in DECIDING_FIELDS for one in [deciding_dimension(item, field, facts)] if one), None)
    return CaseQuestion(found.key, found.question, tuple(found.values)) if found else None


class ChecklistWriter:
    """Write notices from guides, with the texts of `checklists.yml` over those of the answers."""

    def __init__(self, texts: Texts, answers: Texts) -> None:
        """`texts` are those of the notice, `answers` those of the guide's fields."""
        self.texts = texts
        self._answers = answers
        self._phrases = answers.overlaid(texts, "phrases_")

    def write(
        self,
        item: ServiceItem,
        facts: Mapping[str, Any],
        catalogue: Catalogue,
        moment: datetime,
        holder: str = "",
        unfilled: tuple[str, ...] = (),
    ) -> Checklist:
        """Write the notice for the case that the facts tell.

        `holder` is the citizen's masked name, `unfilled` names the fields that their application still lacks.
        """
        case = guide_for(item, facts)
        guide = _near(case.guide, facts, catalogue)
        say = Phrasing(item, self._phrases)
        sections = self._sections(say, item, guide)
        if case.applied:
            notes = tuple(say.case(one).text for one in case.applied if one.note)
            sections = [*([Section("cases", self._field("cases"), notes)] if notes else []), *sections]
        silent = self._silent(item, guide)
        said = [] if guide.materials is None else ["materials"]
        return Checklist(
            item_id=item.item_id,
            item_name=item.name,
            department=item.department,
            case=self._case(item, facts),
            holder=holder,
            made=self._moment(moment),
            materials=tuple(self._material(one) for one in guide.materials or ()),
            materials_note=self.texts("materials_none") if guide.materials == () else "",
            sections=tuple(sections),
            missing=tuple(self._missing(item, facts, unfilled, silent)),
            sources=(self._source(item, [*said, *(one.field for one in sections)]),),
            notice=(*([self.texts("sample_notice")] if item.sample else []), self.texts("notice")),
        )

    def _sections(self, say: Phrasing, item: ServiceItem, guide: Guide) -> list[Section]:
        lines: dict[str, list[Line]] = {
            "conditions": say.conditions(guide),
            "steps": say.steps(guide),
            "time_limits": say.time(guide),
            "fee": say.fee(guide),
            "places": say.places(guide),
            "channels": say.channels_line(guide),
            "result": say.validity(guide)[:1],
            "legal_basis": say.basis() if item.legal_basis else [],
            "enquiries": say.enquiries(),
        }
        told = {field: tuple(line.text for line in said if line.text) for field, said in lines.items()}
        return [Section(field, self._field(field), said) for field, said in told.items() if said]

    def _silent(self, item: ServiceItem, guide: Guide) -> list[str]:
        """Return the fields that a notice has to tell and the guide does not say."""
        missing = {
            "materials": guide.materials is None,
            "steps": not guide.steps,
            "time_limits": guide.time_limits is None,
            "fee": guide.fee is None,
            "places": not guide.places,
            "legal_basis": not item.legal_basis,
        }
        return [self._field(field) for field, is_missing in missing.items() if is_missing]

    def _material(self, material: Material) -> MaterialRow:
        texts = self.texts
        form = material.form
        if material.number:
            key = "form_count" if form else "count_only"
            form = texts(key, form=form, count=material.number)
        parts = (
            texts("shared") if material.shared else "",
            "" if material.required else texts("optional"),
            material.note,
        )
        note = texts("note_between").join(part for part in parts if part)
        return MaterialRow(material.name, form or texts("form_unsaid"), material.medium, note)

    def _case(self, item: ServiceItem, facts: Mapping[str, Any]) -> str:
        told = [
            self.texts("case_is", dimension=dimension.name, value=facts[key])
            for key, dimension in item.dimensions.items()
            if isinstance(facts.get(key), str)
        ]
        return self.texts("case_between").join(told) or self.texts("case_plain")

    def _missing(
        self, item: ServiceItem, facts: Mapping[str, Any], unfilled: tuple[str, ...], silent: list[str]
    ) -> list[str]:
        """Return what the application lacks, which cases are open and what they change, and what no guide says."""
        texts = self.texts
        lines = []
        if unfilled:
            lines.append(texts("missing_fields", fields=texts("missing_between").join(unfilled)))
        for dimension in item.dimensions.values():
            if not isinstance(facts.get(dimension.key), str):
                lines += self._open(item, dimension, facts)
        if silent:
            lines.append(texts("missing_unsaid", fields=texts("missing_between").join(silent)))
        return lines or [texts("missing_none")]

    def _open(self, item: ServiceItem, dimension: Dimension, facts: Mapping[str, Any]) -> list[str]:
        texts = self.texts
        cases = [case for case in item.cases if dimension.key in case.when and not case.excluded(facts) and case.note]
        if not cases:
            return []
        values = texts("missing_values").join(dimension.values)
        between = self._answers("case_and")
        return [
            texts("missing_dimension", dimension=dimension.name, values=values),
            *(texts("missing_case", values=between.join(case.when.values()), note=case.note) for case in cases),
        ]

    def _source(self, item: ServiceItem, fields: list[str]) -> str:
        """Say where the fields come from and when they were checked; a guide has one source and one date for all."""
        texts = self.texts
        return texts(
            "source_line",
            fields=texts("missing_between").join(self._field(field) for field in fields),
            source=texts("source_sample") if item.sample else item.source,
            checked=texts("checked_on", date=item.checked) if item.checked else texts("unchecked"),
        )

    def _field(self, field: str) -> str:
        return self._answers(f"field_{field}")

    def _moment(self, moment: datetime) -> str:
        values = {"year": moment.year, "month": moment.month, "day": moment.day, "time": f"{moment:%H:%M}"}
        return self.texts("date", **values)


def _near(guide: Guide, facts: Mapping[str, Any], catalogue: Catalogue) -> Guide:
    """Leave out the places of other districts, when the guide knows one for the citizen's own, as answers do."""
    wanted = facts.get(DISTRICT)
    others = catalogue.fact_words.districts.keys() - {wanted}
    near = tuple(place for place in guide.places if place.district not in others)
    return replace(guide, places=near) if wanted is not None and near else guide
