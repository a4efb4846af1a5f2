"""What a sound does to our voice: duck it, let it go on after a false alarm, stop it for speech that is meant."""

from __future__ import annotations

from voice.session.playback import Playback


class BargeIn:
    """Hold our voice while the citizen makes a sound, until it is known what it was.

    A voice that is held is ducked, and no further clip is sent. A sound holds it at once, speech while it goes on; then
    it is held until that is judged, but for a limited time only.
    """

    def __init__(self, playback: Playback, false_alarm: float) -> None:
        """Keep our voice, and how long what is over holds it."""
        self.holds = False
        self._playback = playback
        self._false_alarm = false_alarm
        self._resume_at: float | None = None

    def sound(self, now: float) -> None:
        """Hear a sound that may become speech; where nothing is being said there is nothing to hold yet."""
        if self._playback.is_active and not self.holds:
            self._resume_at = now + self._false_alarm
            self._hold()

    def passed(self) -> None:
        """Hear that a sound was no speech."""
        if self._resume_at is not None:
            self.judged()

    def speech(self) -> None:
        """Hear speech."""
        self._resume_at = None
        self._hold()

    def meant(self, now: float) -> bool:
        """Hear that speech is meant to interrupt; tell whether there was anything to stop."""
        if not self._playback.is_audible:
            return False
        self._playback.stop(now)
        return True

    def ended(self, now: float) -> None:
        """Hear that speech is over; where nothing is left to be said there is nothing to hold."""
        if self._playback.is_active:
            self._resume_at = now + self._false_alarm
        else:
            self.judged()

    def judged(self) -> None:
        """Hear that nothing is left to be judged: whatever is still to be said is said."""
        self.holds, self._resume_at = False, None
        self._playback.resume()

    def advance(self, now: float) -> None:
        """Resume when what is over has held for long enough."""
        if self._resume_at is not None and now >= self._resume_at:
            self.judged()

    def _hold(self) -> None:
        self.holds = True
        self._playback.duck()
