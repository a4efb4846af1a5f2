"""Progress of long work: a bar on a terminal, lines elsewhere."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    Progress,
    SpinnerColumn,
    TaskProgressColumn,
    TextColumn,
    TimeElapsedColumn,
)

console = Console(stderr=True)
Report = Callable[[str, float], None]
"""progress: what is being done, and the share done (0 to 1)"""
LINE_EVERY_SHARE = 0.1


@contextmanager
def progress(title: str) -> Iterator[Report]:
    """Show a progress bar; where there is no terminal, a line for each step instead."""
    if not console.is_terminal:
        began = time.monotonic()
        said, said_at = "", 0.0

        def report_lines(step: str, share: float) -> None:
            nonlocal said, said_at
            if step != said or share - said_at >= LINE_EVERY_SHARE:
                said, said_at = step, share
                console.print(f"{title}: {step} ({share:.0%}, {time.monotonic() - began:.0f} s)", highlight=False)

        yield report_lines
        console.print(f"{title}: done in {time.monotonic() - began:.0f} s", highlight=False)
        return
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console) as bar:
        task = bar.add_task(title, total=1.0)

        def report(step: str, share: float) -> None:
            bar.update(task, completed=share, description=f"{title}: {step}")

        yield report
        bar.update(task, completed=1.0, description=title)
