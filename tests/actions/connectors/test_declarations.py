"""What an operator declares in connectors.yml."""

from __future__ import annotations

import shutil

import pytest

from actions.connectors.declarations import DeclarationError, TokenMissing, declared_systems
from tests.actions.connectors.dispatching import DATA

RIGHT = """
connectors:
  - name: police
    base_url: https://apply.example.gov.cn/v1/
    token_env: WENBAN_POLICE_TOKEN
"""


@pytest.fixture
def declare(tmp_path):
    (tmp_path / "schemas").mkdir()
    shutil.copy(DATA / "schemas" / "connectors.schema.json", tmp_path / "schemas")

    def declare_(text: str):
        (tmp_path / "connectors.yml").write_text(text, "utf-8")
        return declared_systems(tmp_path)

    return declare_


def test_the_default_install_declares_none():
    assert declared_systems(DATA) == {}


def test_given_no_file_then_none_is_declared(tmp_path):
    assert declared_systems(tmp_path) == {}


def test_given_an_entry_then_it_has_an_address_and_cautious_times(declare):
    police = declare(RIGHT)["police"]
    assert police.base_url == "https://apply.example.gov.cn/v1"
    assert (police.connect_timeout, police.read_timeout, police.poll_every, police.ca_file) == (5, 20, 300, None)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("https://apply.example.gov.cn/v1/", "http://apply.example.gov.cn"), "police: base_url must be https"),
        (("https://apply.example.gov.cn/v1/", "ftp://127.0.0.1"), "police: base_url must be https"),
        (("https://apply", "https://user:word@apply"), "without user"),
        (("gov.cn/v1/", "gov.cn:x/"), "base_url is no address"),
        (("/v1/", "/v1?key=1"), "without user, query"),
        (("name: police", "name: embedded"), "embedded: this name is taken"),
        (("name: police", "name: Police"), "connectors.0.name"),
        (("token_env: WENBAN_POLICE_TOKEN", "token: secret"), "token"),
        (("token_env: ", "read_timeout: 0\n    token_env: "), "connectors.0.read_timeout"),
        (("token_env: ", "ca_file: none.pem\n    token_env: "), "there is no file none.pem"),
        (("connectors:", "connectors: ["), "no YAML"),
        (("connectors:", "systems:"), "connectors.yml"),
    ],
)
def test_given_a_wrong_entry_then_the_error_names_it(declare, change, message):
    with pytest.raises(DeclarationError, match=message):
        declare(RIGHT.replace(*change))


def test_given_two_of_one_name_then_it_is_taken(declare):
    with pytest.raises(DeclarationError, match="taken"):
        declare(RIGHT + RIGHT.partition("\n")[2].partition("\n")[2])


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]"])
def test_given_a_system_on_this_machine_then_it_may_be_plain_http(declare, host):
    text = RIGHT.replace("https://apply.example.gov.cn", f"http://{host}:8080").replace("name: p", "name: p")
    assert declare(text)["police"].base_url == f"http://{host}:8080/v1"


@pytest.mark.parametrize("environment", [{}, {"WENBAN_POLICE_TOKEN": " "}, {"WENBAN_POLICE_TOKEN": "a\nb"}])
def test_given_no_token_then_the_variable_is_named_and_no_value(declare, environment):
    with pytest.raises(TokenMissing, match="WENBAN_POLICE_TOKEN") as caught:
        declare(RIGHT)["police"].token(environment)
    assert "a\nb" not in str(caught.value)
