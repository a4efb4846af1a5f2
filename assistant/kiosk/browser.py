"""The browser of a machine in a hall: Chromium on the whole screen, with a profile that outlives nothing."""

from __future__ import annotations

import logging
import os
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from types import TracebackType

logger = logging.getLogger(__name__)

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = (
    "--kiosk",
    "--incognito",
    "--kiosk-printing",  # at once: the dialogue would be a way out of the page
    "--auto-accept-camera-and-microphone-capture",  # the page asks for the microphone; nobody could answer a prompt
    "--autoplay-policy=no-user-gesture-required",
    "--noerrdialogs",
    "--no-first-run",
    "--no-default-browser-check",
    "--hide-crash-restore-bubble",
    "--disable-features=Translate,MediaRouter,DownloadBubble",
    "--disable-extensions",
    "--disable-sync",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-breakpad",
    "--disable-pinch",
    "--overscroll-history-navigation=0",
    "--password-store=basic",
    "--disk-cache-dir=/dev/null",
)
_PREFIX = "wenban-kiosk-"
_SOON_SECONDS = 10.0
"""a browser that ends sooner is started again after ever longer pauses"""
_LONGEST_PAUSE_SECONDS = 30.0
_LAST_SECONDS = 5.0
"""how long it may take to end"""


class NoBrowser(Exception):
    """No browser was found: install Chromium (`apt install chromium`), name one with --browser, or use --no-browser."""


def find_browser(named: Path | None = None, path: str | None = None) -> str:
    """Return the program of the browser that is named, else of the first one installed; raise NoBrowser.

    `path` are the folders that are searched, those of the environment unless given.
    """
    if named is not None:
        program = shutil.which(str(named), path=path)
        if program is None:
            raise NoBrowser(f"{named} is no program that can be run: name the browser itself with --browser.")
        return program
    for name in BROWSERS:
        if program := shutil.which(name, path=path):
            return program
    raise NoBrowser(NoBrowser.__doc__)


class KioskBrowser:
    """Keep a browser on a page: started again whenever it ends, each time with a fresh profile."""

    def __init__(
        self,
        program: str,
        address: str,
        environment: Mapping[str, str] = os.environ,
        pause_seconds: float = 0.5,
    ) -> None:
        """Keep what is started; nothing is, before `start`. Between an end and the next start is a pause."""
        self._program = program
        self._address = address
        self._environment = environment
        self._pause_seconds = pause_seconds
        self._ending = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None
        self._keeper = threading.Thread(target=self._keep, name="kiosk-browser", daemon=True)

    def __enter__(self) -> KioskBrowser:
        """Wait for `start`."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the browser, and delete its profile."""
        self.stop()

    def start(self) -> None:
        """Open the page, and keep it open."""
        self._keeper.start()

    def stop(self) -> None:
        """End the browser with all its processes; its profile is deleted before this returns."""
        self._ending.set()
        if self._keeper.ident is None:
            return
        process = self._process
        if process is not None:
            _signal(process, signal.SIGTERM)
            with suppress(subprocess.TimeoutExpired):
                process.wait(_LAST_SECONDS)
            _signal(process, signal.SIGKILL)
        self._keeper.join()

    def _keep(self) -> None:
        pause = self._pause_seconds
        while not self._ending.is_set():
            began = time.monotonic()
            try:
                ended_with = str(self._show())
            except OSError as error:
                ended_with = str(error.strerror)
            if self._ending.is_set():
                return
            logger.warning("The browser ended (%s); it is started again.", ended_with)
            self._ending.wait(pause)
            lasted = time.monotonic() - began > _SOON_SECONDS
            pause = self._pause_seconds if lasted else min(2 * pause, _LONGEST_PAUSE_SECONDS)

    def _show(self) -> int:
        """Run the browser once, with a profile of its own, and return its exit status.

        What it says on its way is heard by nobody: it may be about what is on the page.
        """
        folder = runtime_folder(self._environment)
        remove_left_profiles(folder)
        name = f"{_PREFIX}{os.getpid()}-"
        with tempfile.TemporaryDirectory(prefix=name, dir=folder, ignore_cleanup_errors=True) as profile:
            self._process = process = subprocess.Popen(
                [self._program, *FLAGS, f"--user-data-dir={profile}", self._address],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env={**self._environment, **_homes(profile)},
                start_new_session=True,
            )
            if self._ending.is_set():  # told to end in the very moment of starting
                _signal(process, signal.SIGKILL)
            status = process.wait()
            _signal(process, signal.SIGKILL)  # what it has started and left behind
        return status


def runtime_folder(environment: Mapping[str, str]) -> Path:
    """Return a folder for what lives as long as the program: in memory, and the user's own, where there is one."""
    folder = Path(environment.get("XDG_RUNTIME_DIR") or tempfile.gettempdir())
    return folder if folder.is_dir() and os.access(folder, os.W_OK) else Path(tempfile.gettempdir())


def remove_left_profiles(folder: Path) -> None:
    """Delete the profiles whose program was killed before it could."""
    for profile in folder.glob(f"{_PREFIX}*"):
        number = profile.name.removeprefix(_PREFIX).partition("-")[0]
        if number.isdigit() and not Path(f"/proc/{number}").exists():
            shutil.rmtree(profile, ignore_errors=True)


def _homes(profile: str) -> dict[str, str]:
    """Return where the browser keeps what is outside its profile: downloads, certificates, caches of fonts."""
    names = ("HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME")
    return {name: profile for name in names}


def _signal(process: subprocess.Popen[bytes], number: signal.Signals) -> None:
    """Send a signal to a browser and everything that it has started."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, number)
