"""`wenban evaluate`: measure, print, write, and compare with the last run."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path

from actions.clock import clock_named
from assistant.batch import opened
from assistant.evaluation import record
from assistant.evaluation.entries import LOCKED, PARTS, Part, load_known_failures, load_part
from assistant.evaluation.page import write_page
from assistant.evaluation.plots import chinese_font
from assistant.evaluation.report import Report, Section
from assistant.evaluation.sections import OF_PARTS, OF_SUBJECT, leaks
from assistant.evaluation.tables import print_report
from assistant.evaluation.trial import Subject, Trial
from assistant.preparation import prepare_all
from assistant.settings import Settings

ALL = "all"
ON_DUTY = "2026-11-23T10:00"
"""when the dialogues are held: somebody is on duty"""


class UnknownPart(Exception):
    """There is no part of the evaluation set of that name."""


class UnknownSection(Exception):
    """Nothing of that name is measured."""


def evaluate(
    settings: Settings, out: Path, part: str = ALL, only: Collection[str] = (), show_locked: bool = False
) -> Report:
    """Prepare the assistant and measure it on data/eval, without a language model; errors are those of `report_on`."""
    prepare_all(settings)
    with ExitStack() as stack:
        on_duty = settings.with_(clock=clock_named(ON_DUTY), language_model=None)
        subject = Subject(settings, lambda: stack.enter_context(opened(on_duty)))
        return report_on(subject, settings.data / "eval", out, part, only, show_locked)


def report_on(
    subject: Subject,
    folder: Path,
    out: Path,
    part: str = ALL,
    only: Collection[str] = (),
    show_locked: bool = False,
) -> Report:
    """Measure what is named (all, unless told) on a folder's set, print it, and write JSON and page into another.

    Raises:
        UnknownPart, UnknownSection: a name is wrong.
        NoEvaluationSet, EntryInvalid: the set cannot be asked.
        FontMissing: the charts have no Chinese font.
    """
    sections = _section_names(only)
    parts = [load_part(folder, name) for name in _part_names(part)]
    chinese_font()
    report = _measure(subject, parts, load_known_failures(folder), sections, record.last_figures(out), show_locked)
    print_report(report)
    record.write(report, out)
    write_page(report, out)
    return report


def _measure(
    subject: Subject,
    parts: Sequence[Part],
    known: Mapping[str, frozenset[str]],
    sections: Collection[str],
    last: Mapping[str, float],
    show_locked: bool = False,
) -> Report:
    """Measure the named sections on each part, and those with data of their own."""
    measured: list[Section] = []
    for part in parts:
        is_locked = part.name == LOCKED
        trial = Trial(subject, part, {} if is_locked else known)
        for name, way in OF_PARTS.items():
            if name in sections and way.can_measure(part):
                section = way.measure(trial)
                measured.append(section.sealed() if is_locked and not show_locked else section)
    measured += [way(subject) for name, way in OF_SUBJECT.items() if name in sections]
    return Report(
        made_at=subject.settings.clock().isoformat(timespec="seconds"),
        facts=_facts(subject, parts),
        sections=tuple(measured),
        last=last,
    )


def _part_names(part: str) -> tuple[str, ...]:
    if part != ALL and part not in PARTS:
        raise UnknownPart(f"{UnknownPart.__doc__} Known: {', '.join((*PARTS, ALL))}.")
    return PARTS if part == ALL else (part,)


def _section_names(only: Collection[str]) -> frozenset[str]:
    """Return the sections to measure; leaks are always looked for, since with one no figure is a claim."""
    names = (*OF_PARTS, *OF_SUBJECT)
    if not set(only) <= set(names):
        raise UnknownSection(f"{UnknownSection.__doc__} Known: {', '.join(names)}.")
    return frozenset({*(only or names), leaks.NAME})


def _facts(subject: Subject, parts: Sequence[Part]) -> dict[str, str]:
    manifest = subject.searcher.manifest
    thresholds = subject.searcher.thresholds.as_dict().items()
    return {
        "index": f"{manifest.version}, {manifest.items} items, {manifest.sentences} sentences",
        "encoder": f"{manifest.encoder_name} {manifest.encoder}",
        "thresholds in force": ", ".join(f"{name} {at}" for name, at in thresholds if isinstance(at, float)),
        **{
            f"{part.name} part": f"{len(part.questions)} questions, {len(part.out_of_scope)} out of scope, "
            f"{len(part.emergencies)} emergencies and look-alikes, {len(part.dialogues)} dialogues"
            for part in parts
        },
    }
