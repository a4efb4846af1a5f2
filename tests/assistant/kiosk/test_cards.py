"""Readers of identity cards: a file stands for a card, a vendor's program prints one."""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path

import pytest

from assistant.kiosk.cards import (
    Card,
    CardReaderFailed,
    CommandCardReader,
    FileCardReader,
    UnknownCardReader,
    card_reader_named,
)

CARD = Card("张示例", "310101199304180027")
PRINTED = json.dumps({"name": CARD.name, "id_number": CARD.id_number})


def read(reader, seconds: float = 5.0) -> Card | None:
    return asyncio.run(reader.read(seconds))


def program(source: str) -> CommandCardReader:
    return CommandCardReader((sys.executable, "-c", source))


def test_given_a_file_when_it_lies_there_then_its_card_is_read(tmp_path: Path):
    (tmp_path / "card.json").write_text(PRINTED, encoding="utf-8")

    assert read(card_reader_named(f"file:{tmp_path / 'card.json'}")) == CARD


def test_given_a_file_when_it_appears_while_a_card_is_waited_for_then_it_is_read(tmp_path: Path):
    path = tmp_path / "card.json"

    async def place() -> Card | None:
        reading = asyncio.ensure_future(FileCardReader(path).read(30.0))
        await asyncio.sleep(0)
        assert not reading.done()
        path.write_text(PRINTED, encoding="utf-8")
        return await reading

    assert asyncio.run(place()) == CARD


def test_given_no_card_when_the_time_is_over_then_none_is_read(tmp_path: Path):
    assert read(FileCardReader(tmp_path / "card.json"), 0.0) is None
    assert read(program("import time; time.sleep(60)"), 0.01) is None
    assert read(program("")) is None


def test_given_a_program_when_it_prints_a_card_then_it_is_read():
    assert read(program(f"print({PRINTED!r})")) == CARD


def test_given_a_setting_when_it_names_a_program_then_its_words_are_taken_as_a_shell_would():
    assert card_reader_named("command:/opt/reader 'port one' --once") == CommandCardReader(
        ("/opt/reader", "port one", "--once")
    )


@pytest.mark.parametrize("source", ["raise SystemExit(1)", "print('{')"])
def test_given_a_program_when_it_fails_then_the_failure_is_told(source):
    with pytest.raises(CardReaderFailed):
        read(program(source))


def test_given_a_program_that_is_not_there_when_a_card_is_wanted_then_the_failure_names_it():
    with pytest.raises(CardReaderFailed, match="/nowhere/reader"):
        read(CommandCardReader(("/nowhere/reader",)))


@pytest.mark.parametrize(
    "told",
    [
        "[]",
        '{"name": "张示例"}',
        '{"name": 3, "id_number": "310101199304180027"}',
        '{"name": "", "id_number": "310101199304180027"}',
        '{"name": "张示例", "id_number": "310101199304180028"}',
        '{"name": "张示例", "id_number": "31010119930418002"}',
    ],
)
def test_given_what_is_no_card_when_read_then_it_is_refused_and_not_quoted(tmp_path: Path, told):
    (tmp_path / "card.json").write_text(told, encoding="utf-8")

    with pytest.raises(CardReaderFailed) as refused:
        read(FileCardReader(tmp_path / "card.json"))

    assert "张" not in str(refused.value) and "310101" not in str(refused.value)


@pytest.mark.parametrize("setting", ["file:", "command:", "command:'", "usb:1", "/dev/card"])
def test_given_a_setting_that_names_no_reader_when_read_then_a_sentence_says_what_does(setting):
    with pytest.raises(UnknownCardReader, match="file:PATH"):
        card_reader_named(setting)


def test_given_no_setting_when_read_then_there_is_no_reader():
    assert card_reader_named(" ") is None


def test_given_a_card_when_it_is_printed_for_a_log_then_it_shows_nothing():
    assert "张" not in repr(CARD) and "310101" not in repr(CARD)
