"""A real export taken in: how long it takes, what memory, and whether everyday words find its items.

The export is not ours to ship: it lies beside the checkout (`shared/data/guangdong_items`), or where WENBAN_SHARED
points. The 60 questions were written by hand and are used for nothing else.
"""

from __future__ import annotations

import os
import resource
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.table import Table

from benchmarks.figures import Figure, Result, milliseconds, result

HOME = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("WENBAN_SHARED", HOME.parent / "shared"))
EXPORT = SHARED / "data" / "guangdong_items" / "items.json"
QUESTIONS = HOME / "tests" / "data" / "guangdong_questions.yml"


def measure() -> Result:
    """Import, load, index and search."""
    if not EXPORT.exists():
        return result([Figure("import", None, "s", note=f"{EXPORT.name} is not there")])
    import yaml

    from assistant.nlu import resources
    from assistant.preparation.search_index import build_search_index
    from assistant.settings import Settings
    from knowledge_base.importing.importer import import_items
    from knowledge_base.items import load_catalogue
    from knowledge_base.search import Searcher

    with tempfile.TemporaryDirectory(prefix="wenban-import-") as folder:
        settings = Settings.from_environment().with_(knowledge=Path(folder).resolve())
        mapping = settings.data / "mappings" / "guangdong.yml"
        seconds: dict[str, tuple[float, float]] = {}
        with _timed(seconds, "import"):
            import_items(EXPORT, settings.data, settings.knowledge, lambda step, share: None, mapping)
        with _timed(seconds, "load the items"):
            items = load_catalogue(settings.data, settings.knowledge).items
        with _timed(seconds, "index"):
            build_search_index(settings, force=True)
        searcher = Searcher.open(settings.index, resources.encoder_at(settings.encoder))
        searcher.warm_up()
        questions = yaml.safe_load(QUESTIONS.read_text(encoding="utf-8"))
        places, decisions, durations = [], [], []
        for question in questions:
            began = time.perf_counter()
            found = searcher.search(question["text"])
            durations.append(time.perf_counter() - began)
            ranked = [candidate.item_id for candidate in found.candidates]
            places.append(ranked.index(question["item"]) + 1 if question["item"] in ranked else 0)
            decisions.append(searcher.decide(found).value)
    count = len(questions)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    answered = [place for place, decision in zip(places, decisions, strict=True) if decision == "answer"]
    return result(
        [
            *(
                Figure(name, whole, "s", note=f"{len(items)} items, {processor:.1f} s of processor time")
                for name, (whole, processor) in seconds.items()
            ),
            Figure("peak memory, encoder included", peak, "GB"),
            Figure("not first (1 - hit@1)", sum(place != 1 for place in places) / count, "", note=f"{count} questions"),
            Figure("not among three", sum(not 1 <= place <= 3 for place in places) / count, ""),
            Figure("answered wrong", sum(place != 1 for place in answered) / count, ""),
            Figure("answered at all", len(answered) / count, "", note="more is better; cautious thresholds"),
        ],
        search=milliseconds(durations),
        places=places,
    )


def tables(measured: Result) -> list[Table]:
    """Return no further table."""
    return []


@contextmanager
def _timed(seconds: dict[str, tuple[float, float]], name: str) -> Iterator[None]:
    """Keep under a name how long a block takes, and how long the processor works on it."""
    began, worked = time.perf_counter(), time.process_time()
    yield
    seconds[name] = time.perf_counter() - began, time.process_time() - worked
