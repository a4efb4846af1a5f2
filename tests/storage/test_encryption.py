from __future__ import annotations

import stat

import pytest

from storage.encryption import Cipher
from storage.errors import KeyFileError, Undecipherable


def test_what_is_encrypted_comes_back():
    cipher = Cipher(Cipher.new_key())
    assert cipher.decrypt_text(cipher.encrypt_text("张示例")) == "张示例"
    assert cipher.decrypt_bytes(cipher.encrypt_bytes(b"\x00")) == b"\x00"
    assert cipher.decrypt_json(cipher.encrypt_json({"姓名": ["张", None]})) == {"姓名": ["张", None]}


def test_another_key_does_not_decrypt():
    token = Cipher(Cipher.new_key()).encrypt_text("x")
    with pytest.raises(Undecipherable):
        Cipher(Cipher.new_key()).decrypt_text(token)


def test_a_rotated_key_still_decrypts_and_keeps_the_blind_indexes():
    old, new = Cipher.new_key(), Cipher.new_key()
    before, after = Cipher(old), Cipher([new, old])
    assert after.decrypt_text(before.encrypt_text("x")) == "x"
    assert after.blind_index("310101199304180027") == before.blind_index("310101199304180027")
    with pytest.raises(Undecipherable):
        before.decrypt_text(after.encrypt_text("x"))


def test_blind_indexes_depend_on_key_and_scope():
    one, other = Cipher(Cipher.new_key()), Cipher(Cipher.new_key())
    assert one.blind_index("x") == one.blind_index("x")
    assert len({one.blind_index("x"), one.blind_index("x", "scope"), other.blind_index("x")}) == 3


def test_a_key_file_is_made_once_and_only_its_owner_reads_it(tmp_path):
    path = tmp_path / "var" / "secret.key"
    token = Cipher.from_key_file(path).encrypt_text("x")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert Cipher.from_key_file(path).decrypt_text(token) == "x"
    assert [entry.name for entry in path.parent.iterdir()] == ["secret.key"]


def test_a_key_file_that_others_can_read_is_warned_of(tmp_path, caplog):
    path = tmp_path / "secret.key"
    Cipher.from_key_file(path)
    path.chmod(0o644)
    Cipher.from_key_file(path)
    assert "0600" in caplog.text


@pytest.mark.parametrize("content", ["", "\n", "short", "ä" * 44])
def test_a_file_without_a_key_is_refused(tmp_path, content):
    path = tmp_path / "secret.key"
    path.write_text(content, "utf-8")
    with pytest.raises(KeyFileError):
        Cipher.from_key_file(path)
