"""Preparation: check the data, build the index, train the dialogue, each only when its inputs changed."""

from __future__ import annotations

import hashlib
import json
import logging
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path

from rich.console import Console
from rich.progress import (
    BarColumn,
    Progress,
    SpinnerColumn,
    TaskProgressColumn,
    TextColumn,
    TimeElapsedColumn,
)

from assistant.settings import Settings

console = Console(file=sys.stderr)
Report = Callable[[str, float], None]
"""progress: what is being done, and the share done (0 to 1)"""


class DataRefused(Exception):
    """The data has errors that must be mended first; `wenban items check` lists them."""


class TrainingFailed(Exception):
    """Rasa could not train the dialogue model."""


def prepare_all(settings: Settings) -> None:
    """Bring everything that is built up to date with what it is built from.

    Raises:
        DataRefused: an item, a phrase or a flow is wrong; nothing is built then.
    """
    if is_current(settings, "data", data_inputs(settings)) is False:
        if print_findings(settings):
            raise DataRefused(DataRefused.__doc__)
        mark_current(settings, "data", data_inputs(settings))
    build_search_index(settings)
    train_dialogue(settings)


def print_findings(settings: Settings) -> int:
    """Print what `check_items` finds and return the number of errors."""
    from actions.flows.checks import check_flows
    from actions.flows.definition import FlowError, load_flows
    from knowledge_base.asks import load_asks
    from knowledge_base.checks import check_items
    from knowledge_base.items import CatalogueInvalid, load_catalogue

    try:
        catalogue = load_catalogue(settings.data)
    except CatalogueInvalid as invalid:
        for problem in invalid.problems:
            console.print(f"[red]error[/] {problem}", highlight=False)
        return len(invalid.problems)
    try:
        flows = load_flows(settings.data / "flows")
    except FlowError as error:
        console.print(f"[red]error[/] {error}", highlight=False)
        return 1
    findings = [*check_flows(flows, catalogue.items), *check_items(catalogue, load_asks(settings.data / "asks"))]
    for finding in findings:
        colour = "red" if finding.level == "error" else "yellow"
        console.print(f"[{colour}]{finding.level}[/] {finding.where}: {finding.message}", highlight=False)
    errors = sum(finding.level == "error" for finding in findings)
    console.print(f"Checked {len(catalogue.items)} items and {len(flows)} flows: {errors} error(s).")
    return errors


def build_search_index(settings: Settings, force: bool = False) -> None:
    """Build the index when items, ways of asking, encoder or the code that builds it changed."""
    inputs = index_inputs(settings)
    if not force and is_current(settings, "index", inputs) and (settings.index / "current").exists():
        return
    from assistant.nlu import resources
    from knowledge_base.asks import load_asks, load_out_of_scope
    from knowledge_base.index import build_index
    from knowledge_base.indexing import indexed_items
    from knowledge_base.items import load_catalogue

    with progress("Building the search index") as report:
        report("loading", 0.0)
        encoder = resources.encoder_at(settings.encoder)
        build_index(
            indexed_items(load_catalogue(settings.data).items.values()),
            load_asks(settings.data / "asks"),
            load_out_of_scope(settings.data / "asks" / "out_of_scope.yml"),
            encoder,
            settings.index,
            report,
            glossary=resources.glossary_at(settings.data),
        )
    mark_current(settings, "index", inputs)


def train_dialogue(settings: Settings, force: bool = False) -> None:
    """Train the Rasa model when its configuration, domain, phrases, rules, encoder or components changed."""
    inputs = dialogue_inputs(settings)
    if not force and is_current(settings, "dialogue", inputs) and any(settings.rasa_models.glob("*.tar.gz")):
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
    mark_current(settings, "dialogue", inputs)


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


def data_inputs(settings: Settings) -> str:
    """Return the content hash of everything that is checked."""
    folders = ("items", "asks", "flows", "schemas")
    files = ("cases.yml", "texts/facts.yml", "texts/flow_words.yml", "texts/certificates.yml")
    return content_hash(settings.data / name for name in (*folders, *files))


def index_inputs(settings: Settings) -> str:
    """Return the content hash of everything the index is built from, the building code included."""
    return content_hash(
        [
            *(settings.data / name for name in ("items", "asks", "cases.yml", "texts/glossary.yml")),
            Path(settings.encoder),
            settings.home / "knowledge_base",
        ],
        settings.encoder if not Path(settings.encoder).exists() else "",
    )


def dialogue_inputs(settings: Settings) -> str:
    """Return the content hash of everything the dialogue model is trained from."""
    return content_hash(
        [
            *(settings.home / name for name in ("config.yml", "domain", "assistant/nlu", "requirements.lock")),
            *(settings.data / name for name in ("nlu", "rules", "asks", "texts/glossary.yml")),
            Path(settings.encoder),
        ],
        settings.encoder if not Path(settings.encoder).exists() else "",
    )


def content_hash(paths: Iterable[Path], *more: str) -> str:
    """Return one hash over the names and contents of files and folders (caches left out) and further words."""
    digest = hashlib.sha256()
    for path in paths:
        files = sorted(path.rglob("*")) if path.is_dir() else [path]
        for file in files:
            if file.is_file() and "__pycache__" not in file.parts:
                digest.update(str(file.relative_to(path.parent)).encode())
                digest.update(hashlib.sha256(file.read_bytes()).digest())
    for word in more:
        digest.update(word.encode())
    return digest.hexdigest()


def _stamps(settings: Settings) -> Path:
    return settings.home / "models" / "rasa" / "built.json"


def is_current(settings: Settings, what: str, inputs: str) -> bool:
    """Tell whether something was last built from exactly these inputs."""
    try:
        return bool(json.loads(_stamps(settings).read_text(encoding="utf-8")).get(what) == inputs)
    except (OSError, ValueError):
        return False


def mark_current(settings: Settings, what: str, inputs: str) -> None:
    """Remember what something was built from."""
    path = _stamps(settings)
    try:
        stamps = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        stamps = {}
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(".new")
    beside.write_text(json.dumps({**stamps, what: inputs}, indent=1), encoding="utf-8")
    os.replace(beside, path)


@contextmanager
def progress(title: str) -> Iterator[Report]:
    """Show a progress bar; where there is no terminal, a line for each step instead."""
    if not console.is_terminal:
        began = time.monotonic()
        said = ""

        def report_lines(step: str, share: float) -> None:
            nonlocal said
            if step != said:
                said = step
                console.print(f"{title}: {step} ({share:.0%}, {time.monotonic() - began:.0f} s)", highlight=False)

        yield report_lines
        console.print(f"{title}: done in {time.monotonic() - began:.0f} s", highlight=False)
        return
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console) as bar:
        task = bar.add_task(title, total=1.0)

        def report(step: str, share: float) -> None:
            bar.update(task, completed=share, description=f"{title}: {step}")

        yield report
        bar.update(task, completed=1.0, description=title)


def quiet_rasa() -> None:
    """Let Rasa and TensorFlow log only what is wrong; RulePolicy's debug lines would quote conversations."""
    import structlog

    for name in ("rasa", "rasa_sdk", "tensorflow", "matplotlib", "apscheduler", "jieba", "fontTools"):
        logging.getLogger(name).setLevel(logging.WARNING)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
