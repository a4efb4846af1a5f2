"""The voices that speak the training clips: espeak-ng's own, and as many made up at random."""

from __future__ import annotations

import shutil
from pathlib import Path
from random import Random

from voice.training.espeak_library import VARIANTS, EspeakMissing

LANGUAGE = "cmn-latn-pinyin"
CHOSEN_BY = ("f4", "m6", "steph2")
"""voices that nothing is trained on, by which recognisers are compared"""
KEPT_APART = ("belinda", "Michael", "f5", "steph3")
"""voices that nothing is trained on and nothing is chosen by, for the final figures"""

_CRASHING = ("Demonic", "rob")
"""voices in which espeak-ng 1.51 overwrites its memory when it speaks Mandarin"""
_FAMILIAR = ("f2", "m3", "Annie", "john")
"""voices heard often, so that an hour of training is enough to know some well"""
_PLAIN_SHARE, _FAMILIAR_SHARE, _OWN_SHARE = 0.2, 0.3, 0.3
_NEEDED = ("cmn_dict", "en_dict", "phondata", "phontab", "phonindex", "intonations", "lang/sit", "voices")


class VoiceBank:
    """A copy of espeak-ng's data to which voices drawn at random are written as they are needed."""

    def __init__(self, folder: Path, own: list[str]) -> None:
        """Keep the folder to give to the library and the names of espeak-ng's own voices; `make` copies them."""
        self.folder = folder
        self.own = own

    @classmethod
    def make(cls, source: Path, folder: Path) -> VoiceBank:
        """Copy what Mandarin needs of `source`, an espeak-ng-data folder, to a folder of our own.

        Raises:
            EspeakMissing: `source` is no such folder, or not whole.
        """
        data = folder / "espeak-ng-data"
        for name in _NEEDED:
            there, here = source / name, data / name
            if not there.exists():
                raise EspeakMissing(f"{EspeakMissing.__doc__} Not found: {there}")
            if there.is_dir():
                shutil.copytree(there, here)
            else:
                here.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(there, here)
        own = {path.name for path in (data / VARIANTS).iterdir()}
        return cls(folder, sorted(own.difference(CHOSEN_BY, KEPT_APART, _CRASHING)))

    def draw(self, random: Random, slot: str) -> str:
        """Return the name of a voice: the plain one, one of espeak-ng's own, or one made up for this clip.

        The made-up one overwrites the last one of the same `slot`: the library lists no more than 350 voices.
        """
        drawn = random.random()
        if drawn < _PLAIN_SHARE:
            return LANGUAGE
        drawn -= _PLAIN_SHARE
        if drawn < _FAMILIAR_SHARE:
            return f"{LANGUAGE}+{random.choice(_FAMILIAR)}"
        drawn -= _FAMILIAR_SHARE
        if drawn < _OWN_SHARE:
            return f"{LANGUAGE}+{random.choice(self.own)}"
        path = self.folder / "espeak-ng-data" / VARIANTS / slot
        path.write_text(_variant(slot, random), encoding="utf-8")
        return f"{LANGUAGE}+{slot}"


def _variant(name: str, random: Random) -> str:
    """Return a voice file: pitch, formants, roughness and the like as a throat may have them."""
    low = round(random.triangular(55, 240, 120))
    lines = ["language variant", f"name {name}", f"pitch {low} {low + random.randint(20, 110)}"]
    throat = random.uniform(0.8, 1.36)
    for number in range(9):
        frequency = round(100 * throat * random.uniform(0.9, 1.1)) if number else random.randint(85, 125)
        height, width = random.randint(60, 125), random.randint(55, 190)
        shift = f" {-random.randint(10, 220)}" if number and random.random() < 0.15 else ""
        lines.append(f"formant {number} {frequency} {height} {width}{shift}")
    if random.random() < 0.5:
        lines.append(f"flutter {random.randint(0, 30)}")
    if random.random() < 0.4:
        lines.append(f"roughness {random.randint(0, 6)}")
    if random.random() < 0.25:
        lines.append(f"echo {random.randint(10, 150)} {random.randint(3, 25)}")
    if random.random() < 0.5:
        lines.append(f"voicing {random.randint(60, 160)}")
    if random.random() < 0.6:
        lines.append(f"consonants {random.randint(40, 140)} {random.randint(60, 140)}")
    if random.random() < 0.15:
        lines.append("breath " + " ".join(str(random.randint(0, 12)) for _ in range(6)))
    if random.random() < 0.3:
        tops = sorted(random.sample(range(200, 5000), 3))
        lines.append("tone " + " ".join(f"{top} {random.randint(40, 255)}" for top in tops))
    if random.random() < 0.15:
        lines.append(f"klatt {random.randint(1, 5)}")
    if random.random() < 0.3:
        lines.append("stressAmp " + " ".join(str(random.randint(12, 28)) for _ in range(8)))
    return "\n".join(lines) + "\n"
