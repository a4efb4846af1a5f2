"""The actions as Rasa's own action server (`rasa run actions`) finds them."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from rasa_sdk.executor import ActionExecutor

from actions.handoff import ActionRequestPerson
from actions.services import Services, services_from_environment


@pytest.fixture
def forgetful():
    """Services of the environment are opened once a process: forget them before and after."""
    services_from_environment.cache_clear()
    yield
    services_from_environment.cache_clear()


def test_given_the_package_when_registered_then_it_holds_exactly_the_domains_actions(project: Path):
    domain = yaml.safe_load((project / "domain" / "domain.yml").read_text("utf-8"))
    executor = ActionExecutor()

    executor.register_package("actions")

    assert set(executor.actions) == set(domain["actions"])


def test_given_an_action_server_when_it_starts_then_nothing_is_opened_before_an_action_needs_it(
    project: Path, tmp_path: Path, monkeypatch, forgetful
):
    var = tmp_path / "var"
    monkeypatch.setenv("WENBAN_HOME", str(project))
    monkeypatch.setenv("WENBAN_VAR", str(var))
    monkeypatch.delenv("WENBAN_DATABASE_URL", raising=False)

    action = ActionRequestPerson()
    assert not var.exists()

    assert isinstance(action.services, Services)
    assert (var / "wenban.db").exists()
