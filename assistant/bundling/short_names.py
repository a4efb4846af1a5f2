"""Shorter names for a script's variables and private members.

Every variable of a name becomes the same shorter name wherever it stands, so who means whom is as before; what is
reached by a dot, keys of objects and public members keep their names. A global must not be used that a variable
anywhere in the script is named like (`one_scope.py` sees to it).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import count

from assistant.bundling.tokens import Token
from assistant.bundling.variables import KEYWORDS, Variables


def with_short_names(script: Sequence[Token]) -> list[Token]:
    """Return the tokens with shorter names."""
    variables = Variables(script)
    declared = {one.name for one in variables.declarations}
    names = Counter(script[place].text for place in variables.places)
    used = Counter({name: times for name, times in names.items() if name in declared})
    taken = KEYWORDS | (set(names) - set(used))
    free = (name for name in map(letters, count()) if name not in taken)
    short = {name: shorter for (name, _), shorter in zip(used.most_common(), free, strict=False)}
    private = Counter(token.text for token in script if token.kind == "private")
    short |= {name: f"#{letters(number)}" for number, (name, _) in enumerate(private.most_common())}
    return list(_renamed(variables, short))


def _renamed(variables: Variables, short: dict[str, str]) -> Iterator[Token]:
    positions = set(variables.places)
    for place, token in enumerate(variables.script):
        new = short.get(token.text, token.text)
        if token.kind == "private" or place in positions:
            if variables.is_shorthand(place) and new != token.text:
                yield token
                yield Token("sign", ":", False)
            yield Token(token.kind, new, token.spaced)
        else:
            yield token


def letters(number: int) -> str:
    """Return the name of a number: a, b, … z, aa, ab, …"""
    name = ""
    while number >= 0:
        name = chr(ord("a") + number % 26) + name
        number = number // 26 - 1
    return name
