"""Budgets of a province's catalogue: 100,000 items built in 4 GB, searched in 40 ms, the real ones found as before."""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from rich.table import Table

from benchmarks.figures import Figure, Result, durations_table, milliseconds, result
from benchmarks.hot_reload import reload_under_load
from benchmarks.program import HOME

if TYPE_CHECKING:
    from assistant.settings import Settings
    from benchmarks.province import Made
    from knowledge_base.corpus import IndexedItem
    from knowledge_base.search import Searcher

ITEMS = 100_000
ROUNDS = 2
PROBES = 500
MEMORY_BUDGET_GB = 4.0
P95_BUDGET_MS = 40.0
POINTS_BUDGET = 3.0
_BUILT = "built.json"


def measure(items: int = ITEMS) -> Result:
    """Build an index of the real items among made-up ones, and hold it against the index of the real ones alone."""
    from assistant.evaluation.entries import OPEN, load_part
    from assistant.nlu import resources
    from assistant.preparation import prepare_all
    from assistant.quiet import quiet_rasa
    from assistant.settings import Settings
    from knowledge_base.index import current_version
    from knowledge_base.search import Searcher

    settings = Settings.from_environment()
    prepare_all(settings)
    quiet_rasa()
    questions = [(asked.text, asked.item) for asked in load_part(settings.data / "eval", OPEN).questions]
    encoder = resources.encoder_at(settings.encoder)
    with TemporaryDirectory(prefix="wenban-scale-") as temporary:
        index = Path(temporary) / "index"
        shutil.copytree(settings.index, index)
        alone_version = current_version(index)
        alone = _asked(Searcher.open(index, encoder, calibrated=False), questions)
        built = _build(index, items)
        began = time.perf_counter()
        searcher = Searcher.open(index, encoder, calibrated=False)
        opened = time.perf_counter() - began
        among = _asked(searcher, questions)
        probed = _asked(searcher, _probes(made_up(settings, items)), rounds=1)
        disk = sum(path.stat().st_size for path in (index / current_version(index)).rglob("*") if path.is_file())
        texts = [text for text, _ in questions]
        reload = reload_under_load(index, encoder, texts, (alone_version, current_version(index)))
    lost = {name: 100 * (alone[name] - among[name]) for name in ("hit@1", "hit@3", "answered right")}
    wrong = 100 * (among["answered wrong"] - alone["answered wrong"])
    return result(
        [
            Figure(f"{items} items, built in", built["seconds"], "s", None, f"{built['sentences']} sentences"),
            Figure("memory while building", built["peak_gb"], "GB", MEMORY_BUDGET_GB, "resident at most, with encoder"),
            Figure("on disk", disk / 1e9, "GB"),
            Figure("opened in", opened, "s", None, "checksums included"),
            Figure("search, p95", among["search"]["p95"], "ms", P95_BUDGET_MS, "with encoding, the open questions"),
            Figure(
                "search, p95 of processor time", among["processor"]["p95"], "ms", None, "what neighbours slow least"
            ),
            Figure("the same, real items alone", alone["processor"]["p95"], "ms"),
            *(
                Figure(f"{name}, points lost", value, "", POINTS_BUDGET, f"{alone[name]:.3f} → {among[name]:.3f}")
                for name, value in lost.items()
            ),
            Figure("answered wrong, points more", wrong, "", POINTS_BUDGET, "of the open questions"),
            Figure("made-up items first", 100 * probed["hit@1"], "%", None, f"{PROBES} asked for in other words"),
            Figure("searches failed while reloading", reload["failed"], "", 0, f"of {reload['during']['count']}"),
            Figure("search while reloading, p95", reload["during"]["p95"], "ms", None, "a thread loads beside"),
            Figure("search while reloading, at most", reload["during"]["max"], "ms"),
        ],
        build=built,
        alone=alone,
        among=among,
        made_up=probed,
        reload=reload,
    )


def tables(measured: Result) -> list[Table]:
    """Return what was found of either index, the searches, and the stages of the build."""
    details = measured["details"]
    quality = Table("", "hit@1", "hit@3", "answered right", "answered wrong", title="questions", title_justify="left")
    for title, part in (("real items alone", "alone"), ("real among all", "among"), ("made-up among all", "made_up")):
        quality.add_row(title, *(f"{details[part][column.header]:.3f}" for column in quality.columns[1:]))
    searches = {
        f"{title}, round {number}": one
        for title, part in (("real items alone", "alone"), ("all", "among"))
        for number, one in enumerate(details[part]["rounds"], start=1)
    }
    searches |= {f"all, {part} a reload": details["reload"][part] for part in ("before", "during", "after")}
    stages = Table("stage", "s", title="build", title_justify="left")
    for stage, seconds in details["build"]["stages"].items():
        stages.add_row(stage, f"{seconds:.1f}")
    return [quality, durations_table("search", searches), stages]


def made_up(settings: Settings, items: int) -> list[Made]:
    """Return the made-up items that fill the real ones up to so many."""
    from benchmarks.province import Province

    real = real_items(settings)
    return Province(real).items(items - len(real))


def real_items(settings: Settings) -> list[IndexedItem]:
    """Return what the index holds of the real items."""
    from knowledge_base.indexing import indexed_items
    from knowledge_base.items import load_catalogue

    return indexed_items(load_catalogue(settings.data).items.values())


def _probes(made: Sequence[Made]) -> Iterator[tuple[str, str]]:
    """Yield questions about some of the made-up items, spread over all kinds."""
    random = Random(7)
    for one in random.sample(list(made), min(PROBES, len(made))):
        yield one.question(random), one.item.item_id


def _asked(searcher: Searcher, questions: Iterable[tuple[str, str]], rounds: int = ROUNDS) -> dict[str, Any]:
    """Put the questions to a searcher and return the shares found and answered, and how long each round took."""
    from knowledge_base.thresholds import Decision

    asked = list(questions)
    searcher.warm_up()
    first, third, right, wrong = 0, 0, 0, 0
    taken: list[list[float]] = []
    worked: list[float] = []
    for number in range(rounds):
        taken.append([])
        for text, item in asked:
            began, busy = time.perf_counter(), time.process_time()
            found = searcher.search(text)
            worked.append(time.process_time() - busy)
            taken[-1].append(time.perf_counter() - began)
            if number == 0:
                ids = [candidate.item_id for candidate in found.candidates]
                first += ids[:1] == [item]
                third += item in ids[:3]
                if searcher.decide(found) is Decision.ANSWER:
                    right += ids[0] == item
                    wrong += ids[0] != item
    counts = {"hit@1": first, "hit@3": third, "answered right": right, "answered wrong": wrong}
    return {
        **{name: round(count / len(asked), 4) for name, count in counts.items()},
        "search": milliseconds([seconds for one in taken for seconds in one]),
        "processor": milliseconds(worked),
        "rounds": [milliseconds(one) for one in taken],
    }


def _build(index: Path, items: int) -> dict[str, Any]:
    """Build the index in a process of its own and return what it wrote about itself."""
    subprocess.run([sys.executable, "-m", "benchmarks.scale", str(index), str(items)], cwd=HOME, check=True)
    built: dict[str, Any] = json.loads((index / _BUILT).read_text(encoding="utf-8"))
    return built


def build(index: Path, items: int) -> None:
    """Build the index beside the one that is there; write its stages (s) and most resident memory (GB) beside it."""
    from assistant.nlu import resources
    from assistant.progress import progress
    from assistant.settings import Settings
    from knowledge_base.asks import load_asks, load_out_of_scope
    from knowledge_base.index import build_index

    settings = Settings.from_environment()
    catalogue = [*real_items(settings), *(one.item for one in made_up(settings, items))]
    with progress(f"Building an index of {len(catalogue)} items") as shown, timed(shown) as (report, stages):
        manifest = build_index(
            catalogue,
            load_asks(settings.data / "asks"),
            load_out_of_scope(settings.data / "asks" / "out_of_scope.yml"),
            resources.encoder_at(settings.encoder),
            index,
            report,
            glossary=resources.glossary_at(settings.data),
        )
    content = {
        "seconds": round(sum(stages.values()), 1),
        "stages": {stage: round(seconds, 1) for stage, seconds in stages.items()},
        "peak_gb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e9, 2),
        "sentences": manifest.sentences,
        "figures": manifest.figures,
    }
    (index / _BUILT).write_text(json.dumps(content), encoding="utf-8")


@contextmanager
def timed(shown: Callable[[str, float], None]) -> Iterator[tuple[Callable[[str, float], None], dict[str, float]]]:
    """Give a report that passes on to another and adds up the seconds of each stage."""
    stages: dict[str, float] = {}
    stage, began = "reading", time.perf_counter()

    def turn(following: str) -> None:
        nonlocal stage, began
        now = time.perf_counter()
        stages[stage] = stages.get(stage, 0.0) + now - began
        stage, began = following, now

    def report(following: str, share: float) -> None:
        turn(following)
        shown(following, share)

    yield report, stages
    turn("")


if __name__ == "__main__":
    os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
    build(Path(sys.argv[1]), int(sys.argv[2]))
