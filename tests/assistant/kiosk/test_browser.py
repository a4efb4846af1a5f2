"""The browser of a machine in a hall, played by a script."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from assistant.kiosk.browser import KioskBrowser, NoBrowser, find_browser, remove_left_profiles

ADDRESS = "http://127.0.0.1:5005/kiosk"
STAYS = "exec sleep 600"


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    runtime = tmp_path / "runtime"
    runtime.mkdir()
    return {"PATH": os.environ["PATH"], "XDG_RUNTIME_DIR": str(runtime), "LOG": str(tmp_path / "log")}


def browser_that(tmp_path: Path, then: str) -> str:
    """A program that notes how it was started, writes into its profile and then does something."""
    program = tmp_path / "chromium"
    program.write_text(
        "#!/bin/sh\n"
        'for last; do case "$last" in --user-data-dir=*) profile="${last#*=}";; esac; done\n'
        'echo words > "$profile/History"; echo words > "$HOME/download"\n'
        f'echo "$HOME $profile $*" >> "$LOG"\n{then}\n'
    )
    program.chmod(0o755)
    return str(program)


def starts(environment: dict[str, str], count: int) -> list[str]:
    """Wait until the browser has been started so often, and return how."""
    log, end = Path(environment["LOG"]), time.monotonic() + 30
    while time.monotonic() < end:
        lines = log.read_text().splitlines() if log.exists() else []
        if len(lines) >= count:
            return lines
        time.sleep(0.02)
    raise AssertionError(f"The browser was not started {count} times.")


def test_given_a_browser_when_it_runs_then_it_shows_the_page_alone_in_a_private_profile(tmp_path, environment):
    with KioskBrowser(browser_that(tmp_path, STAYS), ADDRESS, environment) as browser:
        browser.start()
        (started,) = starts(environment, 1)
        home, profile, *arguments = started.split()
        mode = Path(profile).stat().st_mode & 0o777

    assert home == profile and Path(profile).parent == Path(environment["XDG_RUNTIME_DIR"])
    assert mode == 0o700
    assert arguments[-1] == ADDRESS
    assert {"--kiosk", "--incognito", "--overscroll-history-navigation=0", "--kiosk-printing"} < set(arguments)


def test_given_a_browser_when_the_program_ends_then_both_it_and_its_profile_are_gone(tmp_path, environment):
    with KioskBrowser(browser_that(tmp_path, STAYS), ADDRESS, environment) as browser:
        browser.start()
        starts(environment, 1)

    assert browser._process.poll() is not None
    assert list(Path(environment["XDG_RUNTIME_DIR"]).iterdir()) == []


def test_given_a_browser_that_dies_when_it_has_died_then_it_starts_again_with_another_profile(tmp_path, environment):
    with KioskBrowser(browser_that(tmp_path, "exit 3"), ADDRESS, environment, pause_seconds=0.01) as browser:
        browser.start()
        profiles = [line.split()[1] for line in starts(environment, 3)]

    assert len(set(profiles)) == len(profiles)
    assert list(Path(environment["XDG_RUNTIME_DIR"]).iterdir()) == []


def test_given_a_browser_that_does_not_listen_when_the_program_ends_then_it_is_killed(
    tmp_path, environment, monkeypatch
):
    monkeypatch.setattr("assistant.kiosk.browser._LAST_SECONDS", 0.1)
    stubborn = "trap '' TERM; while :; do sleep 1; done"
    with KioskBrowser(browser_that(tmp_path, stubborn), ADDRESS, environment) as browser:
        browser.start()
        starts(environment, 1)

    assert browser._process.poll() is not None


def test_given_a_server_that_never_was_ready_when_the_program_ends_then_no_browser_was_started(tmp_path, environment):
    with KioskBrowser(browser_that(tmp_path, STAYS), ADDRESS, environment):
        pass

    assert not Path(environment["LOG"]).exists()


def test_given_a_program_that_was_killed_when_a_browser_starts_then_its_profile_is_deleted(tmp_path):
    gone, running = tmp_path / "wenban-kiosk-4194999-x", tmp_path / f"wenban-kiosk-{os.getpid()}-x"
    other = tmp_path / "wenban-kiosk-notes"
    for folder in (gone, running, other):
        folder.mkdir()

    remove_left_profiles(tmp_path)

    assert sorted(tmp_path.iterdir()) == sorted((running, other))


def test_given_several_browsers_when_looked_for_then_the_first_known_one_is_taken(tmp_path):
    for name in ("google-chrome", "chromium-browser", "firefox"):
        (tmp_path / name).write_text("#!/bin/sh\n")
        (tmp_path / name).chmod(0o755)

    assert find_browser(path=str(tmp_path)) == str(tmp_path / "chromium-browser")
    assert find_browser(tmp_path / "firefox") == str(tmp_path / "firefox")


def test_given_no_browser_when_looked_for_then_a_sentence_says_what_to_do(tmp_path):
    with pytest.raises(NoBrowser, match="apt install chromium"):
        find_browser(path=str(tmp_path))
    with pytest.raises(NoBrowser, match="nowhere"):
        find_browser(Path("/nowhere/chromium"))
