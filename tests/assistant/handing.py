"""A server that hands the applications for one item to a department's server, both to be killed and started again."""

from __future__ import annotations

import shutil
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.actions.connectors.declared import TOKEN, declare_police
from tests.actions.connectors.department import Department
from tests.assistant.server_process import Server, Talk

SAID = ("我要开无犯罪记录证明", "张示例", "31010119930418006X", "13900000001", "求职")
"""what fills in the application, up to the read-back"""
END = "006X"
CONFIRMED = "确认提交"
WITHIN_SECONDS = 120


@dataclass
class Handing:
    """The two of them; a test that kills one starts it again."""

    server: Server
    department: Department

    @classmethod
    def open(cls, project: Path, folder: Path) -> Handing:
        """Start both: no demonstration, which would hand over nothing."""
        department = Department(folder / "department").start()
        home = folder / "home"
        home.mkdir()
        for path in project.iterdir():
            if path.name != "data" and not path.name.startswith("."):
                (home / path.name).symlink_to(path)
        shutil.copytree(project / "data", home / "data")
        declare_police(home / "data", department.url)
        environment = {TOKEN: "secret", "WENBAN_KIOSK": "1"}
        server = Server(home, folder / "var", environment=environment, demo=False)
        return cls(server.start(), department)

    def close(self) -> None:
        """End both."""
        self.server.kill()
        self.department.kill()

    def confirmed(self, talk: Talk) -> tuple[dict[str, Any], float]:
        """Fill in an application and confirm it; return the reply and the seconds it took."""
        for words in SAID:
            reply = talk.say(words)
        assert reply["application"]["state"] == "draft", reply["text"]
        began = time.monotonic()
        return talk.say(CONFIRMED, f"{talk.id}-yes"), time.monotonic() - began

    @staticmethod
    def news(talk: Talk) -> list[dict[str, Any]]:
        """Return what told of a delivery, as soon as something has."""
        end = time.monotonic() + WITHIN_SECONDS
        while time.monotonic() < end:
            payloads = [event["payload"] for event in talk.events()]
            found = [payload for payload in payloads if "已经送达" in payload.get("text", "")]
            if found:
                return found
            time.sleep(0.2)
        raise AssertionError([event["payload"].get("text") for event in talk.events()])
