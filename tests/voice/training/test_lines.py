"""Lines travel in a file."""

from __future__ import annotations

from pathlib import Path

import pytest

from voice.training.lines import Line, UnreadableLines, read_lines, write_lines

LINES = [Line("办证", ("ban4", "zheng4"), "ban4 zheng4"), Line("好", ("hao3",), "hao3")]


def test_given_lines_written_then_the_same_are_read(tmp_path: Path) -> None:
    write_lines(LINES, tmp_path / "lines.jsonl")
    assert read_lines(tmp_path / "lines.jsonl") == LINES


@pytest.mark.parametrize("text", ["办证\n", '["办证"]\n', '{"text": "办证"}\n', "[1, 2, 3]\n", '["办", "ban4'])
def test_given_another_file_then_the_error_names_it(tmp_path: Path, text: str) -> None:
    path = tmp_path / "lines.jsonl"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UnreadableLines, match=r"lines\.jsonl"):
        read_lines(path)
