"""The data, checked before anything is built from it."""

from __future__ import annotations

from assistant.progress import console
from assistant.settings import Settings


class DataRefused(Exception):
    """The data has errors that must be mended first; `wenban items check` lists them."""


def print_findings(settings: Settings) -> int:
    """Print what `check_items` finds and return the number of errors."""
    from actions.flows.checks import check_flows
    from actions.flows.definition import FlowError, load_flows
    from assistant.citizen.emergencies import check_emergencies
    from assistant.english.emergencies import check_english_emergencies
    from assistant.english.labels import check_labels
    from assistant.english.ways import check_ways
    from knowledge_base.asks import AMBIGUOUS_FILE, load_ambiguous, load_asks
    from knowledge_base.checks import check_items
    from knowledge_base.items import CatalogueInvalid, load_catalogue
    from knowledge_base.passages.checks import check_passages

    try:
        catalogue = load_catalogue(settings.data, settings.knowledge)
    except CatalogueInvalid as invalid:
        for problem in invalid.problems:
            console.print(f"[red]error[/] {problem}", highlight=False)
        return len(invalid.problems)
    try:
        flows = load_flows(settings.data / "flows")
    except FlowError as error:
        console.print(f"[red]error[/] {error}", highlight=False)
        return 1
    findings = [
        *check_items(
            catalogue,
            load_asks(settings.knowledge / "asks"),
            ambiguous=load_ambiguous(settings.knowledge / "asks" / AMBIGUOUS_FILE),
        ),
        *(() if settings.has_own_knowledge else check_flows(flows, catalogue.items)),
        *check_emergencies(settings.data / "emergencies"),
        *check_english_emergencies(settings.data),
        *(() if settings.has_own_knowledge else check_ways(settings.data / "english", catalogue)),
        *(() if settings.has_own_knowledge else check_labels(settings.data / "english", catalogue)),
        *check_passages(settings.passages, settings.data, catalogue.items),
    ]
    for finding in findings:
        colour = "red" if finding.level == "error" else "yellow"
        console.print(f"[{colour}]{finding.level}[/] {finding.where}: {finding.message}", highlight=False)
    errors = sum(finding.level == "error" for finding in findings)
    console.print(f"Checked {len(catalogue.items)} items and {len(flows)} flows: {errors} error(s).")
    return errors
