"""The questions: is the right item ranked, answered, and asked the right thing of?"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence

from assistant.evaluation.estimates import Estimate, resampled, share
from assistant.evaluation.measures import mean_reciprocal_rank
from assistant.evaluation.outcomes import Answered
from assistant.evaluation.report import Failure, Failures, Figure, Section, Table
from assistant.evaluation.trial import Trial
from knowledge_base.items import ServiceItem

NAME = "questions"


def measure(trial: Trial) -> Section:
    """Ask every question in a fresh conversation."""
    return section(trial.part.name, trial.answers, trial.subject.items, trial.known(NAME))


def section(
    part: str, asked: Sequence[Answered], items: Mapping[str, ServiceItem], known: frozenset[str] = frozenset()
) -> Section:
    """Return the figures, the breakdowns, the confused neighbours and every failure."""
    return Section(
        name=NAME,
        part=part,
        title="Questions put to the assistant",
        figures=_figures(asked),
        tables=(
            _breakdown("By theme", asked, lambda one: items[one.question.item].theme),
            _breakdown("By facet", asked, lambda one: one.question.facet),
            _breakdown("By style", asked, lambda one: one.question.style),
            _statuses(asked),
            _confused_neighbours(asked, items),
        ),
        failures=Failures.among(
            (failure for one in asked if (failure := _failure(one))), (one.question.text for one in asked), known
        ),
    )


def _figures(asked: Sequence[Answered]) -> tuple[Figure, ...]:
    ranks = [one.rank for one in asked]
    return (
        *(Figure(f"hit@{depth}", _hit(asked, depth)) for depth in (1, 3, 5)),
        Figure("MRR", resampled(mean_reciprocal_rank, ranks)),
        Figure("facet right", share(one.facet_is_right for one in asked)),
        Figure("coverage (answered)", share(one.is_committed for one in asked)),
        Figure("answered right", share(one.is_right for one in asked)),
        Figure("answered wrong", share(one.is_wrong for one in asked)),
        Figure("risk (wrong of the answers)", _risk(asked)),
    )


def _hit(asked: Sequence[Answered], depth: int) -> Estimate:
    return share(0 < one.rank <= depth for one in asked)


def _risk(asked: Sequence[Answered]) -> Estimate:
    return share(one.is_wrong for one in asked if one.is_committed)


def _breakdown(title: str, asked: Sequence[Answered], group_of: Callable[[Answered], str]) -> Table:
    groups: dict[str, list[Answered]] = defaultdict(list)
    for one in asked:
        groups[group_of(one)].append(one)
    rows = tuple(
        (
            name,
            len(members),
            _hit(members, 1),
            _hit(members, 3),
            share(one.facet_is_right for one in members),
            share(one.is_right for one in members),
            share(one.is_wrong for one in members),
            _risk(members),
        )
        for name, members in sorted(groups.items())
    )
    return Table(title, ("", "n", "hit@1", "hit@3", "facet", "answered right", "answered wrong", "risk"), rows)


def _statuses(asked: Sequence[Answered]) -> Table:
    counted = Counter(one.reply.status.value for one in asked)
    return Table("What the questions came to", ("status", "n"), tuple(counted.most_common()))


def _confused_neighbours(asked: Sequence[Answered], items: Mapping[str, ServiceItem]) -> Table:
    pairs = Counter((one.question.item, one.candidates[0]) for one in asked if one.rank != 1 and one.candidates)
    asked_of = Counter(one.question.item for one in asked)
    rows = tuple(
        (f"{expected} {items[expected].name}", f"{got} {items[got].name}", times, asked_of[expected])
        for (expected, got), times in pairs.most_common()
        if are_neighbours(items, expected, got)
    )
    columns = ("asked about", "its neighbour, ranked first", "times", "questions about the item")
    return Table("Confused with a neighbour in the guides", columns, rows, tells_failures=True)


def are_neighbours(items: Mapping[str, ServiceItem], one: str, other: str) -> bool:
    """Tell whether either guide names the other item as one to tell apart."""
    return any(
        near.item == second
        for first, second in ((one, other), (other, one))
        if first in items
        for near in items[first].neighbours
    )


def _failure(one: Answered) -> Failure | None:
    reasons = {
        "another item answered": one.is_wrong,
        "right item not ranked first": one.rank != 1,
        "right item first, not answered": one.rank == 1 and not one.is_committed,
        "another facet": not one.facet_is_right,
    }
    counted = tuple(reason for reason, counts in reasons.items() if counts)
    if not counted:
        return None
    ranked = ", ".join(one.candidates[:3]) or "nothing ranked"
    return Failure(
        key=one.question.text,
        text=one.question.text,
        reasons=counted,
        expected=f"{one.question.item} / {one.question.facet} ({one.question.style})",
        got=f"{one.reply.status.value} {one.reply.item or '–'} / {one.reply.facet or '–'}"
        f", confidence {one.reply.confidence:.2f}; ranked: {ranked}",
    )
