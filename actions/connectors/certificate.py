"""Draw a certificate as PDF, with a verification code."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from actions.connectors.certificate_page import PageDescription, draw_apart
from actions.connectors.fonts import FontFace, chinese_fonts
from storage.application_records import NewFile
from storage.applications import Application

CODE_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""without letters and digits that are taken for one another"""
CODE_LENGTH, CODE_GROUP = 16, 4


class NoCertificate(Exception):
    """No certificate is described for this item."""


@dataclass(frozen=True)
class Certificate:
    name: str
    content: bytes
    verification_code: str


class CertificateIssuer:
    """Draws what `data/texts/certificates.yml` describes."""

    def __init__(
        self, texts: Mapping[str, Any], fonts: Callable[[], tuple[FontFace, FontFace]] = chinese_fonts
    ) -> None:
        self._texts = texts
        self._fonts = fonts

    @classmethod
    def load(cls, path: Path) -> CertificateIssuer:
        """Read the descriptions from a YAML file."""
        return cls(yaml.safe_load(path.read_text("utf-8")))

    def issue(self, application: Application, today: date) -> Certificate:
        """Draw the certificate of an application; raise NoCertificate, NoChineseFont or CertificateNotDrawn."""
        texts = self._texts.get(application.item_id)
        if texts is None:
            raise NoCertificate(f"No certificate is described for {application.item_id}.")
        code = new_code()
        values = {
            **{name: self._shown(value) for name, value in application.fields.items()},
            "date": self._day(today),
            "birth_date": self._birth(str(application.fields.get("id_number", ""))),
        }
        page = PageDescription(
            fonts=[(str(face.path), face.index) for face in self._fonts()],
            common=self._texts["common"],
            receipt_number=application.receipt_number or "",
            code=code,
            title=texts["title"],
            rows=[(label, value.format(**values)) for label, value in texts["rows"]],
            body=[*(sentence.format(**values) for sentence in texts["body"]), texts["closing"]],
            signature=[texts["authority"], values["date"]],
        )
        return Certificate(texts["file_name"], draw_apart(page), code)

    def file(self, application: Application, today: date) -> NewFile:
        """Draw the certificate of an application as the file that is kept with it; raise as `issue` does."""
        certificate = self.issue(application, today)
        return NewFile(certificate.name, "application/pdf", certificate.content, certificate.verification_code)

    def _shown(self, value: Any) -> Any:
        """Return a field's value as it stands on a certificate: a date, which is kept by ISO 8601, in Chinese."""
        with suppress(ValueError):
            return self._day(date.fromisoformat(str(value)))
        return value

    def _day(self, day: date) -> str:
        return str(self._texts["common"]["date"].format(year=day.year, month=day.month, day=day.day))

    def _birth(self, id_number: str) -> str:
        """Return the date of birth that an ID number carries (GB 11643, digits 7 to 14)."""
        return self._day(date(int(id_number[6:10]), int(id_number[10:12]), int(id_number[12:14])))


def new_code() -> str:
    """Make a verification code: 80 random bits in four groups of four."""
    letters = "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))
    return "-".join(letters[start : start + CODE_GROUP] for start in range(0, CODE_LENGTH, CODE_GROUP))


def normal_code(text: str) -> str | None:
    """Return a code as it is printed, from what somebody typed; None when it can be none."""
    letters = "".join(character for character in text.upper() if character in CODE_LETTERS)
    if len(letters) != CODE_LENGTH:
        return None
    return "-".join(letters[start : start + CODE_GROUP] for start in range(0, CODE_LENGTH, CODE_GROUP))
