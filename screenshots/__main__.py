"""Take the pictures: `python -m screenshots [SIDE …] [--only PAGE …] [--every FOLDER] [--kept FOLDER]`."""

from __future__ import annotations

from pathlib import Path

import typer

from screenshots import kiosk, staff, widget
from screenshots.camera import Camera
from screenshots.stage import opened_stage

SIDES = {"staff": staff.PAGES, "widget": widget.PAGES, "kiosk": kiosk.PAGES}
"""side → page → what yields the page's states one after another"""
HOME = Path(__file__).resolve().parent.parent


def main(
    sides: list[str] = typer.Argument(None, help=f"{', '.join(SIDES)}; all unless told."),
    only: list[str] = typer.Option([], help="Take only this page; may be given again."),
    every: Path = typer.Option(HOME / "reports" / "screenshots", help="The folder of every picture."),
    kept: Path = typer.Option(HOME / "docs" / "images", help="The folder of the main ones, small."),
) -> None:
    """Start a server of its own, fill it, and write a picture of each state."""
    with opened_stage(HOME, Camera(every, kept)) as stage:
        for side in sides or SIDES:
            for name, states in SIDES[side].items():
                if only and name not in only:
                    continue
                for shot in states(stage):
                    for path in stage.camera.take(side, shot):
                        typer.echo(path)


if __name__ == "__main__":
    typer.run(main)
