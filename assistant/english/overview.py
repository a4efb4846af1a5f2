"""The overview of an item in English: names, labels, numbers and fixed values are translated, the rest is quoted."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.english.labels import EnglishLabels
from knowledge_base.answers import Sentence, sentence_of
from knowledge_base.guides import Guide, Material
from knowledge_base.items import ServiceItem
from knowledge_base.phrasing import Line


def english_overview(item: ServiceItem, labels: EnglishLabels) -> tuple[Sentence, ...]:
    """Return the lines of an item's overview, each a field of its guide; what the guide does not say gives none."""
    return tuple(sentence_of(item, line) for line in _Overview(item, labels).lines())


class _Overview:
    def __init__(self, item: ServiceItem, labels: EnglishLabels) -> None:
        self._item = item
        self._labels = labels

    def lines(self) -> Iterator[Line]:
        item, guide = self._item, self._item.guide
        yield self._line("name", "name", english_name=item.english_name, name=item.name)
        yield self._line("name", "lead")
        yield self._line("department", "department", department=self._labels.value(item.department))
        yield from self._time(guide)
        yield from self._fee(guide)
        yield from self._channels(guide)
        yield from self._places(guide)
        yield from self._materials(guide)
        yield from self._conditions(guide)
        yield from self._result(guide)
        if item.enquiries:
            yield self._line("enquiries", "enquiries", enquiries=item.enquiries)
        if any(case.overrides or case.extra_materials for case in item.cases):
            yield self._line("summary", "depends")

    def _line(self, field: str, key: str, **values: object) -> Line:
        return Line(self._labels(key, label=self._labels.fields[field], **values), field)

    def _time(self, guide: Guide) -> Iterator[Line]:
        limits = guide.time_limits
        if limits is None or (limits.promised is None and limits.legal is None):
            return
        promised, legal = limits.promised, limits.legal
        if promised == 0:
            yield self._line("time_limits", "time_now")
        elif promised is None:
            yield self._line("time_limits", "time_legal_only", legal=self._days(legal))
        elif legal is None:
            yield self._line("time_limits", "time_promised_only", promised=self._days(promised))
        else:
            yield self._line("time_limits", "time_promised", promised=self._days(promised), legal=self._days(legal))

    def _days(self, count: int | None) -> str:
        return self._labels("day") if count == 1 else self._labels("days", count=count)

    def _fee(self, guide: Guide) -> Iterator[Line]:
        fee = guide.fee
        if fee is None:
            return
        amounts = [self._labels("amount", amount=amount) for amount in self._labels.amounts(fee.standard)]
        if not fee.charged:
            known = not fee.standard or fee.standard in self._labels.values
            yield self._line("fee", "fee_free" if known else "fee_free_note", standard=fee.standard)
        elif amounts:
            listed = self._labels("comma").join(amounts)
            yield self._line("fee", "fee_amounts", amounts=listed, standard=fee.standard)
        else:
            yield self._line("fee", "fee_charged", standard=fee.standard)

    def _channels(self, guide: Guide) -> Iterator[Line]:
        if not guide.channels:
            return
        channels = self._labels("comma").join(map(self._labels.value, guide.channels))
        visits = ""
        if guide.visits is not None:
            key = {0: "visits_none", 1: "visit"}.get(guide.visits, "visits")
            visits = self._labels(key, count=guide.visits)
        line = self._line("channels", "channels", channels=channels, visits=visits)
        yield Line(line.text.rstrip(), line.field)

    def _places(self, guide: Guide) -> Iterator[Line]:
        if not guide.places:
            return
        first, *others = guide.places
        yield self._line(
            "places",
            "place",
            place=first.name,
            district=self._labels("district", district=self._labels.value(first.district)) if first.district else "",
            hours=self._labels("hours", hours=self._labels.hours(first.hours)) if first.hours else "",
        )
        if others:
            yield self._line("places", "more_places", count=len(others))

    def _materials(self, guide: Guide) -> Iterator[Line]:
        if guide.materials is None:
            return
        if not guide.materials:
            yield self._line("materials", "materials_none")
            return
        yield self._line("materials", "materials_head", count=len(guide.materials))
        for number, material in enumerate(guide.materials, start=1):
            marks = self._labels("comma").join(self._marks(material))
            shown = self._labels("marks", marks=marks) if marks else ""
            yield self._line("materials", "material", number=number, name=material.name, marks=shown)

    def _marks(self, material: Material) -> Iterator[str]:
        if material.form:
            yield self._labels.value(material.form)
        if material.number and material.number > 1:
            yield self._labels("copies", count=material.number)
        if material.medium:
            yield self._labels.value(material.medium)
        if not material.required:
            yield self._labels("optional")
        if material.shared:
            yield self._labels("shared")

    def _conditions(self, guide: Guide) -> Iterator[Line]:
        if not guide.conditions:
            return
        yield self._line("conditions", "conditions_head")
        for number, one in enumerate(guide.conditions, start=1):
            yield self._line("conditions", "condition", number=number, condition=one.text)

    def _result(self, guide: Guide) -> Iterator[Line]:
        result = guide.result
        if result is None:
            return
        if not result.validity:
            yield self._line("result", "result", result=result.name)
            return
        validity = self._labels.value(result.validity)
        yield self._line("result", "result_validity", result=result.name, validity=validity)
