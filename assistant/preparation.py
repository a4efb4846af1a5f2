"""Preparation: check the data, build the index, train the dialogue, each only when its inputs changed."""

from __future__ import annotations

from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.built import content_hash, is_current, mark_current
from assistant.progress import console, progress
from assistant.quiet import quiet_rasa
from assistant.settings import Settings

if TYPE_CHECKING:
    from knowledge_base.thresholds import Risk, Thresholds


class DataRefused(Exception):
    """The data has errors that must be mended first; `wenban items check` lists them."""


class TrainingFailed(Exception):
    """Rasa could not train the dialogue model."""


def prepare_all(settings: Settings) -> None:
    """Bring everything that is built up to date with what it is built from.

    Raises:
        DataRefused: an item, a phrase or a flow is wrong; nothing is built then.
    """
    if not is_current(settings.knowledge_built, "data", data_inputs(settings)):
        if print_findings(settings):
            raise DataRefused(DataRefused.__doc__)
        mark_current(settings.knowledge_built, "data", data_inputs(settings))
    build_search_index(settings)
    calibrate_search_index(settings)
    train_emergency_classifier(settings)
    train_dialogue(settings)


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


def build_search_index(settings: Settings, force: bool = False) -> None:
    """Build the index when items, ways of asking, encoder or the code that builds it changed.

    Where only the approved revisions of guides changed, they are taken into it and nothing is fitted anew.
    """
    inputs = index_inputs(settings)
    if not force and is_current(settings.knowledge_built, "index", inputs) and (settings.index / "current").exists():
        take_revisions_into_index(settings)
        return
    _build_index(settings, refit=True)
    mark_current(settings.knowledge_built, "index", inputs)


def take_revisions_into_index(settings: Settings) -> None:
    """Put the revisions in force into the index unless they are in it; nothing is fitted anew."""
    from assistant.revised_knowledge import indexed_revisions, revisions_in_force, revisions_mark

    if indexed_revisions(settings.index) == revisions_mark(revisions_in_force(settings)):
        return
    was_calibrated = is_current(settings.knowledge_built, "calibration", _calibration_inputs(settings))
    _build_index(settings, refit=False)
    if was_calibrated:  # the calibration was taken over with the rest
        mark_current(settings.knowledge_built, "calibration", _calibration_inputs(settings))


def _build_index(settings: Settings, refit: bool) -> None:
    from assistant.nlu import resources
    from assistant.revised_knowledge import knowledge_in_force
    from knowledge_base.asks import AMBIGUOUS_FILE, load_ambiguous, load_asks
    from knowledge_base.index import build_index
    from knowledge_base.indexing import indexed_items
    from knowledge_base.passages.loading import load_passages

    with progress("Building the search index") as report:
        report("loading", 0.0)
        encoder = resources.encoder_at(settings.encoder)
        knowledge = knowledge_in_force(settings)
        build_index(
            indexed_items(knowledge.catalogue.items.values()),
            knowledge.asks,
            _strangers(settings),
            encoder,
            settings.index,
            report,
            glossary=resources.glossary_at(settings.data),
            facet_asks=load_asks(settings.data / "asks") if settings.has_own_knowledge else None,
            passages=load_passages(settings.passages, settings.data),
            revisions=knowledge.mark,
            refit=refit,
            ambiguous=[one.text for one in load_ambiguous(settings.knowledge / "asks" / AMBIGUOUS_FILE)],
        )


def _strangers(settings: Settings) -> dict[str, list[str]]:
    """Return what citizens ask that is not for the desk, by kind.

    Knowledge of its own without such sentences takes those of the data folder that are for no desk at all; services of
    others may be among its own.
    """
    from knowledge_base.asks import OUT_OF_SCOPE_FILE, SERVICES_OF_OTHERS, load_out_of_scope

    own = load_out_of_scope(settings.knowledge / "asks" / OUT_OF_SCOPE_FILE)
    if own or not settings.has_own_knowledge:
        return own
    shared = load_out_of_scope(settings.data / "asks" / OUT_OF_SCOPE_FILE)
    return {kind: texts for kind, texts in shared.items() if kind not in SERVICES_OF_OTHERS}


def calibrate_search_index(settings: Settings, force: bool = False, risk: Risk | None = None) -> Thresholds | None:
    """Calibrate the index on the open questions of data/eval when it or they changed; return the thresholds chosen.

    An index about whose items too little is asked keeps its cautious thresholds: None, and it is said.
    """
    inputs = _calibration_inputs(settings)
    if not force and is_current(settings.knowledge_built, "calibration", inputs):
        return None
    from assistant.nlu import resources
    from knowledge_base.calibration import TooFewQuestions, calibrate, load_known_questions
    from knowledge_base.index import current_version
    from knowledge_base.search import Searcher
    from knowledge_base.thresholds import CALIBRATED

    chosen = None
    with progress("Calibrating the search index") as report:
        report("loading", 0.0)
        searcher = Searcher.open(settings.index, resources.encoder_at(settings.encoder), calibrated=False)
        questions = load_known_questions(*_calibration_sets(settings))
        try:
            calibration = calibrate(searcher, questions, risk or CALIBRATED, report)
            calibration.save(settings.index / current_version(settings.index))
            chosen = calibration.thresholds
        except TooFewQuestions as few:
            report(str(few), 1.0)
    mark_current(settings.knowledge_built, "calibration", inputs)
    return chosen


def _calibration_inputs(settings: Settings) -> str:
    return content_hash([settings.index / "current", *_calibration_sets(settings)])


def _calibration_sets(settings: Settings) -> tuple[Path, Path]:
    """Return the files of open questions: for the desk, and not for it."""
    folder = settings.knowledge / "eval" / "open"
    return folder / "questions.yml", folder / "out_of_scope.yml"


def train_emergency_classifier(settings: Settings, force: bool = False) -> None:
    """Train the gate's classifier of emergencies when its examples or anything it tells them from changed."""
    inputs = emergency_inputs(settings)
    if not force and is_current(settings.built, "emergencies", inputs) and settings.emergency_model.exists():
        return
    from assistant.citizen.emergency_classifier import EmergencyClassifier, load_examples
    from assistant.nlu.phrases import load_phrases
    from knowledge_base.asks import load_asks, load_out_of_scope

    with progress("Training the classifier of emergencies") as report:
        report("training", 0.1)
        asks = load_asks(settings.data / "asks").values()
        beyond = load_out_of_scope(settings.data / "asks" / "out_of_scope.yml").values()
        classifier = EmergencyClassifier.fit(
            load_examples(settings.data / "emergencies" / "examples.yml"),
            [
                *(text for facets in asks for texts in facets.values() for text in texts),
                *(text for texts in beyond for text in texts),
                *load_phrases(settings.data / "nlu"),
            ],
        )
        classifier.save(settings.emergency_model)
        report("done", 1.0)
    mark_current(settings.built, "emergencies", inputs)


def train_dialogue(settings: Settings, force: bool = False) -> None:
    """Train the Rasa model when its configuration, domain, phrases, rules, encoder or components changed."""
    inputs = dialogue_inputs(settings)
    if not force and is_current(settings.built, "dialogue", inputs) and any(settings.rasa_models.glob("*.tar.gz")):
        return
    with progress("Training the dialogue") as report:
        report("loading Rasa", 0.0)
        quiet_rasa()
        from rasa.model_training import train

        from assistant.nlu import resources

        resources.use(settings)
        report("training intents and rules", 0.3)
        settings.rasa_models.mkdir(parents=True, exist_ok=True)
        log = settings.rasa_models / "training.log"
        with log.open("w") as written, redirect_stdout(written), redirect_stderr(written):
            result = train(
                domain=str(settings.home / "domain"),
                config=str(settings.home / "config.yml"),
                training_files=[str(settings.data / "nlu"), str(settings.data / "rules")],
                output=str(settings.rasa_models),
                force_training=True,
            )
        if result.code != 0 or not result.model:
            raise TrainingFailed(f"Rasa could not train the dialogue; {log} says why.")
        report("done", 1.0)
    for old in sorted(settings.rasa_models.glob("*.tar.gz"), key=lambda path: path.stat().st_mtime)[:-2]:
        old.unlink()
    mark_current(settings.built, "dialogue", inputs)


def train_sentence_encoder(settings: Settings, out: Path | None) -> None:
    """Train the shipped encoder on the items and the ways of asking."""
    from assistant.nlu import resources
    from knowledge_base.asks import load_asks, load_out_of_scope
    from knowledge_base.encoder_training import train_encoder
    from knowledge_base.indexing import indexed_items
    from knowledge_base.items import load_catalogue

    with progress("Training the sentence encoder") as report:
        train_encoder(
            indexed_items(load_catalogue(settings.data).items.values()),
            load_asks(settings.data / "asks"),
            load_out_of_scope(settings.data / "asks" / "out_of_scope.yml"),
            out or settings.home / "models" / "encoder",
            report,
            glossary=resources.glossary_at(settings.data),
        )


def _knowledge_files(settings: Settings) -> list[Path]:
    return [settings.knowledge / name for name in ("items", "asks", "passages", "cases.yml")]


def data_inputs(settings: Settings) -> str:
    """Return the content hash of everything that is checked."""
    shared = ("flows", "schemas", "emergencies", "english")
    texts = ("texts/facts.yml", "texts/flow_words.yml", "texts/certificates.yml")
    files = ("cases.yml", *texts, "agents.yml", "connectors.yml", "appointments.yml", "holidays.yml")
    return content_hash([*_knowledge_files(settings), *(settings.data / name for name in (*shared, *files))])


def index_inputs(settings: Settings) -> str:
    """Return the content hash of everything the index is built from, the building code included."""
    return content_hash(
        [
            *_knowledge_files(settings),
            *(settings.data / name for name in ("asks", "cases.yml", "texts/glossary.yml")),
            Path(settings.encoder),
            settings.home / "knowledge_base",
        ],
        settings.encoder if not Path(settings.encoder).exists() else "",
    )


def emergency_inputs(settings: Settings) -> str:
    """Return the content hash of everything the classifier of emergencies is trained from, its code included."""
    code = ("assistant/citizen/emergency_classifier.py", "knowledge_base/sparse.py", "knowledge_base/text.py")
    return content_hash(
        [
            *(settings.data / name for name in ("emergencies/examples.yml", "nlu", "asks")),
            *(settings.home / name for name in code),
        ]
    )


_DIALOGUE_CODE = (
    "config.yml",
    "domain",
    "assistant/nlu",
    "knowledge_base/asks.py",
    "knowledge_base/text.py",
    "requirements.lock",
)


def dialogue_inputs(settings: Settings) -> str:
    """Return the content hash of everything the dialogue model is trained from."""
    return content_hash(
        [
            *(settings.home / name for name in _DIALOGUE_CODE),
            *(settings.data / name for name in ("nlu", "rules", "asks", "texts/glossary.yml")),
            Path(settings.encoder),
        ],
        settings.encoder if not Path(settings.encoder).exists() else "",
    )
