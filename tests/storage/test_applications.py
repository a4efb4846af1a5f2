from __future__ import annotations

import threading
from dataclasses import replace

import pytest

from storage.application_records import NewFile
from storage.application_states import may_follow, steps_between
from storage.applications import PAUSED, Applications, ApplicationState
from storage.conversations import Conversations
from storage.errors import ApplicationUnknown, DraftGone, TransitionRefused
from storage.receipts import is_receipt_number

ITEM = "no-criminal-record-certificate"
ID_NUMBER = "310101199304180027"


@pytest.fixture
def applications(database):
    return Applications(database)


@pytest.fixture
def submitted(applications):
    draft = applications.create_draft("one", ITEM)
    applications.save(replace(draft, fields={"full_name": "张示例"}))
    return applications.submit(draft.id, ID_NUMBER)


class TestDrafts:
    def test_a_draft_is_there_after_a_restart(self, open_database):
        applications = Applications(open_database())
        draft = applications.create_draft("one", ITEM)
        applications.save(
            replace(
                draft,
                fields={"phone": "13900000001"},
                context={"applicant": "本人"},
                phase="confirm",
                asked_field="phone",
                failures=2,
            )
        )
        found = Applications(open_database()).active_draft("one")
        assert found.fields == {"phone": "13900000001"}
        assert found.context == {"applicant": "本人"}
        assert (found.phase, found.asked_field, found.failures) == ("confirm", "phone", 2)
        position = Applications(open_database()).draft_position("one")
        assert (position.item_id, position.phase, position.asked_field) == (ITEM, "confirm", "phone")

    def test_what_is_remembered_goes_into_the_context_alone(self, applications, open_database):
        draft = applications.create_draft("one", ITEM)
        applications.save(
            replace(draft, fields={"phone": "13900000001"}, context={"applicant": "本人"}, phase="confirm")
        )
        before = applications.active_draft("one")
        assert Applications(open_database()).remember("one", heard="138")
        assert applications.active_draft("one") == replace(before, context={"applicant": "本人", "heard": "138"})

    def test_without_a_draft_nothing_is_remembered(self, applications):
        applications.save(replace(applications.create_draft("one", ITEM), phase=PAUSED))
        assert not applications.remember("one", heard="138")

    def test_a_second_draft_sets_the_first_aside(self, applications):
        first = applications.create_draft("one", ITEM)
        second = applications.create_draft("one", "birth-allowance")
        assert applications.active_draft("one").id == second.id
        assert applications.paused_draft("one").id == first.id
        assert applications.paused_draft("one", "birth-allowance") is None

    def test_a_paused_draft_is_not_active(self, applications):
        applications.save(replace(applications.create_draft("one", ITEM), phase=PAUSED))
        assert applications.active_draft("one") is None
        assert applications.draft_position("one") is None

    def test_a_discarded_draft_is_gone(self, applications):
        draft = applications.create_draft("one", ITEM)
        assert applications.discard(draft.id)
        assert not applications.discard(draft.id)
        with pytest.raises(DraftGone):
            applications.save(draft)
        with pytest.raises(ApplicationUnknown):
            applications.submit(draft.id)


class TestSubmitting:
    def test_gives_a_receipt_number_once(self, applications, submitted, clock):
        assert is_receipt_number(submitted.receipt_number)
        assert submitted.submitted_at == clock()
        clock.pass_(minutes=1)
        again = applications.submit(submitted.id)
        assert again.receipt_number == submitted.receipt_number
        assert again.submitted_at == submitted.submitted_at
        assert len(applications.events(submitted.receipt_number)) == 1

    def test_ends_the_draft(self, applications, submitted):
        assert applications.active_draft("one") is None
        assert not applications.discard(submitted.id)
        with pytest.raises(DraftGone):
            applications.save(replace(submitted, fields={}))
        assert applications.by_receipt(submitted.receipt_number).fields == {"full_name": "张示例"}

    def test_is_one_application_however_many_ask_at_once(self, open_database):
        stores = [Applications(open_database()) for _ in range(3)]
        drafts = [stores[0].create_draft(f"talk {number}", ITEM) for number in range(3)]
        receipts = []

        def submit(store):
            for draft in drafts:
                receipts.append(store.submit(draft.id).receipt_number)

        threads = [threading.Thread(target=submit, args=(store,)) for store in stores]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(receipts) == 9
        assert len(set(receipts)) == 3

    def test_is_found_by_receipt_conversation_and_citizen(self, applications, submitted):
        assert applications.by_receipt(submitted.receipt_number).id == submitted.id
        assert [one.id for one in applications.of_conversation("one")] == [submitted.id]
        assert [one.id for one in applications.of_citizen(ID_NUMBER)] == [submitted.id]
        assert applications.of_citizen("310104198506070015") == ()
        assert applications.by_receipt("20261123-0000000") is None


class TestStates:
    @pytest.mark.parametrize(
        "states",
        [
            ("accepted", "issued"),
            ("supplement", "submitted", "accepted", "issued"),
            ("supplement", "accepted", "issued"),
            ("refused",),
            ("supplement", "refused"),
            ("accepted", "refused"),
            ("withdrawn",),
            ("accepted", "withdrawn"),
        ],
    )
    def test_ways_that_exist(self, applications, submitted, clock, states):
        for state in states:
            clock.pass_(hours=1)
            applications.transition(submitted.receipt_number, ApplicationState(state), f"note {state}")
        events = applications.events(submitted.receipt_number)
        assert [event.state.value for event in events] == ["submitted", *states]
        assert events[-1].at == clock()
        assert events[-1].note == f"note {states[-1]}"

    @pytest.mark.parametrize(
        "states", [("issued",), ("draft",), ("refused", "accepted"), ("accepted", "issued", "accepted")]
    )
    def test_ways_that_do_not_exist(self, applications, submitted, states):
        for state in states[:-1]:
            applications.transition(submitted.receipt_number, ApplicationState(state))
        with pytest.raises(TransitionRefused):
            applications.transition(submitted.receipt_number, ApplicationState(states[-1]))

    def test_a_repeated_step_is_no_step(self, applications, submitted):
        file = NewFile("a.pdf", "application/pdf", b"%PDF")
        for _ in range(2):
            applications.transition(submitted.receipt_number, ApplicationState.ACCEPTED, files=[file])
        assert len(applications.events(submitted.receipt_number)) == 2
        assert len(applications.documents(submitted.receipt_number)) == 1

    def test_an_unknown_number_is_refused(self, applications):
        with pytest.raises(ApplicationUnknown):
            applications.transition("20261123-0000000", ApplicationState.ACCEPTED)

    def test_those_that_wait_are_listed_by_item(self, applications, submitted):
        assert [one.id for one in applications.in_state(ApplicationState.SUBMITTED)] == [submitted.id]
        assert applications.in_state(ApplicationState.SUBMITTED, items=["other"]) == ()
        assert applications.in_state(ApplicationState.ACCEPTED) == ()


class TestNotices:
    def test_the_conversation_is_told_once_of_each_change(self, applications, submitted):
        assert applications.pending_notices("one") == ()  # the submission was told when it was made
        applications.transition(submitted.receipt_number, ApplicationState.ACCEPTED)
        applications.transition(submitted.receipt_number, ApplicationState.ISSUED, "可以下载")
        notices = applications.pending_notices("one")
        assert [(notice.state.value, notice.note) for notice in notices] == [
            ("accepted", ""),
            ("issued", "可以下载"),
        ]
        assert notices[0].receipt_number == submitted.receipt_number
        applications.mark_told([notices[0].id])
        assert [notice.state.value for notice in applications.pending_notices("one")] == ["issued"]


class TestDocuments:
    def test_a_file_comes_back_and_alterations_show(self, applications, submitted):
        file = NewFile("证明.pdf", "application/pdf", b"%PDF-1.7", "ABCD-EFGH")
        kept = applications.add_document(submitted.receipt_number, file)
        document = applications.document(kept.id)
        assert (document.name, document.content, document.conversation_id) == ("证明.pdf", b"%PDF-1.7", "one")
        assert applications.document_by_code("ABCD-EFGH").id == kept.id
        assert applications.document_by_code("ABCD-EFGJ") is None
        assert applications.is_unaltered(kept.id, b"%PDF-1.7")
        assert not applications.is_unaltered(kept.id, b"%PDF-1.8")
        assert applications.document("none") is None

    def test_a_file_of_no_application_is_refused(self, applications):
        with pytest.raises(ApplicationUnknown):
            applications.add_document("20261123-0000000", NewFile("a", "b", b""))


def test_given_a_file_when_its_readers_are_asked_for_then_only_its_citizens_bound_conversations_are_among_them(
    database, identity
):
    applications, conversations = Applications(database), Conversations(database)
    draft = applications.create_draft("issuing", "item")
    receipt = applications.submit(draft.id, identity.id_number).receipt_number
    document = applications.add_document(receipt, NewFile("x.pdf", "application/pdf", b"%PDF"))
    conversations.bind("same citizen", identity, "web")
    conversations.bind("another citizen", replace(identity, id_number="310104198506070015"), "web")
    conversations.bind("nobody", None, "web")
    # one that only names the citizen, without a sign-in
    applications.submit(applications.create_draft("nobody", "item").id, identity.id_number)

    assert applications.document_readers(document.id) == ("issuing", "same citizen")
    assert applications.document_readers("unknown") == ()


def test_given_a_file_of_nobody_when_its_readers_are_asked_for_then_only_its_own_conversation_is_one(database):
    applications = Applications(database)
    receipt = applications.submit(applications.create_draft("issuing", "item").id).receipt_number
    document = applications.add_document(receipt, NewFile("x.pdf", "application/pdf", b"%PDF"))
    Conversations(database).bind("nobody", None, "web")

    assert applications.document_readers(document.id) == ("issuing",)


@pytest.mark.parametrize(
    ("state", "target", "steps"),
    [
        ("submitted", "submitted", ()),
        ("submitted", "accepted", ("accepted",)),
        ("submitted", "issued", ("accepted", "issued")),
        ("supplement", "issued", ("accepted", "issued")),
        ("supplement", "submitted", ("submitted",)),
        ("accepted", "refused", ("refused",)),
        ("accepted", "submitted", None),
        ("issued", "withdrawn", None),
    ],
)
def test_given_two_states_then_the_shortest_way_between_them_is_known(state, target, steps):
    way = steps_between(ApplicationState(state), ApplicationState(target))
    assert way == (steps if steps is None else tuple(map(ApplicationState, steps)))
    here = ApplicationState(state)
    for step in way or ():
        assert may_follow(here, step)
        here = step


def test_given_applications_handed_to_a_connector_when_those_in_house_are_asked_for_then_they_are_left_out(database):
    applications = Applications(database, {ITEM: "police"})
    handed = applications.submit(applications.create_draft("one", ITEM).id)
    kept = applications.submit(applications.create_draft("two", "other").id)
    submitted = applications.in_state(ApplicationState.SUBMITTED)
    assert {one.id for one in submitted} == {handed.id, kept.id}
    in_house = applications.in_state(ApplicationState.SUBMITTED, items=[ITEM, "other"], in_house=True)
    assert [one.id for one in in_house] == [kept.id]
