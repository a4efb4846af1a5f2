"""Budget: staff see drafts 150 ms after the message; the right item is among the three in 97 of 100 questions."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.table import Table

from benchmarks.figures import Figure, Result, durations_table, milliseconds, result

if TYPE_CHECKING:
    from assistant.settings import Settings
    from assistant.staff.draft_book import DraftBook
    from storage.staff import StaffAccount

P95_BUDGET_MS = 150.0
MISSED_BUDGET = 0.03
WARM_UP = 20


def measure() -> Result:
    """Draft for every question of the open part of data/eval, masking and keeping included."""
    from assistant.evaluation.entries import OPEN, load_part
    from assistant.nlu import resources
    from assistant.preparation import prepare_all
    from assistant.quiet import quiet_rasa
    from assistant.settings import Settings

    settings = Settings.from_environment()
    prepare_all(settings)
    quiet_rasa()
    questions = load_part(settings.data / "eval", OPEN).questions
    searcher = resources.searcher_at(settings.index, settings.encoder)
    with tempfile.TemporaryDirectory() as folder:
        book, clerk = _open(settings, Path(folder))
        for asked in questions[:WARM_UP]:
            book.propose(clerk, asked.text)
        seconds, ranks, untraced, drafts = [], [], 0, 0
        for asked in questions:
            began = time.perf_counter()
            told = book.propose(clerk, asked.text)
            seconds.append(time.perf_counter() - began)
            items = [draft["item"]["item_id"] for draft in told["drafts"]]
            ranks.append(items.index(asked.item) + 1 if asked.item in items else 0)
            untraced += sum(not _is_traceable(draft) for draft in told["drafts"])
            drafts += len(items)
    found = [searcher.search(asked.text).best for asked in questions]
    search_missed = sum(
        best is None or best.item_id != asked.item for best, asked in zip(found, questions, strict=True)
    )
    first_missed, missed = sum(rank != 1 for rank in ranks), ranks.count(0)
    summary = milliseconds(seconds)
    asked_in_all = len(questions)
    return result(
        [
            Figure("draft, p95", summary["p95"], "ms", P95_BUDGET_MS, "masking, search, composing, keeping"),
            Figure("right item not among the drafts", missed / asked_in_all, "", MISSED_BUDGET),
            Figure(
                "first draft wrong, beyond the search's first", (first_missed - search_missed) / asked_in_all, "", 0.0
            ),
            Figure("drafts with a sentence of no field", float(untraced), "", 0.0),
            Figure("first draft wrong", first_missed / asked_in_all, ""),
            Figure("drafts for a question", drafts / asked_in_all, ""),
        ],
        questions=asked_in_all,
        draft=summary,
    )


def tables(measured: Result) -> list[Table]:
    """Return how long drafting takes."""
    return [durations_table("drafting", {"draft": measured["details"]["draft"]})]


def _is_traceable(draft: dict[str, Any]) -> bool:
    """Tell whether every sentence names a field of the draft's own item and its source."""
    cited = [sentence["citation"] for sentence in draft["sentences"]]
    own = draft["item"]["item_id"]
    return bool(cited) and all(one["item"] == own and one["field"] and one["source"] for one in cited)


def _open(settings: Settings, var: Path) -> tuple[DraftBook, StaffAccount]:
    """Return what drafts, on storage of its own, and a clerk to draft for."""
    from actions.drafting import Drafter
    from actions.services import Services
    from actions.texts import Texts
    from assistant.citizen.personal_data import PersonalDataGuard
    from assistant.nlu import resources
    from assistant.staff.draft_book import DraftBook
    from storage.drafts import AnswerDrafts
    from storage.staff import Staff, StaffRole

    services = Services.open(settings.data, var, f"sqlite:///{var / 'wenban.db'}", settings.clock, departments=False)
    texts = settings.data / "texts"
    book = DraftBook(
        Drafter(resources.searcher_at(settings.index, settings.encoder), services.guides, services.answer_texts),
        AnswerDrafts(services.database),
        PersonalDataGuard.load(texts / "personal_data.yml", services.personal_values),
        services.small_talk,
        Texts.load(texts / "staff.yml"),
    )
    return book, Staff(services.database).create("clerk", "a long enough password", StaffRole.CLERK)
