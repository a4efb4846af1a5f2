"""Personal data in free text: found, put away encrypted, and replaced by placeholders."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from unicodedata import normalize

import yaml

from actions.flows.engine import Expected
from actions.flows.fields import personal_value
from storage.personal_values import PersonalKind, PersonalValues
from storage.receipts import DASHES, receipt_number


@dataclass(frozen=True)
class Finding:
    """A stretch of text that is personal data."""

    start: int
    end: int
    kind: PersonalKind


class PersonalDataGuard:
    """Replace personal data by placeholders such as `[手机号1]`; the values go to the encrypted store."""

    def __init__(self, rules: tuple[tuple[PersonalKind, re.Pattern[str]], ...], values: PersonalValues) -> None:
        """Keep the rules, in their order, and the store of the values."""
        self._rules = rules
        self._values = values

    @classmethod
    def load(cls, path: Path, values: PersonalValues) -> PersonalDataGuard:
        """Read the rules from a YAML file; `{name}` in a pattern is any of the words of that name."""
        raw = yaml.safe_load(path.read_text(encoding="utf-8"))
        words = {f"{{{name}}}": f"(?:{'|'.join(map(re.escape, some))})" for name, some in raw["words"].items()}

        def compiled(pattern: str) -> re.Pattern[str]:
            for name, any_of_them in words.items():
                pattern = pattern.replace(name, any_of_them)
            return re.compile(pattern)

        return cls(tuple((PersonalKind(rule["kind"]), compiled(rule["pattern"])) for rule in raw["patterns"]), values)

    def mask(self, conversation_id: str, text: str, expected: Expected | None = None) -> str:
        """Return the text with every personal value replaced.

        `expected` is what the running application asked last: a bare name or address is personal data only there.
        """
        findings = list(self.find(text))
        if expected is not None and expected.personal is not None:
            span = personal_value(expected, _without(text, findings))
            if span is not None and not any(one.start < span[1] and span[0] < one.end for one in findings):
                findings.append(Finding(*span, PersonalKind(expected.personal)))
        for one in sorted(findings, key=lambda finding: -finding.start):
            placeholder = self._values.put(conversation_id, one.kind, text[one.start : one.end])
            text = text[: one.start] + placeholder + text[one.end :]
        return text

    def without_values(self, text: str, known: str = "") -> str:
        """Return the text with a placeholder for every personal value, and keep the values nowhere.

        What stands in `known`, such as a guide's telephone number, is nobody's.
        """
        for one in sorted(self.find(text), key=lambda finding: -finding.start):
            if text[one.start : one.end] in known:
                continue
            text = text[: one.start] + self._values.nameless(one.kind) + text[one.end :]
        return text

    def find(self, text: str) -> tuple[Finding, ...]:
        """Return what the rules find, without overlaps, in the order of the rules."""
        text = "".join(map(_ordinary, text))
        found: list[Finding] = []
        for kind, pattern in self._rules:
            for match in pattern.finditer(text):
                start, end = match.span("value")
                overlaps = any(one.start < end and start < one.end for one in found)
                if not overlaps and receipt_number(_around(text, start, end)) is None:
                    found.append(Finding(start, end, kind))
        return tuple(found)


def _ordinary(character: str) -> str:
    """Return a full-width digit or letter as an ordinary one (NFKC), every other character as it is."""
    plain = normalize("NFKC", character)
    return plain if plain.isascii() and plain.isalnum() and len(plain) == 1 else character


def _without(text: str, findings: Iterable[Finding]) -> str:
    """Return the text with blanks where something was found already, every other character in its place."""
    for one in findings:
        text = text[: one.start] + " " * (one.end - one.start) + text[one.end :]
    return text


def _around(text: str, start: int, end: int) -> str:
    """Return the whole run of digits and dashes that the stretch is part of."""
    while start > 0 and (text[start - 1].isdigit() or text[start - 1] in DASHES):
        start -= 1
    while end < len(text) and (text[end].isdigit() or text[end] in DASHES):
        end += 1
    return text[start:end].strip(DASHES)
