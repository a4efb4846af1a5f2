"""A power cut loses no conversation and no application."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.assistant.server_process import Server

pytestmark = pytest.mark.server


def test_given_a_read_back_when_the_server_is_killed_then_the_yes_still_submits_once(prepared, project: Path, tmp_path):
    server = Server(project, tmp_path / "var").start()
    try:
        talk = server.talk("demo")
        talk.say("我想申请办理有无犯罪证明")
        assert talk.say("求职")["application"]["state"] == "draft"

        server.kill()
        server.start()

        submitted = talk.say("对，提交", "the-yes")
        assert submitted["status"] == "submitted"
        assert talk.say("对，提交", "the-yes") == submitted
        assert talk.say("确认提交")["status"] != "submitted"
    finally:
        server.kill()
