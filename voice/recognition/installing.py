"""Fetch a recogniser for real voices, while there is a network."""

from __future__ import annotations

import os
import shutil
from pathlib import Path


class CannotInstall(Exception):
    """The model could not be fetched: check its name and the network, or copy a converted folder and name its path."""


def install_model(name: str, folder: Path) -> Path:
    """Download a faster-whisper model with progress into a folder of its name, whole or not at all, and return it.

    Raises:
        CannotInstall: there is no such model, or no network.
    """
    from faster_whisper import available_models, download_model

    if name not in available_models():
        raise CannotInstall(f"{CannotInstall.__doc__} Known: {', '.join(available_models())}.")
    target, beside = folder / name, folder / f".{name}.part"
    try:
        beside.mkdir(parents=True, exist_ok=True)
        download_model(name, output_dir=str(beside))
    except Exception as error:
        raise CannotInstall(f"{CannotInstall.__doc__} ({type(error).__name__})") from error
    shutil.rmtree(target, ignore_errors=True)
    os.replace(beside, target)
    return target
