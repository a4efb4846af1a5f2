"""Timetables of appointments, right and wrong."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
import yaml

from actions.flows.definition import FlowError, load_flows
from actions.flows.field_type import FieldError
from actions.flows.slot_table import slot_tables

DATA = Path(__file__).parents[3] / "data"
HALL = "service-hall-appointment"
TODAY = date(2026, 11, 23)


@pytest.fixture
def folder(tmp_path):
    """A data folder with the one flow and its table."""
    for name in ("schemas", "texts"):
        shutil.copytree(DATA / name, tmp_path / name)
    for name in ("appointments.yml", "holidays.yml"):
        shutil.copy(DATA / name, tmp_path)
    (tmp_path / "flows").mkdir()
    shutil.copy(DATA / "flows" / f"{HALL}.yml", tmp_path / "flows")
    return tmp_path


@pytest.fixture
def change(folder):
    def change_(file: str, edit) -> Path:
        raw = yaml.safe_load((folder / file).read_text("utf-8"))
        edit(raw)
        (folder / file).write_text(yaml.safe_dump(raw, allow_unicode=True), "utf-8")
        return folder

    return change_


class TestDays:
    def test_given_a_holiday_and_a_worked_weekend_when_days_are_listed_then_neither_is_offered(self):
        days = slot_tables(DATA)["service-hall"].days(date(2026, 9, 18))
        # 2026-09-20 is a Sunday that is worked for the national holiday, 2026-09-25 the Mid-Autumn Festival
        assert [day.isoformat()[5:] for day in days] == ["09-21", "09-22", "09-23", "09-24"]

    def test_given_worked_weekends_when_the_hall_is_open_on_them_then_they_are_offered(self, change):
        folder = change("appointments.yml", lambda raw: raw["service-hall"].update(worked_weekends=True))
        assert date(2026, 9, 20) in slot_tables(folder)["service-hall"].days(date(2026, 9, 18))

    def test_given_a_place_with_seats_of_its_own_when_asked_then_they_count(self):
        table = slot_tables(DATA)["service-hall"]
        assert table.capacity("浦东新区行政服务中心", "9:00–10:00") == 20
        assert table.capacity("黄浦区行政服务中心", "11:00–11:30") == 5


class TestWindows:
    @pytest.mark.parametrize(
        ("said", "window"),
        [
            ("上午", "上午"),
            ("下午三点", "14:30–15:30"),
            ("周二两点", "13:30–14:30"),
            ("十一点半", "11:00–11:30"),
            ("9点到10点", "9:00–10:00"),
            ("10:00-11:00", "10:00–11:00"),
        ],
    )
    def test_given_a_time_when_it_is_said_then_it_is_its_window(self, flows, said, window):
        assert flows[HALL].by_name["slot"].kind.parse(said, TODAY) == window

    @pytest.mark.parametrize("said", ["12点", "十二点", "21点", "晚上"])
    def test_given_a_time_at_which_nobody_is_there_when_it_is_said_then_it_is_no_window(self, flows, said):
        with pytest.raises(FieldError):
            flows[HALL].by_name["slot"].kind.parse(said, TODAY)


class TestFaults:
    @pytest.mark.parametrize(
        ("edit", "message"),
        [
            (lambda raw: raw["service-hall"].pop("weekdays"), "weekdays"),
            (lambda raw: raw["service-hall"]["windows"][0].update(capacity=0), "windows.0.capacity"),
            (lambda raw: raw["service-hall"]["windows"][0].update(part="夜里"), "there is no part 夜里"),
            (lambda raw: raw["service-hall"]["windows"][0].update(words=["10点"]), "10点 means two"),
            (lambda raw: raw["service-hall"]["days_ahead"].update({"from": 9}), "ends before it begins"),
        ],
    )
    def test_given_a_wrong_table_when_read_then_the_error_names_it(self, change, edit, message):
        with pytest.raises(FlowError) as caught:
            load_flows(change("appointments.yml", edit) / "flows")
        assert "appointments.yml" in str(caught.value) and message in str(caught.value)

    def test_given_no_holidays_when_the_table_is_read_then_the_error_names_them(self, folder):
        (folder / "holidays.yml").unlink()
        with pytest.raises(FlowError, match="holidays.yml"):
            load_flows(folder / "flows")

    @pytest.mark.parametrize(
        ("edit", "message"),
        [
            (lambda raw: raw["appointment"].update(table="other"), "has no table other"),
            (lambda raw: raw["appointment"].update(window="matter"), "place and window are choices"),
            (lambda raw: raw["appointment"].update(day="phone"), "day is a field of type date"),
            (lambda raw: raw.pop("appointment"), "field hall: the flow has no `appointment`"),
            (lambda raw: raw["submit"].update(delivers="none"), "delivers: appointment"),
        ],
    )
    def test_given_a_flow_that_misuses_its_table_when_read_then_the_error_says_how(self, change, edit, message):
        with pytest.raises(FlowError) as caught:
            load_flows(change(f"flows/{HALL}.yml", edit) / "flows")
        assert f"{HALL}.yml" in str(caught.value) and message in str(caught.value)
