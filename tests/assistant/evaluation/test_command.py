"""A whole run on a set of three questions: what is written, compared, marked and hidden."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from assistant import cli
from assistant.evaluation.command import UnknownPart, UnknownSection, report_on
from assistant.evaluation.page import PAGE
from assistant.evaluation.record import LATEST, PREVIOUS
from assistant.evaluation.report import Report
from assistant.evaluation.sections import OF_PARTS
from assistant.evaluation.softmax_gate import SoftmaxGate
from assistant.evaluation.trial import Subject
from assistant.nlu import resources

OPEN = {
    "questions": [
        {"text": "请问护照给弄丢了要怎么补呀", "item": "passport-reissue", "facet": "general"},
        {"text": "身份证找不到了想再做一张", "item": "dog-licence", "facet": "general", "style": "story"},
        {"text": "驾照到期了想换新的要带些啥", "item": "dog-licence", "facet": "materials"},
    ],
    "out_of_scope": [{"text": "外头现在下不下雨啊", "kind": "chat"}],
    "emergencies": [{"text": "楼下烧起来了全是烟", "emergency": True, "number": "119"}],
    "dialogues": [
        {
            "id": "passport",
            "turns": [
                {"user": "护照丢了怎么补", "expect": {"status": "answered", "item": "passport-reissue"}},
                {"user": "那要多久？", "expect": {"item": "passport-reissue", "facet": "fee"}},
            ],
        }
    ],
}
LOCKED = {
    "questions": [{"text": "结婚证不见了想补一本", "item": "dog-licence", "facet": "general"}],
    "out_of_scope": [{"text": "帮我写首诗好伐", "kind": "chat"}],
}
KNOWN = {"questions": ["请问护照给弄丢了要怎么补呀", "身份证找不到了想再做一张"], "dialogues": ["passport/2"]}
SECRET = "结婚证不见了想补一本"
GATE_EXAMPLES = [
    ("护照丢了", "passport-reissue"),
    ("补护照", "passport-reissue"),
    ("狗证", "dog-licence"),
    ("养狗", "dog-licence"),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("eval")
    for part, files in (("open", OPEN), ("locked", LOCKED)):
        (root / part).mkdir()
        for name, entries in files.items():
            (root / part / f"{name}.yml").write_text(json.dumps(entries, ensure_ascii=False), "utf-8")
    (root / "known_failures.yml").write_text(json.dumps(KNOWN, ensure_ascii=False), "utf-8")
    return root


@pytest.fixture(scope="module")
def subject(assistant: Any, prepared: Any) -> Subject:
    """The assistant, with a usual gate that is quickly fitted."""
    subject = Subject(prepared, lambda: assistant)
    subject.gate = SoftmaxGate(resources.encoder_at(prepared.encoder)).fit(GATE_EXAMPLES)
    return subject


@pytest.fixture(scope="module")
def runs(subject: Subject, folder: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Report, Report, Path]:
    """Two runs one after the other, the second with the locked failures shown."""
    out = tmp_path_factory.mktemp("reports") / "evaluation"
    first = report_on(subject, folder, out, only=OF_PARTS)
    return first, report_on(subject, folder, out, only=OF_PARTS, show_locked=True), out


def read(out: Path, name: str) -> dict[str, Any]:
    return json.loads((out / name).read_text("utf-8"))


def section(record: dict[str, Any], part: str, name: str) -> dict[str, Any]:
    return next(one for one in record["sections"] if (one["part"], one["name"]) == (part, name))


def test_given_both_parts_when_measured_then_json_keeps_their_figures_apart(runs):
    _, _, out = runs
    record = read(out, PREVIOUS)

    hits = {part: section(record, part, "questions")["figures"][0] for part in ("open", "locked")}
    assert (hits["open"]["value"], hits["open"]["count"]) == (pytest.approx(1 / 3), 3)
    assert (hits["locked"]["value"], hits["locked"]["count"]) == (0.0, 1)
    assert {one["name"] for one in record["sections"] if one["part"] == "open"} == set(OF_PARTS) - {
        "passages",
        "ambiguous",
    }
    assert {"emergencies", "dialogues"}.isdisjoint(one["name"] for one in record["sections"] if one["part"] == "locked")


def test_given_a_first_and_a_second_run_then_the_second_is_compared_with_the_first(runs):
    _, _, out = runs

    assert section(read(out, PREVIOUS), "open", "questions")["figures"][0]["last"] is None
    assert section(read(out, LATEST), "open", "questions")["figures"][0]["last"] == pytest.approx(1 / 3)


def test_given_known_failures_when_measured_then_new_known_and_mended_ones_are_told_apart(runs):
    questions = section(read(runs[2], LATEST), "open", "questions")["failures"]
    dialogues = section(read(runs[2], LATEST), "open", "dialogues")["failures"]

    known = {one["text"]: one["known"] for one in questions["listed"]}
    assert known == {"身份证找不到了想再做一张": True, "驾照到期了想换新的要带些啥": False}
    assert questions["recovered"] == ["请问护照给弄丢了要怎么补呀"]
    assert [(one["key"], one["known"], one["reasons"]) for one in dialogues["listed"]] == [
        ("passport/2", True, ["facet"])
    ]


def test_given_the_locked_part_when_measured_then_its_failures_are_only_counted(runs):
    first, _, out = runs
    text = (out / PREVIOUS).read_text("utf-8")

    assert SECRET not in text
    assert section(read(out, PREVIOUS), "locked", "questions")["failures"]["counts"]["right item not ranked first"] == 1
    assert all(one.failures.hidden for one in first.of_part("locked"))


def test_given_show_locked_when_measured_then_its_failures_are_listed(runs):
    _, _, out = runs

    assert SECRET in (out / LATEST).read_text("utf-8") and SECRET in (out / PAGE).read_text("utf-8")


def test_given_a_run_then_the_page_holds_figures_failures_and_plots_and_needs_no_other_file(runs):
    page = (runs[2] / PAGE).read_text("utf-8")

    assert "Open part" in page and "Locked part" in page
    assert "驾照到期了想换新的要带些啥" in page and "New failures: 1" in page
    assert page.count("<svg") == 4 * 2  # three of confidence and one of noise, in each part
    assert "<link" not in page and "<script" not in page and "src=" not in page


def test_given_one_part_and_section_when_measured_then_only_they_and_the_leaks_are(subject, folder, tmp_path):
    report = report_on(subject, folder, tmp_path, part="locked", only=["questions"])

    assert [(one.part, one.name) for one in report.sections] == [("locked", "leaks"), ("locked", "questions")]
    assert SECRET not in (tmp_path / PAGE).read_text("utf-8")


@pytest.fixture
def home_with_a_leak(project: Path, subject: Subject, tmp_path: Path) -> Path:
    """The project with another evaluation set, whose one question is a training sentence."""
    leak = {"text": subject.training[0], "item": "passport-reissue", "facet": "general"}
    (tmp_path / "data" / "eval" / "open").mkdir(parents=True)
    (tmp_path / "data" / "eval" / "open" / "questions.yml").write_text(json.dumps([leak]), "utf-8")
    for folder in (project, project / "data"):
        for path in folder.iterdir():
            target = tmp_path / path.relative_to(project)
            if not target.exists():
                target.symlink_to(path)
    return tmp_path


def test_given_a_leak_when_the_command_is_run_then_it_counts_it_and_fails(home_with_a_leak, monkeypatch):
    monkeypatch.setenv("WENBAN_HOME", str(home_with_a_leak))
    words = ["evaluate", "--part", "open", "--only", "leaks", "--out", str(home_with_a_leak / "out")]

    ran = CliRunner().invoke(cli.app, words)

    assert "something was trained on: 1" in ran.stdout
    assert ran.exit_code == 1


@pytest.mark.parametrize(
    ("names", "error"), [({"part": "closed"}, UnknownPart), ({"only": ["colours"]}, UnknownSection)]
)
def test_given_an_unknown_name_when_measured_then_the_known_ones_are_told(subject, folder, tmp_path, names, error):
    with pytest.raises(error, match="Known: .*(open|leaks)"):
        report_on(subject, folder, tmp_path, **names)
