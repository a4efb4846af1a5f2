"""data/kiosk.yml, and what the environment and the command line say instead."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.kiosk.options import KioskOptions
from assistant.kiosk.settings import BadKiosk, KioskSettings


@pytest.fixture
def folder(data: Path, tmp_path: Path) -> Path:
    """A data folder with the shipped file in it."""
    (tmp_path / "schemas").mkdir()
    shutil.copy(data / "kiosk.yml", tmp_path)
    shutil.copy(data / "schemas" / "kiosk.schema.json", tmp_path / "schemas")
    return tmp_path


def change(folder: Path, **changes: Any) -> None:
    """Change entries of the file; None takes one away."""
    raw = {**yaml.safe_load((folder / "kiosk.yml").read_text("utf-8")), **changes}
    kept = {key: value for key, value in raw.items() if value is not None}
    (folder / "kiosk.yml").write_text(yaml.safe_dump(kept, allow_unicode=True), encoding="utf-8")


def test_given_the_shipped_file_when_loaded_then_ten_known_items_a_minute_and_a_half_and_no_phone(data: Path):
    from knowledge_base.items import load_catalogue

    kiosk = KioskSettings.load(data)

    assert len(kiosk.items) == 10 and kiosk.unknown(load_catalogue(data).items) == []
    assert (kiosk.idle.notice_seconds, kiosk.idle.wipe_seconds) == (60, 90)
    assert kiosk.visit_lasts.total_seconds() == 120
    assert (kiosk.phone_address, kiosk.card_reader) == ("", "")


def test_given_options_when_loaded_then_they_stand_in_place_of_the_file(folder: Path):
    options = KioskOptions("东区大厅", "二号机", "https://ask.example/", "file:/run/card.json")

    kiosk = KioskSettings.load(folder, options)

    assert (kiosk.hall.name, kiosk.machine, kiosk.card_reader) == ("东区大厅", "二号机", "file:/run/card.json")
    assert kiosk.hall.address, "the rest of the hall stays"
    assert kiosk.phone_address == "https://ask.example"
    assert kiosk.place == "东区大厅 二号机"


def test_given_the_environment_when_read_then_only_a_kiosk_has_options():
    named = {"WENBAN_KIOSK_HALL": "东区大厅", "WENBAN_CARD_READER": "file:x"}

    assert KioskOptions.from_environment(named) is None
    assert KioskOptions.from_environment({**named, "WENBAN_KIOSK": "1"}) == KioskOptions(
        hall="东区大厅", card_reader="file:x"
    )


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"machine": None}, "machine"),
        ({"hall": {"address": "x"}}, "hall: 'name'"),
        ({"halls": {"name": "x"}}, "halls"),
        ({"items": {f"item-{number}": "words" for number in range(11)}}, "items"),
        ({"items": {"passport-first": ""}}, "items.passport-first"),
        ({"items": []}, "items"),
        ({"idle": {"notice_seconds": 90, "wipe_seconds": 90}}, "wipe_seconds must be more"),
        ({"idle": {"notice_seconds": "60", "wipe_seconds": 90}}, "idle.notice_seconds"),
        ({"paper": "A5"}, "paper"),
        ({"phone_address": "ask.example"}, "phone_address"),
        ({"phone_address": "https://ask.example/#x"}, "phone_address"),
        ({"machine": "机" * 61}, "machine"),
    ],
)
def test_given_a_fault_when_loaded_then_the_entry_is_named(folder: Path, changes, named):
    change(folder, **changes)

    with pytest.raises(BadKiosk, match=named):
        KioskSettings.load(folder)


@pytest.mark.parametrize("content", ["", "- x", "hall: [", "x"])
def test_given_no_settings_at_all_when_loaded_then_a_sentence_says_so(folder: Path, content):
    (folder / "kiosk.yml").write_text(content, encoding="utf-8")

    with pytest.raises(BadKiosk, match="kiosk.yml"):
        KioskSettings.load(folder)


def test_given_no_file_when_loaded_then_a_sentence_says_what_it_is_for(folder: Path):
    (folder / "kiosk.yml").unlink()

    with pytest.raises(BadKiosk, match="missing"):
        KioskSettings.load(folder)
