"""The evaluation set as files."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.evaluation.entries import (
    Dialogue,
    Emergency,
    EntryInvalid,
    NoEvaluationSet,
    Question,
    Stranger,
    Turn,
    load_known_failures,
    load_part,
)


def write(folder: Path, name: str, text: str) -> None:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")


def test_given_four_files_then_a_part_holds_their_entries(tmp_path):
    write(tmp_path / "open", "questions.yml", "- {text: 要钱吗, item: a, facet: fee}\n")
    write(tmp_path / "open", "out_of_scope.yml", "- {text: 下雨吗, kind: chat}\n")
    write(tmp_path / "open", "emergencies.yml", '- {text: 着火了, emergency: true, number: "119"}\n')
    write(tmp_path / "open", "dialogues.yml", "- {id: d, identity: demo, turns: [{user: 你好}]}\n")

    part = load_part(tmp_path, "open")

    assert part.questions == (Question("要钱吗", "a", "fee", "plain"),)
    assert part.out_of_scope == (Stranger("下雨吗", "chat"),)
    assert part.emergencies == (Emergency("着火了", True, "119"),)
    assert part.dialogues == (Dialogue("d", (Turn("你好"),), "demo"),)


def test_given_only_one_file_then_the_other_lists_are_empty(tmp_path):
    write(tmp_path / "locked", "out_of_scope.yml", "- {text: 下雨吗, kind: chat}\n")

    assert load_part(tmp_path, "locked").questions == ()


def test_given_nothing_to_ask_then_the_folder_is_named(tmp_path):
    with pytest.raises(NoEvaluationSet, match="locked"):
        load_part(tmp_path, "locked")


@pytest.mark.parametrize("entry", ["{text: 要钱吗, item: a}", "{text: 要钱吗, item: a, facet: fee, colour: red}"])
def test_given_an_entry_of_another_form_then_file_and_number_are_named(tmp_path, entry):
    write(tmp_path / "open", "questions.yml", f"- {{text: 好, item: a, facet: fee}}\n- {entry}\n")

    with pytest.raises(EntryInvalid, match=r"questions\.yml, entry 2"):
        load_part(tmp_path, "open")


def test_given_known_failures_then_they_are_read_by_section_and_a_missing_file_knows_none(tmp_path):
    assert load_known_failures(tmp_path) == {}

    write(tmp_path, "known_failures.yml", "questions: [要钱吗]\ndialogues: [d/1]\nemergencies:\n")

    known = load_known_failures(tmp_path)
    assert known == {"questions": frozenset({"要钱吗"}), "dialogues": frozenset({"d/1"}), "emergencies": frozenset()}
