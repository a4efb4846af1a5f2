"""Whole applications by voice, without a network: how many reach their receipt, and none that was not meant."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml
from rich.table import Table

from benchmarks.dialogue_player import Played, Player
from benchmarks.figures import Figure, Result, result
from benchmarks.offline import blocked_network
from benchmarks.spoken_clips import CHOSEN_BY

FILE = Path(__file__).with_suffix(".yml")
GROUPS = {"trained voices": ("", "f2", "m3"), "voices never learnt": CHOSEN_BY}
BUDGETS = {"trained voices": 3.0, "voices never learnt": 20.0}
"""percent of the dialogues that may fail"""
SPEEDS = (150, 190)
NOISES_DB = (None, 20.0)


def measure(quick: bool = False) -> Result:
    """Type every dialogue, then say it in every voice, at every speed, in quiet and in noise; less of it if quick."""
    from actions.clock import clock_named
    from assistant.batch import opened
    from assistant.settings import Settings
    from assistant.speech.voice import Voice

    script = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    settings = Settings.from_environment().with_(clock=clock_named(script["at"]))
    free = frozenset(script["free"])
    with blocked_network() as refused, opened(settings) as assistant:
        voice = Voice.open(assistant.settings, assistant.services)
        try:
            player = Player(assistant, voice, free)
            typed = [player.typed(turns) for turns in script["dialogues"]]
            known = [(turns, meant) for turns, meant in zip(script["dialogues"], typed, strict=True) if meant]
            played = {
                group: [
                    player.spoken(turns, meant, *how)
                    for how in itertools.product(
                        voices[:1] if quick else voices,
                        SPEEDS[:1] if quick else SPEEDS,
                        NOISES_DB[:1] if quick else NOISES_DB,
                    )
                    for turns, meant in known
                ]
                for group, voices in GROUPS.items()
            }
        finally:
            voice.close()
    services = {meant.item for _, meant in known}
    figures = [
        Figure(
            "typed dialogues that fail", len(typed) - len(known), "", 0, f"of {len(typed)}, {len(services)} services"
        ),
        *(figure for group, dialogues in played.items() for figure in group_figures(group, dialogues)),
        Figure("ways out of the machine tried", len(refused), "", 0, ", ".join(sorted(set(refused))[:3])),
    ]
    details = {group: group_details(dialogues) for group, dialogues in played.items()}
    return result(figures, recogniser=voice.recognizer.model.description, groups=details)


def group_figures(group: str, played: Sequence[Played]) -> list[Figure]:
    """Return how many of a group's dialogues failed, with the interval, and how many applications were wrong."""
    share = 100.0 * sum(not one.submitted for one in played) / len(played)
    return [
        Figure(f"not submitted, {group}", share, "%", BUDGETS[group], f"submitted: {_written(_share(played))}"),
        Figure(f"wrong applications, {group}", sum(one.wrong for one in played), "", 0, f"in {len(played)} dialogues"),
    ]


def group_details(played: Sequence[Played]) -> dict[str, Any]:
    """Return the shares submitted by voice, speed, noise and wish, the turns by status, and what failed."""
    return {
        "submitted": {
            kind: {label: _share(those) for label, those in _split(played, kind).items()}
            for kind in ("voice", "speed", "noise_db", "wish")
        },
        "statuses": dict(Counter(status for one in played for status in one.statuses).most_common()),
        "failed": [
            {"voice": one.voice or "plain", "speed": one.speed, "noise_db": one.noise_db, "wish": one.wish}
            | {"heard": one.heard, "statuses": one.statuses, "wrong": one.wrong}
            for one in played
            if not one.submitted or one.wrong
        ],
    }


def tables(measured: Result) -> list[Table]:
    """Return the shares submitted, and the turns by status."""
    groups = measured["details"]["groups"]
    shares = Table("voices", "of which", "submitted (95 % interval)", title="dialogues", title_justify="left")
    statuses = Table("voices", "status", "turns", title="turns by status", title_justify="left")
    for group, details in groups.items():
        for kind in ("voice", "speed", "noise_db"):
            for label, share in details["submitted"][kind].items():
                shares.add_row(group, label, _written(share))
        for status, count in details["statuses"].items():
            statuses.add_row(group, status, str(count))
    return [shares, statuses]


def _split(played: Iterable[Played], kind: str) -> dict[str, list[Played]]:
    groups: dict[str, list[Played]] = {}
    for one in played:
        groups.setdefault(_label(kind, getattr(one, kind)), []).append(one)
    return groups


def _label(kind: str, value: Any) -> str:
    names = {"voice": f"voice {value or 'plain'}", "speed": f"{value} words a minute", "wish": str(value)}
    return names.get(kind) or ("quiet" if value is None else f"noise at {value:g} dB")


def _share(played: Sequence[Played]) -> dict[str, float]:
    from assistant.evaluation.measures import wilson

    right, of = sum(one.submitted for one in played), len(played)
    low, high = wilson(right, of)
    return {"submitted": right, "of": of, "low": round(low, 4), "high": round(high, 4)}


def _written(share: Mapping[str, float]) -> str:
    percent = 100.0 * share["submitted"] / share["of"]
    return f"{percent:.1f} % of {share['of']} ({100 * share['low']:.1f}–{100 * share['high']:.1f})"
