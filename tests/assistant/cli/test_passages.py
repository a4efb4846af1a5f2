"""Questions with answers are taken in, as typed."""

from __future__ import annotations


def test_given_pairs_in_a_file_when_imported_then_they_lie_in_the_folder_and_bad_rows_are_named(wenban, tmp_path):
    source, into = tmp_path / "faq.jsonl", tmp_path / "passages"
    source.write_text('{"q": "大厅能打印吗", "a": "一般免费。"}\n', "utf-8")
    options = ("--into", str(into), "--question", "q", "--answer", "a")

    assert "Imported 1 passages" in wenban("passages", "import", str(source), *options).output
    assert "大厅能打印吗" in (into / "faq.jsonl").read_text("utf-8")

    source.write_text('{"q": "没有答复"}\n', "utf-8")
    refused = wenban("passages", "import", str(source), *options)
    assert refused.exit_code == 1 and "Row 1" in refused.output
    assert "大厅能打印吗" in (into / "faq.jsonl").read_text("utf-8")
