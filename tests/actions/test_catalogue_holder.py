"""A running program follows its guides."""

from __future__ import annotations

import asyncio
import logging
import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.answer import ActionAnswer
from actions.catalogue_holder import CatalogueHolder
from actions.clarification import likely_items
from actions.clock import beijing_time
from actions.services import Services
from actions.turn import Turn
from storage.errors import DatabaseUnreachable

ITEM = "performance-approval"

FILE = Path("items") / "culture-tourism.yml"
BEFORE, AFTER = "演出举办单位举办售票", "演出的主办者举办售票"


class Seconds:
    """A clock of seconds that moves when it is told to."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def folder(data: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(data, tmp_path / "data"))


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


@pytest.fixture
def holder(folder: Path, seconds: Seconds) -> CatalogueHolder:
    return CatalogueHolder(folder, seconds)


def change(folder: Path, before: str, after: str) -> None:
    text = (folder / FILE).read_text("utf-8")
    assert before in text
    (folder / FILE).write_text(text.replace(before, after), "utf-8")


def tracker(said: str, item: str, *candidates: str) -> Tracker:
    """A conversation as Rasa sends it to an action."""
    message = {
        "text": said,
        "intent": {"name": "turn_answer"},
        "gate": {"intent": "ask", "item": item, "facet": "general"},
        "items": {"confidence": 0.9, "candidates": [{"item": one, "probability": 0.5} for one in candidates]},
    }
    return Tracker("x", {}, message, [], False, None, {}, "action_listen")


def test_given_a_changed_guide_when_asked_next_then_the_answer_says_it(folder, holder, seconds, tmp_path, data):
    services = Services.open(folder, tmp_path / "var", "sqlite://", beijing_time)
    services = Services(**{**vars(services), "guides": holder})

    def answer() -> str:
        dispatcher = CollectingDispatcher()
        asyncio.run(ActionAnswer(services).run(dispatcher, tracker("演出审批", ITEM), {}))
        return str(dispatcher.messages[0]["text"])

    assert BEFORE in answer()

    change(folder, BEFORE, AFTER)
    seconds.now += 1.0

    assert AFTER in answer()


@pytest.mark.parametrize("broken", ["item_id: [", "item_id_: performance-approval", "\x00"])
def test_given_a_broken_guide_when_asked_next_then_the_old_one_stays_and_a_warning_says_why(
    folder, holder, seconds, caplog, broken
):
    caplog.set_level(logging.WARNING)
    change(folder, "item_id: performance-approval", broken)
    seconds.now += 1.0

    assert BEFORE in holder.current.items[ITEM].summary
    assert "culture-tourism.yml" in caplog.text

    # and the broken file is not read again and again
    caplog.clear()
    seconds.now += 1.0
    assert BEFORE in holder.current.items[ITEM].summary
    assert not caplog.text

    # mended, it is taken over
    change(folder, broken, "item_id: performance-approval")
    change(folder, BEFORE, AFTER)
    seconds.now += 1.0
    assert AFTER in holder.current.items[ITEM].summary


def test_given_a_change_within_the_second_when_asked_then_the_files_are_not_looked_at(folder, holder, seconds):
    before = holder.current
    change(folder, BEFORE, AFTER)
    seconds.now += 0.5

    assert holder.current is before


def test_given_candidates_that_are_no_items_when_choices_are_made_then_they_are_skipped(holder):
    turn = Turn.of(tracker("演出", ITEM, "gone-item", ITEM, "film-approval-that-is-new"))

    likely = likely_items(holder.current.items, turn)

    assert [item.item_id for item in likely] == [ITEM]


def revision(item: str, guide: dict) -> SimpleNamespace:
    return SimpleNamespace(id=f"{item}-{guide['summary']}", content={"guide": guide, "asks": {}})


def test_given_an_approved_revision_when_asked_next_then_it_lies_over_the_file_until_it_ends(folder, seconds):
    in_force: dict = {}
    holder = CatalogueHolder(folder, seconds, in_force=lambda: in_force)
    written = holder.current.written[ITEM]
    in_force[ITEM] = revision(ITEM, {**written, "summary": "批准过的说法"})
    in_force["gone-item"] = revision("gone-item", {**written, "item_id": "gone-item"})

    seconds.now += 1.0
    assert holder.current.items[ITEM].summary == "批准过的说法"
    assert (holder.current.raw(ITEM)["summary"], holder.current.written[ITEM]) == ("批准过的说法", written)
    change(folder, BEFORE, AFTER)
    seconds.now += 1.0
    assert holder.current.items[ITEM].summary == "批准过的说法"

    in_force.clear()
    seconds.now += 1.0
    assert AFTER in holder.current.items[ITEM].summary


def test_given_a_revision_that_fits_the_files_no_longer_when_asked_next_then_the_file_holds_and_a_warning_says_why(
    folder, seconds, caplog
):
    in_force: dict = {}
    holder = CatalogueHolder(folder, seconds, in_force=lambda: in_force)
    in_force[ITEM] = revision(ITEM, {**holder.current.written[ITEM], "related": ["taken-away"]})
    seconds.now += 1.0

    with caplog.at_level(logging.WARNING):
        assert BEFORE in holder.current.items[ITEM].summary

    assert ITEM in caplog.text and "related.0" in caplog.text


def test_given_a_database_that_does_not_answer_when_asked_then_what_was_in_force_stays(folder, seconds, caplog):
    answers = iter([{}])

    def in_force():
        for answer in answers:
            return answer
        raise DatabaseUnreachable("The database did not answer.")

    holder = CatalogueHolder(folder, seconds, in_force=in_force)
    seconds.now += 1.0

    assert BEFORE in holder.current.items[ITEM].summary
    assert "did not answer" in caplog.text
