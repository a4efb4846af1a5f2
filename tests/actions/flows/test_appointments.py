"""Appointments in conversation: what is offered, what is full, what is booked."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import date, timedelta

import pytest

from actions.flows.engine import FlowEngine, Intent, Message, StepKind
from storage.applications import ApplicationState
from storage.appointments import Appointments, Slot, WantedSeat
from tests.actions.flows.conftest import NOW

HALL = "service-hall-appointment"
HUANGPU = "黄浦区行政服务中心"
"""the hall of the demonstration identity"""
TUESDAY, WEDNESDAY, NEXT_MONDAY = date(2026, 11, 24), date(2026, 11, 25), date(2026, 11, 30)
MORNING, LATER = "9:00–10:00", "10:00–11:00"


@pytest.fixture
def table(flows):
    """A small hall: each window has two seats."""
    table = flows[HALL].appointment.table
    return replace(table, places={name: replace(one, capacity=2) for name, one in table.places.items()})


@pytest.fixture
def flow(flows, table):
    return replace(flows[HALL], appointment=replace(flows[HALL].appointment, table=table))


@pytest.fixture
def one(talk, flow):
    return talk("demo", hall=flow)


@pytest.fixture
def fill(one, table):
    """Let others book every seat of windows."""

    def fill_(day: date, *windows: str, place: str = HUANGPU, seats: int = 2) -> list[str]:
        receipts = []
        for window in windows or tuple(table.windows):
            wanted = WantedSeat(Slot(table.name, place, day, window), 2)
            for _ in range(seats):
                draft = one.applications.create_draft("others", HALL)
                receipts.append(one.applications.submit(draft.id, seat=wanted).receipt_number)
        return receipts

    return fill_


def seat_of(one):
    return Appointments(one.applications.database).of(one.applications.of_conversation("talk")[0].id)


class TestWhatIsOffered:
    def test_given_a_known_hall_when_the_day_is_asked_then_the_days_with_seats_are_named(self, one, fill):
        fill(TUESDAY)

        step = one.start("帮我约个号", HALL)

        assert step.field == "day" and "11月25日（周三）" in step.text and "11月24日" not in step.text
        assert step.choices[0] == "11月25日（周三）" and len(step.choices) == 4

    def test_given_a_day_when_the_window_is_asked_then_full_ones_are_not_offered(self, one, fill):
        fill(TUESDAY, MORNING)
        one.start("帮我约个号", HALL)

        step = one.say("明天")

        assert step.field == "slot" and MORNING not in step.choices and MORNING not in step.text
        assert step.choices[0] == LATER and LATER in step.text

    @pytest.mark.parametrize(("said", "windows"), [("上午", 3), ("下午吧", 3), ("随便哪天早上", 3)])
    def test_given_half_a_day_when_it_is_said_then_its_windows_are_to_choose_from(self, one, said, windows):
        one.start("帮我约个号", HALL)
        one.say("明天")

        step = one.say(said)

        assert step.kind is StepKind.ASK and step.field == "slot" and len(step.choices) == windows
        assert one.say("第二个").kind is StepKind.CONFIRM
        assert one.shown["slot"] == step.choices[1]

    def test_given_the_wish_for_a_morning_when_the_day_comes_later_then_its_windows_are_offered(self, one):
        assert one.start("上午去大厅约个号", HALL).field == "day"

        assert one.say("后天").choices == (MORNING, LATER, "11:00–11:30")

    def test_given_a_morning_without_seats_when_it_is_wanted_then_the_afternoon_is_offered(self, one, fill):
        fill(TUESDAY, MORNING, LATER, "11:00–11:30")
        one.start("帮我约个号", HALL)

        step = one.say("明天上午")

        assert "上午已经约满" in step.text and step.choices[0] == "13:30–14:30"

    def test_given_a_place_in_the_list_when_it_is_said_then_it_is_the_one_that_was_shown(self, one, fill):
        one.start("帮我约个号", HALL)
        shown = one.say("明天上午").choices
        fill(TUESDAY, MORNING)

        step = one.say("第二个")

        assert step.kind is StepKind.CONFIRM and one.shown["slot"] == shown[1] == LATER


class TestWhatIsFull:
    def test_given_a_full_day_when_it_is_said_then_it_is_refused_and_the_next_are_named(self, one, fill):
        fill(TUESDAY)
        one.start("帮我约个号", HALL)

        step = one.say("明天上午九点")

        assert (step.kind, step.field) == (StepKind.ASK, "day")
        assert "11月24日（周二）已经约满" in step.text and "11月25日（周三）" in step.text
        # the window that was said is kept for another day
        assert one.say("那后天").kind is StepKind.CONFIRM
        assert one.shown["slot"] == MORNING

    def test_given_a_full_window_when_it_is_said_then_it_is_refused_and_the_others_are_offered(self, one, fill):
        fill(TUESDAY, MORNING)
        one.start("帮我约个号", HALL)

        step = one.say("明天九点")

        assert step.field == "slot" and f"{MORNING}已经约满" in step.text and MORNING not in step.choices

    def test_given_a_hall_without_seats_when_it_is_the_citizens_then_another_is_asked_for(self, one, fill, table):
        for day in table.days(NOW.date()):
            fill(day)

        step = one.start("帮我约个号", HALL)

        assert step.field == "hall" and "换一个大厅" in step.text
        assert one.say("静安").field == "day"

    def test_given_a_day_before_the_hall_when_it_is_full_there_then_it_is_refused_with_the_hall(self, talk, flow, fill):
        fill(TUESDAY, place="静安区行政服务中心")
        one = talk(None, hall=flow)
        one.start("我叫周试填，身份证330106197702040069，手机13900007777，明天约个大厅的号", HALL)

        step = one.say("静安")

        assert step.field == "day" and "已经约满" in step.text

    def test_given_a_holiday_when_it_is_said_then_it_is_refused(self, talk, flow, texts):
        one = talk("demo", hall=flow)
        engine = FlowEngine({HALL: flow}, one.applications, texts, lambda: NOW.replace(month=9, day=23))
        engine.start("talk", HALL, "帮我约个号", one.identity)

        step = engine.receive("talk", Message("后天", Intent.INFORM))  # 中秋节

        assert step.field == "day" and "工作日" in step.text and "9月25日" not in step.choices


class TestCorrections:
    @pytest.mark.parametrize("said", ["改到后天", "大厅改成静安"])
    def test_given_a_read_back_when_hall_or_day_changes_then_the_window_is_asked_again(self, one, said):
        assert one.start("明天上午九点去大厅约个号", HALL).kind is StepKind.CONFIRM

        step = one.say(said, "correct")

        assert (step.kind, step.field) == (StepKind.ASK, "slot") and step.text.startswith("好的，已经改好")
        assert one.say("十点").kind is StepKind.CONFIRM

    def test_given_a_read_back_when_the_same_day_is_said_again_then_the_window_stays(self, one):
        one.start("明天上午九点去大厅约个号", HALL)
        assert one.say("日期不对", "correct").field == "day"

        assert one.say("就明天").kind is StepKind.CONFIRM
        assert one.shown["slot"] == MORNING

    @pytest.mark.parametrize("said", ["改到后天九点", "日期改成后天九点半", "后天下午三点吧，日期改一下"])
    def test_given_a_read_back_when_the_day_changes_with_a_time_then_nothing_is_asked(self, one, said):
        one.start("明天上午九点去大厅约个号", HALL)
        assert one.say(said, "correct").kind is StepKind.CONFIRM
        assert one.shown["day"] == "2026年11月25日"

    def test_given_a_change_to_a_full_day_when_said_then_nothing_is_called_changed(self, one, fill):
        fill(WEDNESDAY)
        one.start("明天上午九点去大厅约个号", HALL)

        step = one.say("改到后天", "correct")

        assert step.field == "day" and "已经约满" in step.text and "改好" not in step.text


class TestBooking:
    def test_given_a_yes_when_there_is_a_seat_then_the_appointment_is_made_and_said(self, one):
        one.start("明天上午九点去大厅约个号", HALL)

        step = one.say("确认", "affirm")

        assert step.kind is StepKind.SUBMITTED and f"2026年11月24日{MORNING}，{HUANGPU}" in step.text
        assert step.receipt_number in step.text
        assert seat_of(one).slot == Slot("service-hall", HUANGPU, TUESDAY, MORNING) and seat_of(one).number == 1

    def test_given_the_last_seat_when_it_is_taken_before_the_yes_then_another_window_is_asked_for(self, one, fill):
        one.start("明天上午九点去大厅约个号", HALL)
        fill(TUESDAY, MORNING)

        step = one.say("确认", "affirm")

        assert (step.kind, step.field) == (StepKind.ASK, "slot")
        assert "刚刚被约走" in step.text and MORNING not in step.choices
        assert one.applications.of_conversation("talk") == ()
        assert one.say("十点").kind is StepKind.CONFIRM
        assert one.say("确认", "affirm").kind is StepKind.SUBMITTED
        assert seat_of(one).slot.window == LATER

    def test_given_an_appointment_when_another_for_the_matter_and_day_is_confirmed_then_the_day_is_asked_again(
        self, one
    ):
        one.start("明天上午九点去大厅约个号", HALL)
        one.say("确认", "affirm")
        one.start("明天下午三点去静安的大厅约个号", HALL)

        step = one.say("确认", "affirm")

        assert step.field == "day" and "只能约一个号" in step.text
        assert one.say("后天").kind is StepKind.CONFIRM
        assert one.say("确认", "affirm").kind is StepKind.SUBMITTED

    def test_given_two_yeses_at_once_when_one_seat_is_left_then_both_get_the_one_number(self, one, fill):
        one.start("明天上午九点去大厅约个号", HALL)
        fill(TUESDAY, MORNING, seats=1)
        draft = one.engine._active("talk")
        steps = []

        threads = [threading.Thread(target=lambda: steps.append(one.engine._progress.submit(draft))) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert [step.kind for step in steps] == [StepKind.SUBMITTED] * 2
        assert len({step.receipt_number for step in steps}) == 1

    def test_given_a_read_back_when_days_pass_before_the_yes_then_the_day_is_asked_again(self, one, flow, texts):
        one.start("明天上午九点去大厅约个号", HALL)
        later = FlowEngine({HALL: flow}, one.applications, texts, lambda: NOW + timedelta(days=3))

        step = later.receive("talk", Message("确认", Intent.AFFIRM))

        assert (step.kind, step.field) == (StepKind.ASK, "day") and "约不了" in step.text

    def test_given_a_withdrawn_appointment_when_the_window_was_full_then_it_is_offered_again(self, one, fill):
        receipts = fill(TUESDAY, MORNING)
        one.applications.transition(receipts[0], ApplicationState.WITHDRAWN)
        one.start("帮我约个号", HALL)

        assert MORNING in one.say("明天").choices
