"""Values of no real person, drawn at random, as they are said: numbers, dates, sums, names, addresses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random

from voice.language.numerals import as_year, by_digit, by_value, in_groups


class SpokenValues:
    """Draw values; a comma stands where the speaker pauses."""

    def __init__(self, texts: Mapping[str, Sequence[str]], random: Random) -> None:
        """Keep the lists of surnames, roads and the like, and the source of chance."""
        self._texts = texts
        self._random = random

    def phone(self) -> str:
        """Return a mobile number of eleven digits."""
        number = "1" + self._random.choice("3456789") + self._number(9)
        return self._digits(number, ((3, 4), (3, 3, 3), (3, 4), (4,), (3, 2)))

    def identity_number(self) -> str:
        """Return an identity number of eighteen digits, the last an X now and then."""
        year = self._random.randint(1930, 2026)
        number = f"{self._random.choice('1234568')}{self._number(5)}{year}{self._random.randint(1, 12):02}"
        number += f"{self._random.randint(1, 31):02}{self._number(4)}"
        groups = ((6, 8), (6, 4), (3, 3, 4), (6, 4, 2))
        if self._random.random() < 0.1:
            return self._digits(number[:-1], groups) + self._random.choice(("叉", "艾克斯"))
        return self._digits(number, groups)

    def code(self) -> str:
        """Return a number of some kind, of 2 to 19 digits."""
        number = self._number(self._random.choice((2, 3, 4, 4, 5, 6, 6, 6, 8, 8, 10, 12, 14, 16, 19)))
        return self._digits(number, ((4,), (3,), (2,)))

    def date(self) -> str:
        """Return a date, a month of a year, or a day of this year."""
        year, month, day = self._random.randint(1930, 2035), self._random.randint(1, 12), self._random.randint(1, 31)
        said_year = as_year(str(year)) if self._random.random() < 0.9 else as_year(str(year)[2:])
        in_year = f"{by_value(str(month))}月{by_value(str(day))}{self._random.choice('日号号')}"
        drawn = self._random.random()
        if drawn < 0.15:
            return in_year
        if drawn < 0.25:
            return f"{said_year}年{by_value(str(month))}月"
        if drawn < 0.35:
            return self._random.choice(("今年", "明年", "去年", "后年", "前年")) + in_year
        return f"{said_year}年{in_year}"

    def money(self) -> str:
        """Return a sum of up to a million, a round one as often as not."""
        number = str(self._random.randint(1, 10 ** self._random.randint(1, 6)))
        if len(number) > 2 and self._random.random() < 0.5:
            number = number[:-2] + "00"
        return by_value(number) + self._choice("money_units")

    def name(self) -> str:
        """Return a surname with a given name of one or, more often, two characters."""
        return self._choice("surnames") + "".join(
            self._choice("given") for _ in range(self._random.choice((1, 2, 2, 2)))
        )

    def address(self) -> str:
        """Return a street and a number, with the district, the estate and the room now and then."""
        random = self._random
        number = random.randint(1, 2999)
        said = by_value(str(number)) if number < 300 or random.random() < 0.6 else by_digit(str(number))
        address = f"{self._choice('roads')}{said}{random.choice(('号', '号', '弄'))}"
        if random.random() < 0.4:
            address = self._choice("districts") + address
        if random.random() < 0.3:
            address += self._choice("place_names") + self._choice("places")
        if random.random() < 0.4:
            room = str(random.randint(1, 33) * 100 + random.randint(1, 9))
            room_said = by_digit(room) if random.random() < 0.7 else as_year(room)
            address += f"{by_value(str(random.randint(1, 60)))}{random.choice(('号', '栋', '号楼'))}{room_said}室"
        return address

    def _choice(self, texts: str) -> str:
        return self._random.choice(self._texts[texts])

    def _number(self, length: int) -> str:
        return "".join(self._random.choice("0123456789") for _ in range(length))

    def _digits(self, number: str, groupings: Sequence[tuple[int, ...]]) -> str:
        """Return digits as said, one as 幺 or as 一, in one breath or in groups."""
        said = by_digit(number) if self._random.random() < 0.7 else as_year(number)
        return said if self._random.random() < 0.55 else "，".join(in_groups(said, self._random.choice(groupings)))
