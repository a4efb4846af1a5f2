"""Budget: a search with encoding takes at most 15 ms in 95 of 100 cases, at 4,000 items too."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.table import Table

from benchmarks.conversations import load_conversations
from benchmarks.figures import Figure, Result, durations_table, milliseconds, result
from benchmarks.program import CACHE, HOME

if TYPE_CHECKING:
    from assistant.settings import Settings
    from knowledge_base.search import Searcher

SYNTHETIC_ITEMS = (1000, 4000)
ASKS_PER_ITEM = 4
BUILD_LIMIT_S = 900.0
BUILT = "built.json"
SEARCHES = 600
WARM_UP = 50
P95_BUDGET_MS = 15.0


class IndexNotBuilt(Exception):
    """The index of synthetic items could not be built."""


def measure() -> Result:
    """Measure searches in the real index, then in those of synthetic items, built at first use."""
    from assistant.preparation import prepare_all
    from assistant.quiet import quiet_rasa
    from assistant.settings import Settings

    settings = Settings.from_environment()
    prepare_all(settings)
    quiet_rasa()
    indexes = {"real": _measure(settings.index, settings)}
    figures = [_p95(indexes["real"]["items"], indexes["real"]["search"]["p95"])]
    for items in SYNTHETIC_ITEMS:
        try:
            folder = synthetic_index(settings, items)
        except IndexNotBuilt as error:
            figures.append(_p95(items, None, str(error)))
            continue
        indexes[f"synthetic_{items}"] = many = {**_built(folder), **_measure(folder, settings)}
        figures += [
            _p95(items, many["search"]["p95"]),
            Figure(f"index of {items} items, built in", many["build_seconds"], "s", None, "once, then kept"),
            Figure(f"index of {items} items, opened in", many["open_seconds"], "s"),
        ]
    return result(figures, indexes=indexes, asks_per_synthetic_item=ASKS_PER_ITEM)


def _p95(items: int, value: float | None, note: str = "with encoding") -> Figure:
    return Figure(f"search, {items} items, p95", value, "ms", P95_BUDGET_MS, note)


def tables(measured: Result) -> list[Table]:
    """Return the searches with encoding, and both parts by themselves."""
    rows = {
        f"{index['items']} items: {part}": index[part]
        for index in measured["details"]["indexes"].values()
        for part in ("search", "encoding", "ranking")
    }
    return [durations_table("search", rows)]


def _measure(index: Path, settings: Settings) -> dict[str, Any]:
    from assistant.nlu import resources
    from knowledge_base.search import Searcher

    encoder = resources.encoder_at(settings.encoder)
    began = time.perf_counter()
    searcher = Searcher.open(index, encoder)
    opened = time.perf_counter() - began
    texts = [said.text for conversation in load_conversations() for said in conversation.turns]
    _search(searcher, texts, WARM_UP)
    whole, encoding, ranking = _search(searcher, texts, SEARCHES)
    return {
        "items": searcher.manifest.items,
        "sentences": searcher.manifest.sentences,
        "open_seconds": round(opened, 2),
        "disk_mb": round(sum(path.stat().st_size for path in index.rglob("*") if path.is_file()) / 1e6, 1),
        "search": milliseconds(whole),
        "encoding": milliseconds(encoding),
        "ranking": milliseconds(ranking),
    }


def _search(searcher: Searcher, texts: list[str], searches: int) -> tuple[list[float], list[float], list[float]]:
    """Return the seconds of whole searches, and of encoding and ranking by themselves."""
    whole, encoding, ranking = [], [], []
    for number in range(searches):
        text = texts[number % len(texts)]
        began = time.perf_counter()
        searcher.search(text)
        whole.append(time.perf_counter() - began)
        began = time.perf_counter()
        vector = searcher.vector(text)
        encoding.append(time.perf_counter() - began)
        began = time.perf_counter()
        searcher.search(text, vector=vector)
        ranking.append(time.perf_counter() - began)
    return whole, encoding, ranking


def synthetic_index(settings: Settings, items: int) -> Path:
    """Return the folder of an index of synthetic items, built in a process of its own if there is none yet.

    Raises:
        IndexNotBuilt: the build failed or took longer than the limit.
    """
    from assistant.built import content_hash
    from assistant.preparation.inputs import index_inputs

    made_of = content_hash(
        [Path(__file__).with_name("synthetic_items.yml"), Path(__file__).with_name("synthetic.py")],
        index_inputs(settings),
        str(ASKS_PER_ITEM),
    )
    folder = CACHE / f"index-{items}-{made_of[:16]}"
    if not (folder / BUILT).exists():
        try:
            subprocess.run(
                [sys.executable, "-m", "benchmarks.search", str(folder), str(items)],
                cwd=HOME,
                check=True,
                timeout=BUILD_LIMIT_S,
            )
        except subprocess.TimeoutExpired:
            raise IndexNotBuilt(f"the index was not built within {BUILD_LIMIT_S:g} s") from None
        except subprocess.CalledProcessError as error:
            raise IndexNotBuilt(f"the build of the index ended with {error.returncode}") from error
    return folder


def build_synthetic_index(folder: Path, count: int) -> None:
    """Build the index of synthetic items and write how long it took beside it."""
    from assistant.nlu import resources
    from assistant.progress import progress
    from assistant.settings import Settings
    from benchmarks.synthetic import synthetic_items
    from knowledge_base.asks import load_asks, load_out_of_scope
    from knowledge_base.index import build_index
    from knowledge_base.indexing import indexed_items
    from knowledge_base.items import load_catalogue

    settings = Settings.from_environment()
    real = indexed_items(load_catalogue(settings.data).items.values())
    items, asks = synthetic_items(real, load_asks(settings.data / "asks"), count, ASKS_PER_ITEM)
    began = time.perf_counter()
    with progress(f"Building an index of {len(items)} synthetic items, once") as report:
        build_index(
            items,
            asks,
            load_out_of_scope(settings.data / "asks" / "out_of_scope.yml"),
            resources.encoder_at(settings.encoder),
            folder,
            report,
            glossary=resources.glossary_at(settings.data),
        )
    seconds = round(time.perf_counter() - began, 1)
    (folder / BUILT).write_text(json.dumps({"build_seconds": seconds}), encoding="utf-8")


def _built(folder: Path) -> dict[str, float]:
    built: dict[str, float] = json.loads((folder / BUILT).read_text(encoding="utf-8"))
    return built


if __name__ == "__main__":
    build_synthetic_index(Path(sys.argv[1]), int(sys.argv[2]))
