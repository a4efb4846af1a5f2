"""Train on a machine that holds espeak-ng, torch and scipy alone: `python -m voice.training LINES UNSEEN -o FOLDER`.

`wenban train asr --lines-only` writes the two files and `wenban train asr --weights` takes over what is written here.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path

from voice.training.espeak_library import EspeakLibrary
from voice.training.lines import read_lines
from voice.training.plan import Plan
from voice.training.training import Outcome, train
from voice.training.weights import load_weights, save_weights


def main() -> None:
    """Train and write the weights; progress goes to the error stream."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("lines", type=Path, help="what to learn")
    arguments.add_argument("unseen", type=Path, help="what to check by, in voices that are not learnt")
    arguments.add_argument("-o", "--out", type=Path, required=True, help="the folder for the weights and their record")
    arguments.add_argument("--espeak-data", type=Path, help="an espeak-ng-data folder, if not the system's")
    arguments.add_argument("--plan", type=plan, default=Plan(), help='what differs from the plan: {"minutes": 8}')
    arguments.add_argument("--pausable", action="store_true", help="count the seconds this thread works, not all")
    arguments.add_argument("--begin-from", type=Path, help="the weights of an earlier training")
    told = arguments.parse_args()
    clock = time.thread_time if told.pausable else time.monotonic
    began = time.monotonic()

    def report(stage: str, share: float) -> None:
        sys.stderr.write(f"{time.monotonic() - began:6.0f} s {share:4.0%} {stage}\n")

    def keep(outcome: Outcome) -> None:
        save_weights(outcome.weights, told.out)

    earlier = load_weights(told.begin_from) if told.begin_from else None
    espeak_data = told.espeak_data or EspeakLibrary().data
    train(read_lines(told.lines), read_lines(told.unseen), espeak_data, told.plan, report, keep, clock, earlier)


def plan(text: str) -> Plan:
    """Read what differs from the plan."""
    return Plan(**json.loads(text))


if __name__ == "__main__":
    main()
