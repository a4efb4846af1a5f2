"""Join ES modules into one script: a page that includes the assistant asks for one file instead of forty.

Sources stay as they are written: modules with named imports, style sheets imported as text. Everything lands in one
scope, so no two modules may declare the same name, and no variable may be named like a global that a module uses.
Only the default export of the entry is left.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from pathlib import Path

from assistant.bundling.one_scope import BundleError, OneScope
from assistant.bundling.short_names import letters, with_short_names
from assistant.bundling.tokens import Token, tokens

_IMPORT = re.compile(r'^import (?:(\{[^}]*\}|\w+) from )?"([^"]+)"( with \{ type: "text" \})?;\n', re.M)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function|class|const|let)\b)", re.M)
_NAME = re.compile(r"[\w$]+")
_UNKNOWN = re.compile(r"^(?:import|export(?! default \w+;$))\b.*$", re.M)
_OWN_PROPERTY = re.compile(r"--(?!wenban-)[a-z][a-z-]*")
"""a custom property of a style sheet that no page sets"""

_SHORTER = {"const": "let", "true": "!0", "false": "!1"}


def bundle(entry: Path, after: Path | None = None) -> str:
    """Return the script of an entry module with everything that it imports, in the order in which it is evaluated.

    A script that is loaded `after` another, and adds to its style sheet, calls its properties what that one calls them.

    Raises:
        BundleError: a name means one thing in one module and another in another, or an import is written in a way
            that is not known here.
    """
    source = _joined(entry)
    properties = dict.fromkeys(_OWN_PROPERTY.findall((_joined(after) if after else "") + source))
    short = {name: f"--{letters(number)}" for number, name in enumerate(properties)}
    return _OWN_PROPERTY.sub(lambda match: short[match.group()], small_js(source))


def _joined(entry: Path) -> str:
    joined = _Joined()
    joined.add(entry.resolve())
    joined.scope.check()
    return "".join(joined.parts)


@dataclass
class _Joined:
    parts: list[str] = field(default_factory=list)
    seen: set[Path] = field(default_factory=set)
    scope: OneScope = field(default_factory=OneScope)

    def add(self, path: Path) -> None:
        """Add a module after those that it imports."""
        if path in self.seen:
            return
        self.seen.add(path)
        source = path.read_text(encoding="utf-8")
        known: list[str] = []
        for found in _IMPORT.finditer(source):
            names, address, as_text = found.groups()
            imported = (path.parent / address).resolve()
            known += _NAME.findall(names or "")
            if as_text:
                self.scope.declare(path.name, names)
                words = json.dumps(small_css(imported.read_text(encoding="utf-8")), ensure_ascii=False)
                self.parts.append(f"const {names}={words};\n")
            elif " as " in (names or ""):
                raise BundleError(f"{path.name} renames what it imports: {names}")
            else:
                self.add(imported)
        body = _EXPORT.sub("", _IMPORT.sub("", source))
        if unknown := _UNKNOWN.search(body):
            raise BundleError(f"{path.name} has a line that cannot be joined: {unknown.group()}")
        self.scope.add(path.name, body, known)
        self.parts.append(body)


def small_js(source: str) -> str:
    """Return a script without comments and needless spaces, with short names; its statements must end in `;`."""
    written: list[str] = []
    before: Token | None = None
    for token in with_short_names(tokens(source)):
        if before is not None and token.spaced and _needs_space(before, token):
            written.append(" ")
        written.append(_SHORTER.get(token.text, token.text) if token.kind == "word" else token.text)
        before = token
    return "".join(written).replace(";}", "}")


def small_css(source: str) -> str:
    """Return a style sheet without comments and needless spaces."""
    css = re.sub(r"\s+", " ", re.sub(r"/\*.*?\*/", "", source, flags=re.S))
    css = re.sub(r" ?([{};,>]) ?", r"\1", css).replace(": ", ":").replace(";}", "}")
    return css.strip()


def _needs_space(before: Token, after: Token) -> bool:
    """Tell whether two tokens would be read as one without a space."""
    last, first = before.text[-1], after.text[0]
    words = (last.isalnum() or last in "_$") and (first.isalnum() or first in "_$#")
    return (words and "text" not in (before.kind, after.kind)) or (last == first and first in "+-")
