"""An export is taken in, searched and answered from, as typed."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.knowledge_base.importing.conftest import MAPPING, ROW


@pytest.fixture
def mapping(tmp_path: Path) -> Path:
    file = tmp_path / "mapping.yml"
    file.write_text(yaml.safe_dump(MAPPING, allow_unicode=True), encoding="utf-8")
    return file


def written(path: Path, *rows: dict[str, str]) -> Path:
    with path.open("w", encoding="gb18030", newline="") as file:
        lines = csv.DictWriter(file, list(ROW))
        lines.writeheader()
        lines.writerows({**ROW, **row} for row in rows)
    return path


def test_given_a_bad_row_when_imported_then_it_is_told_and_only_skipping_it_imports_the_rest(wenban, mapping, tmp_path):
    file, into = written(tmp_path / "a.csv", {}, {"编码": "LIB_002", "对象": "3"}), tmp_path / "knowledge"

    refused = wenban("items", "import", file, "--mapping", mapping, "--into", into)
    assert refused.exit_code == 1 and "row 3, column 对象: “3” is none of 1, 2." in refused.output
    assert "nothing was imported" in refused.output and not (into / "items").exists()

    skipped = wenban("items", "import", file, "--mapping", mapping, "--into", into, "--skip-bad")
    assert skipped.exit_code == 1 and "1 new, 0 changed, 0 unchanged, 0 gone" in skipped.output
    assert "1 bad row(s) were skipped" in skipped.output

    again = wenban("items", "import", written(tmp_path / "a.csv", {}), "--mapping", mapping, "--into", into)
    assert again.exit_code == 0 and "0 new, 0 changed, 1 unchanged, 0 gone" in again.output


def test_given_knowledge_of_its_own_when_exported_and_checked_then_the_default_is_not_looked_at(
    wenban, mapping, tmp_path
):
    into = tmp_path / "knowledge"
    wenban("items", "import", written(tmp_path / "a.csv", {}), "--mapping", mapping, "--into", into)

    assert "1 items written" in wenban("items", "export", tmp_path / "b.json", "--knowledge", into).output
    (item,) = json.loads((tmp_path / "b.json").read_text(encoding="utf-8"))
    assert item["item_id"] == "lib-001" and item["source"] == ROW["网址"]
    assert wenban("items", "check", "--knowledge", into).exit_code == 0


def test_given_an_imported_export_when_asked_then_it_answers_with_its_source_and_offers_no_flow_of_others(
    wenban, mapping, tmp_path, prepared, project
):
    into = tmp_path / "knowledge"
    rows = [{}, {"编码": "LIB_002", "名称": "博物馆参观预约", "简称": "看展览", "时限": "1工作日", "网址": "无"}]
    wenban("items", "import", written(tmp_path / "a.csv", *rows), "--mapping", mapping, "--into", into)
    lines = [{"id": text, "turns": [text]} for text in ("读者证办理要多久", "我要申请办理无犯罪记录证明", "帮我写首诗")]
    (tmp_path / "in.jsonl").write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")

    ran = subprocess.run(
        [sys.executable, "-m", "assistant.cli", "batch", str(tmp_path / "in.jsonl"), "-o", str(tmp_path / "out.jsonl")],
        cwd=project,
        env={**os.environ, "PYTHONPATH": str(project), "WENBAN_KNOWLEDGE": str(into)},
        capture_output=True,
        text=True,
    )

    assert ran.returncode == 0, ran.stderr[-2000:]
    said = [json.loads(line)["replies"][0] for line in (tmp_path / "out.jsonl").read_text("utf-8").splitlines()]
    told = said[0]["text"] if said[0]["status"] == "answered" else said[0]["choices"]
    assert "读者证办理（成人）" in str(told)
    if said[0]["status"] == "answered":
        assert {cited["source"] for cited in said[0]["citations"]} == {ROW["网址"]}
    assert said[1]["status"] not in ("flow_asked", "submitted") and said[2]["status"] == "out_of_scope"
    assert "“”" not in said[2]["text"]
    assert (into / "index" / "current").exists() and "cautious thresholds stay in force" in " ".join(ran.stderr.split())
