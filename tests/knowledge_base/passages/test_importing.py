"""Question-and-answer pairs from a file of another hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from knowledge_base.passages.importing import ImportRefused, Names, import_passages
from knowledge_base.passages.loading import load_passages

ROWS = [
    {"问": "大厅能打印吗", "答": "一般免费。", "出处": "https://example.gov.cn/1"},
    {"问": "几点停止取号", "答": "下班前十五分钟。\u2028请早点来。", "出处": None},
]
NAMES = Names("问", "答", "出处")


def quiet(stage: str, share: float) -> None:
    """Take progress and say nothing."""


@pytest.fixture
def write(tmp_path: Path):
    def written(*rows: object, name: str = "City FAQ.jsonl") -> Path:
        path = tmp_path / name
        lines = (row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows)
        path.write_text("\n".join(lines), "utf-8")
        return path

    return written


def test_given_a_file_with_names_of_its_own_then_its_rows_become_passages(write, tmp_path, data):
    target, count = import_passages(write(*ROWS), tmp_path / "into", data, NAMES, quiet)

    assert (target.name, count) == ("city-faq.jsonl", 2)
    first, second = load_passages(tmp_path / "into", data)
    assert (first.title, first.text, first.source) == ("大厅能打印吗", "一般免费。", "https://example.gov.cn/1")
    assert second.source == "City FAQ.jsonl" and not second.sample


def test_given_rows_added_when_imported_again_then_the_known_ones_keep_their_ids(write, tmp_path, data):
    folder = tmp_path / "into"
    import_passages(write(*ROWS), folder, data, NAMES, quiet)
    before = [passage.passage_id for passage in load_passages(folder, data)]
    import_passages(write({"问": "新问题", "答": "新答复"}, *ROWS), folder, data, NAMES, quiet)

    assert [passage.passage_id for passage in load_passages(folder, data)][1:] == before


def test_given_bad_rows_then_each_is_named_and_nothing_is_imported(write, tmp_path, data):
    folder = tmp_path / "into"
    import_passages(write(*ROWS), folder, data, NAMES, quiet)
    kept = (folder / "city-faq.jsonl").read_text("utf-8")
    bad = write(
        ROWS[0],
        "{oops",
        {"问": "没有答复"},
        ["no"],
        ROWS[0],
        {"问": "？？", "答": "！"},
        {"问": "长", "答": "长" * 9000},
    )

    with pytest.raises(ImportRefused) as refused:
        import_passages(bad, folder, data, NAMES, quiet)

    named = [problem.split(":")[0].split(",")[0] for problem in refused.value.problems]
    assert named == ["Row 2", "Row 3", "Row 4", "Row 5", "Row 6", "Row 7"]
    assert "`答`" in refused.value.problems[1] and "row 1" in refused.value.problems[3]
    assert (folder / "city-faq.jsonl").read_text("utf-8") == kept
    assert [path.name for path in folder.iterdir()] == ["city-faq.jsonl"]


@pytest.mark.parametrize(("content", "told"), [("问答".encode("gbk"), "UTF-8"), (b"\n\n", "no row")])
def test_given_a_file_that_cannot_be_read_then_it_is_said_why(tmp_path, data, content, told):
    path = tmp_path / "faq.jsonl"
    path.write_bytes(content)

    with pytest.raises(ImportRefused) as refused:
        import_passages(path, tmp_path / "into", data, Names(), quiet)

    assert told in refused.value.problems[0] and not (tmp_path / "into").exists()
