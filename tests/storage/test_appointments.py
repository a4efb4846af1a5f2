"""Seats of appointments."""

from __future__ import annotations

import multiprocessing
import threading
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy.exc import IntegrityError

from storage.applications import Applications, ApplicationState
from storage.appointments import Appointments, Seat, Slot, WantedSeat
from storage.database import Database
from storage.encryption import Cipher
from storage.errors import AlreadyBooked, SlotTaken
from storage.models import AppointmentRow

DAY = date(2026, 11, 24)
SLOT = Slot("hall", "north", DAY, "9:00–10:00")
WANTED = WantedSeat(SLOT, 2, "passport")
ID_NUMBER, OTHER_ID_NUMBER = "310101199304180027", "310104198506070015"


@pytest.fixture
def applications(database):
    return Applications(database)


@pytest.fixture
def appointments(database):
    return Appointments(database)


@pytest.fixture
def book(applications):
    def book_(wanted=WANTED, holder=None):
        return applications.submit(applications.create_draft("one", "item").id, holder, seat=wanted)

    return book_


class TestBooking:
    def test_given_two_seats_when_three_want_one_then_the_third_has_none_and_nothing_is_submitted(
        self, applications, appointments, book
    ):
        first, second = book(), book()
        with pytest.raises(SlotTaken):
            book()
        assert [appointments.of(one.id) for one in (first, second)] == [Seat(SLOT, 1), Seat(SLOT, 2)]
        assert len(applications.of_conversation("one")) == 2
        assert applications.active_draft("one") is not None
        assert appointments.taken("hall", "north", DAY, DAY) == {(DAY, SLOT.window): 2}

    def test_given_the_draft_that_found_no_seat_when_it_takes_another_window_then_it_is_submitted(
        self, applications, book
    ):
        one_seat = replace(WANTED, capacity=1)
        book(one_seat)
        with pytest.raises(SlotTaken):
            book(one_seat)
        draft = applications.active_draft("one")
        other = replace(one_seat, slot=replace(SLOT, window="10:00–11:00"))
        assert applications.submit(draft.id, seat=other).state is ApplicationState.SUBMITTED

    def test_given_an_application_with_a_seat_when_submitted_again_then_it_keeps_the_one(
        self, applications, appointments, book
    ):
        one = book(replace(WANTED, capacity=1))
        again = applications.submit(one.id, seat=replace(WANTED, capacity=1))
        assert again.receipt_number == one.receipt_number
        assert sum(appointments.taken("hall", "north", DAY, DAY).values()) == 1

    @pytest.mark.parametrize(
        "other", [{"place": "south"}, {"day": date(2026, 11, 25)}, {"window": "10:00–11:00"}, {"schedule": "office"}]
    )
    def test_given_a_full_window_when_another_is_wanted_then_there_are_seats(self, appointments, book, other):
        book(replace(WANTED, capacity=1))
        slot = replace(SLOT, **other)
        assert appointments.of(book(WantedSeat(slot, 1)).id) == Seat(slot, 1)

    def test_given_a_writer_beside_the_lock_when_it_takes_a_seat_twice_then_the_table_refuses(self, database, book):
        book(replace(WANTED, capacity=1))
        draft = Applications(database).create_draft("two", "item")
        with pytest.raises(IntegrityError):
            with database.writing("elsewhere") as session:
                session.add(AppointmentRow(application_id=draft.id, **vars(SLOT), seat=1))


class TestOneNumberForOnePersonMatterAndDay:
    def test_given_an_appointment_when_the_same_is_wanted_elsewhere_that_day_then_it_is_refused(self, book):
        book(holder=ID_NUMBER)
        with pytest.raises(AlreadyBooked):
            book(replace(WANTED, slot=replace(SLOT, place="south", window="10:00–11:00")), ID_NUMBER)

    def test_given_an_appointment_when_person_matter_or_day_is_another_then_it_is_made(self, book):
        book(holder=ID_NUMBER)
        book(holder=OTHER_ID_NUMBER)
        for other in (replace(WANTED, matter="tax"), replace(WANTED, slot=replace(SLOT, day=date(2026, 11, 25)))):
            book(replace(other, capacity=9), ID_NUMBER)


class TestGivingBack:
    @pytest.mark.parametrize(
        "states", [("withdrawn",), ("refused",), ("accepted", "withdrawn"), ("accepted", "issued", "withdrawn")]
    )
    def test_given_a_full_window_when_one_gives_its_seat_back_then_another_has_it(
        self, applications, appointments, book, states
    ):
        wanted = replace(WANTED, capacity=1)
        one = book(wanted, ID_NUMBER)
        for state in states:
            applications.transition(one.receipt_number, ApplicationState(state))
        assert appointments.of(one.id) is None
        assert appointments.of(book(wanted, ID_NUMBER).id) == Seat(SLOT, 1)


class TestTheLastTenSeats:
    WANTED = replace(WANTED, capacity=30)

    def test_given_fifty_threads_when_they_book_at_once_then_ten_have_a_seat(self, open_database, book):
        for _ in range(20):
            book(self.WANTED)
        stores = [Applications(open_database()) for _ in range(3)]
        drafts = [stores[0].create_draft(f"talk {number}", "item") for number in range(50)]
        outcomes: list[str] = []
        start = threading.Barrier(50)

        def submit(number: int) -> None:
            start.wait()
            outcomes.append(_outcome(stores[number % 3], drafts[number].id, self.WANTED))

        threads = [threading.Thread(target=submit, args=(number,)) for number in range(50)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self._are_ten(open_database(), drafts, outcomes)

    def test_given_processes_when_they_book_at_once_then_ten_have_a_seat(self, open_database, database_url, key, book):
        for _ in range(20):
            book(self.WANTED)
        store = Applications(open_database())
        drafts = [store.create_draft(f"talk {number}", "item") for number in range(50)]
        context = multiprocessing.get_context("spawn")
        shares = [(database_url, key, [one.id for one in drafts[start::2]], self.WANTED) for start in range(2)]
        with context.Pool(2) as pool:
            outcomes = [outcome for share in pool.starmap(_submit_all, shares) for outcome in share]
        self._are_ten(open_database(), drafts, outcomes)

    def _are_ten(self, database, drafts, outcomes) -> None:
        assert sorted(outcomes) == ["booked"] * 10 + ["taken"] * 40
        seats = [seat.number for one in drafts if (seat := Appointments(database).of(one.id))]
        assert sorted(seats) == list(range(21, 31))


def _outcome(store: Applications, draft_id: str, wanted: WantedSeat) -> str:
    try:
        store.submit(draft_id, seat=wanted)
    except SlotTaken:
        return "taken"
    return "booked"


def _submit_all(url: str, key, draft_ids, wanted: WantedSeat) -> list[str]:
    database = Database(url, Cipher(key))
    try:
        return [_outcome(Applications(database), draft_id, wanted) for draft_id in draft_ids]
    finally:
        database.close()
