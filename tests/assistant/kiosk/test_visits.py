"""Visits at a machine: nothing of one is left when it is over, however it ends."""

from __future__ import annotations

import asyncio
import sqlite3
from pathlib import Path

import pytest
from rasa.shared.core.events import UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from sanic.exceptions import Forbidden

from assistant.citizen.wire import EventType
from assistant.kiosk.phone import CODE_LASTS
from assistant.tracker_store import BoundedTrackerStore
from storage.audit import AuditTrail
from storage.errors import AuditUnwritten
from storage.identity import Identity
from storage.visit_ids import VISIT
from tests.assistant.staff.unwritable import unwritable

WORDS = "隔壁半夜装修吵得睡不着"
HOLDER = Identity("张示例", "310101199304180027")


def remember(machine, conversation_id: str) -> None:
    """Leave words in Rasa's tracker store, as a dialogue does."""
    tracker = DialogueStateTracker(conversation_id, [])
    tracker.update(UserUttered(WORDS))
    asyncio.run(BoundedTrackerStore(url=machine.tracker_url).save(tracker))


def in_files(folder: Path, *secrets: str) -> list[str]:
    """The databases' files in which one of the secrets stands."""
    forms = [form for secret in secrets for form in (secret.encode(), secret.encode("unicode_escape"))]
    files = [path for path in folder.glob("*.db*") if any(form in path.read_bytes() for form in forms)]
    return sorted(path.name for path in files)


def begin(machine) -> str:
    return asyncio.run(machine.visits.begin())


def token_holds(machine, conversation_id: str, token: str) -> bool:
    return machine.citizens.tokens.accepts(conversation_id, token)


def test_given_a_visit_when_it_is_wiped_then_its_token_holds_no_longer_and_nothing_is_left(machine, tmp_path):
    visit = begin(machine)
    token = machine.citizens.tokens.issue(visit)
    asyncio.run(machine.citizens.take(visit, WORDS, "m1"))
    machine.services.conversations.bind(visit, HOLDER, "kiosk")
    remember(machine, visit)
    assert token_holds(machine, visit, token)
    assert in_files(tmp_path, visit, WORDS) != []

    asyncio.run(machine.visits.wipe(visit))

    assert not token_holds(machine, visit, token)
    assert machine.citizens.hub.since(visit, 0) == []
    assert machine.services.conversations.get(visit) is None
    assert in_files(tmp_path, visit, WORDS, HOLDER.full_name, HOLDER.id_number) == []
    assert not machine.citizens.has_taken(visit, "m1")


def test_given_a_wiped_visit_when_it_is_wiped_again_then_nothing_happens(machine):
    visit = begin(machine)
    asyncio.run(machine.visits.wipe(visit))

    asyncio.run(machine.visits.wipe(visit))

    wipes = [entry for entry in AuditTrail(machine.services.database).entries() if entry.action == "wipe-visit"]
    assert [(entry.actor, entry.subject) for entry in wipes] == [("kiosk", "大厅 一号机")]
    assert visit not in str(wipes)


def test_given_a_trail_that_takes_no_entry_when_a_visit_is_wiped_then_it_is_over_and_erased_with_its_entry_later(
    machine,
):
    database, visit = machine.services.database, begin(machine)
    token = machine.citizens.tokens.issue(visit)
    with unwritable(database), pytest.raises(AuditUnwritten):
        asyncio.run(machine.visits.wipe(visit))
    assert not token_holds(machine, visit, token)
    assert machine.services.conversations.get(visit) is not None

    asyncio.run(machine.visits.step())

    assert machine.services.conversations.get(visit) is None
    assert [entry.action for entry in AuditTrail(database).entries()] == ["wipe-visit"]


def test_given_a_turn_that_runs_when_the_visit_is_wiped_then_it_is_waited_for_and_leaves_nothing(machine, tmp_path):
    async def meanwhile() -> None:
        visit = await machine.visits.begin()
        agent, wiping = machine.citizens.assistant.agent, []
        agent.below.meanwhile = lambda: wiping.append(asyncio.ensure_future(machine.visits.wipe(visit)))
        await machine.citizens.take(visit, WORDS)
        await wiping[0]
        assert machine.citizens.hub.since(visit, 0) == []

    asyncio.run(meanwhile())

    assert in_files(tmp_path, VISIT) == []


def test_given_a_message_that_waits_for_its_turn_when_the_visit_is_wiped_then_it_is_not_taken(machine):
    async def meanwhile() -> None:
        visit = await machine.visits.begin()
        async with machine.citizens.turn_of(visit):
            waiting = asyncio.ensure_future(machine.citizens.take(visit, WORDS))
            wiping = asyncio.ensure_future(machine.visits.wipe(visit))
            await asyncio.sleep(0)
        with pytest.raises(Forbidden):
            await waiting
        await wiping
        assert machine.citizens.hub.since(visit, 0) == []

    asyncio.run(meanwhile())

    assert machine.citizens.assistant.agent.below.heard == []


def test_given_a_turn_that_runs_when_the_page_waits_no_longer_for_the_wipe_then_it_is_finished_all_the_same(
    machine, tmp_path
):
    async def meanwhile() -> None:
        visit = await machine.visits.begin()
        await machine.citizens.take(visit, WORDS, "m1")
        async with machine.citizens.turn_of(visit):
            wiping = asyncio.ensure_future(machine.visits.wipe(visit))
            await asyncio.sleep(0)
            wiping.cancel()
        await asyncio.gather(*machine.visits._finishing)
        assert wiping.cancelled()
        assert not machine.citizens.has_taken(visit, "m1")

    asyncio.run(meanwhile())

    assert in_files(tmp_path, VISIT) == []


def test_given_a_visit_that_is_over_when_something_is_published_in_it_then_it_is_kept_nowhere(machine):
    visit = begin(machine)
    asyncio.run(machine.visits.wipe(visit))

    event = machine.citizens.hub.publish(visit, EventType.AGENT_MESSAGE, {"text": WORDS})

    assert event.seq is None
    assert machine.citizens.hub.since(visit, 0) == []


def test_given_listeners_when_the_visit_is_wiped_then_they_are_sent_away(machine):
    visit = begin(machine)

    async def wiped() -> list:
        queue = machine.citizens.hub.listen(visit)
        await machine.visits.wipe(visit)
        return [queue.get_nowait() for _ in range(queue.qsize())]

    assert asyncio.run(wiped()) == [None]


def test_given_a_visit_when_the_next_begins_then_it_is_wiped_first(machine):
    first = begin(machine)
    second = begin(machine)

    assert not machine.citizens.tokens.hold(first)
    assert machine.citizens.tokens.hold(second)
    assert machine.services.conversations.get(first) is None


def test_given_two_beginnings_at_once_when_both_are_done_then_one_visit_is_open(machine):
    async def both() -> list[str]:
        return list(await asyncio.gather(machine.visits.begin(), machine.visits.begin()))

    assert sorted(machine.citizens.tokens.hold(visit) for visit in asyncio.run(both())) == [False, True]


def test_given_nobody_touches_when_the_time_is_over_then_the_visit_is_wiped(machine, now):
    visit = begin(machine)
    asyncio.run(machine.citizens.take(visit, WORDS))
    now.advance(seconds=100)
    assert machine.visits.touch(visit)
    now.advance(seconds=119)
    asyncio.run(machine.visits.step())
    assert machine.services.conversations.get(visit) is not None

    now.advance(seconds=1)
    asyncio.run(machine.visits.step())

    assert machine.services.conversations.get(visit) is None
    assert not machine.visits.touch(visit)


def test_given_a_power_cut_when_the_machine_starts_then_the_visit_is_wiped_though_it_was_just_touched(
    machine, tmp_path
):
    visit = begin(machine)
    asyncio.run(machine.citizens.take(visit, WORDS))
    remember(machine, visit)

    asyncio.run(machine.visits.wipe_left(all_here=True))

    assert in_files(tmp_path, visit, WORDS) == []
    with sqlite3.connect(tmp_path / "tracker.db") as tracker:
        assert tracker.execute("SELECT count(*) FROM events").fetchone() == (0,)


def test_given_a_power_cut_in_the_midst_of_a_wipe_when_the_machine_goes_on_then_it_is_finished(machine):
    visit = begin(machine)
    asyncio.run(machine.citizens.take(visit, WORDS))
    machine.leaving.kept.end(visit)  # no further

    asyncio.run(machine.visits.step())

    assert machine.services.conversations.get(visit) is None
    assert machine.leaving.kept.left("大厅 一号机", with_open=True) == ()


def test_given_a_telephone_takes_the_visit_over_when_the_machine_wipes_then_the_telephone_keeps_it(machine):
    visit = begin(machine)
    at_machine = machine.citizens.tokens.issue(visit)
    asyncio.run(machine.citizens.take(visit, WORDS))
    machine.leaving.kept.offer(visit, "code", CODE_LASTS)

    async def move() -> list:
        queue = machine.citizens.hub.listen(visit)
        assert machine.leaving.take_over("code") == visit
        return [queue.get_nowait() for _ in range(queue.qsize())]

    moved, end = asyncio.run(move())
    on_phone = machine.citizens.tokens.issue(visit)
    asyncio.run(machine.visits.wipe(visit))
    begin(machine)

    assert (moved.type, moved.seq, end) == (EventType.CONVERSATION_MOVED, None, None)
    assert not token_holds(machine, visit, at_machine)
    assert token_holds(machine, visit, on_phone)
    assert len(machine.citizens.hub.since(visit, 0)) == 3


def test_given_another_server_gave_the_visit_to_a_telephone_when_this_one_looks_then_its_page_is_told(machine):
    visit = begin(machine)
    machine.leaving.kept.offer(visit, "code", CODE_LASTS)
    machine.leaving.kept.take_over("code")  # in another process

    async def look() -> list:
        queue = machine.citizens.hub.listen(visit)
        await machine.visits.step()
        await machine.visits.step()
        return [queue.get_nowait() for _ in range(queue.qsize())]

    moved, end = asyncio.run(look())

    assert (moved.type, end) == (EventType.CONVERSATION_MOVED, None)
