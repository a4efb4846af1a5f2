"""Encrypt what is stored, and index it without showing it."""

from __future__ import annotations

import hashlib
import hmac
import json
import logging
import os
import tempfile
from base64 import urlsafe_b64decode
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from storage.errors import KeyFileError, Undecipherable

logger = logging.getLogger(__name__)


class Cipher:
    """Encrypts with the first of its Fernet keys and decrypts with any of them.

    The last key also yields the key of blind indexes and of the audit trail. To rotate, put a new key *before* the
    others and keep the last one for as long as the data lives.
    """

    def __init__(self, keys: str | bytes | Sequence[str | bytes]) -> None:
        """Take one Fernet key (32 bytes, URL-safe base64) or several; raise KeyFileError for anything else."""
        given = [keys] if isinstance(keys, (str, bytes)) else list(keys)
        try:
            fernets = [Fernet(key) for key in given]
            last = urlsafe_b64decode(given[-1])
        except (ValueError, IndexError) as error:
            raise KeyFileError("An encryption key must be 32 bytes in URL-safe base64 (Fernet).") from error
        self._fernet = MultiFernet(fernets)
        self._index_key = HKDF(SHA256(), length=32, salt=None, info=b"wenban blind index").derive(last)
        self._seal_key = HKDF(SHA256(), length=32, salt=None, info=b"wenban audit trail").derive(last)

    @staticmethod
    def new_key() -> str:
        """Make a fresh key."""
        return Fernet.generate_key().decode("ascii")

    @classmethod
    def from_key_file(cls, path: Path | str) -> Cipher:
        """Read the keys of a file, one a line; write a new one (mode 0600) where there is none."""
        path = Path(path)
        try:
            if not path.exists():
                _create_key_file(path, cls.new_key())
            text = path.read_text("ascii")
            mode = path.stat().st_mode
        except (OSError, UnicodeDecodeError) as error:
            raise KeyFileError(f"The key file {path} cannot be read or written: {error}.") from error
        if mode & 0o077:
            logger.warning("The key file %s can be read by other users; its mode should be 0600.", path)
        keys = [line.strip() for line in text.splitlines() if line.strip()]
        if not keys:
            raise KeyFileError(f"The key file {path} is empty.")
        return cls(keys)

    def encrypt_bytes(self, value: bytes) -> bytes:
        return self._fernet.encrypt(value)

    def decrypt_bytes(self, token: bytes) -> bytes:
        """Return the clear bytes; raise Undecipherable when no key fits."""
        try:
            return self._fernet.decrypt(token)
        except InvalidToken as error:
            raise Undecipherable("A stored value cannot be decrypted with the keys at hand.") from error

    def encrypt_text(self, value: str) -> bytes:
        return self.encrypt_bytes(value.encode("utf-8"))

    def decrypt_text(self, token: bytes) -> str:
        return self.decrypt_bytes(token).decode("utf-8")

    def encrypt_json(self, value: Any) -> bytes:
        return self.encrypt_bytes(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8"))

    def decrypt_json(self, token: bytes) -> Any:
        return json.loads(self.decrypt_bytes(token))

    def blind_index(self, value: str, scope: str = "") -> str:
        """Return a keyed hash (64 hex digits) by which an equal value is found again within a scope."""
        return hmac.new(self._index_key, f"{scope}\0{value}".encode(), hashlib.sha256).hexdigest()

    def seal(self, text: str) -> str:
        """Return a keyed hash (64 hex digits) that nobody without the key can make."""
        return hmac.new(self._seal_key, text.encode("utf-8"), hashlib.sha256).hexdigest()


def _create_key_file(path: Path, key: str) -> None:
    """Write the key whole or not at all; of two processes that start at once, the first one's key stays."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")  # mkstemp makes it 0600
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(key + "\n")
            file.flush()
            os.fsync(file.fileno())
        os.link(temporary, path)
    except FileExistsError:
        pass  # the other process's key is the one to read
    finally:
        os.unlink(temporary)
