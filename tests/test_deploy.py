"""The units that are shipped, as systemd reads them."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.conftest import ROOT

UNIT = ROOT / "deploy" / "wenban-kiosk.service"
PROGRAMS = ("/usr/bin/cage", "/opt/wenban/.venv/bin/wenban")


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not installed")
def test_given_the_unit_when_systemd_reads_it_then_it_complains_of_nothing(tmp_path: Path):
    text = UNIT.read_text("utf-8")
    for program in PROGRAMS:
        assert program in text
        text = text.replace(program, "/bin/true")
    (tmp_path / UNIT.name).write_text(text, encoding="utf-8")

    verified = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", str(tmp_path / UNIT.name)], capture_output=True, text=True
    )

    assert (verified.returncode, verified.stdout + verified.stderr) == (0, "")


def test_given_the_unit_when_the_machine_is_switched_on_then_it_starts_by_itself_and_again_for_ever():
    lines = UNIT.read_text("utf-8").splitlines()

    assert {"Restart=always", "StartLimitIntervalSec=0", "WantedBy=graphical.target", "MemorySwapMax=0"} <= set(lines)
    assert any(re.fullmatch(r"ExecStart=.* wenban kiosk|ExecStart=.*/wenban kiosk", line) for line in lines)


def test_given_the_browsers_policy_when_read_then_only_the_machines_own_page_opens_and_hears():
    from assistant.settings import Settings

    policy = json.loads((ROOT / "deploy" / "chromium-kiosk-policy.json").read_text("utf-8"))

    page = f"http://127.0.0.1:{Settings.from_environment({'WENBAN_HOME': str(ROOT)}).port}"
    assert policy["URLBlocklist"] == ["*"]
    assert [url for url in policy["URLAllowlist"] if url.startswith("http")] == [page]
    assert policy["AudioCaptureAllowedUrls"] == [page]
    assert policy["DeveloperToolsAvailability"] == 2
