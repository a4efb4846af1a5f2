"""A power cut in the midst of a visit: when the machine is back, nothing of it is left."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.assistant.server_process import Server, Talk
from tests.assistant.test_privacy import scan

pytestmark = pytest.mark.server

WORDS = "隔壁欧阳阿姨家的猫半夜唱评弹"


def test_given_a_visit_when_the_server_is_killed_then_it_is_gone_before_the_next_visitor(
    prepared, project: Path, tmp_path: Path
):
    server = Server(project, tmp_path / "var", environment={"WENBAN_KIOSK": "1"}).start()
    try:
        begun = server.call("POST", "/api/kiosk/visits").json
        visit = Talk(server, begun["conversation_id"], begun["token"])
        visit.say(WORDS)
        assert scan(server.var, (WORDS, visit.id)) != []

        server.kill()
        server.start()

        assert server.call("GET", f"/api/conversations/{visit.id}/events", token=visit.token).status == 403
        assert scan(server.var, (WORDS, visit.id)) == []
        assert server.call("POST", "/api/kiosk/visits").status == 201
    finally:
        server.kill()
