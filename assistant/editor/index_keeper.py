"""Keep the index of a running server in step with the revisions in force."""

from __future__ import annotations

import asyncio
import logging
import os
import sys
import time
from collections.abc import Callable
from contextlib import suppress

from assistant.revised_knowledge import indexed_revisions, revisions_mark
from assistant.settings import Settings
from storage.revisions import GuideRevisions

logger = logging.getLogger(__name__)

LOOK_EVERY_SECONDS = 2.0
RETRY_AFTER_SECONDS = 60.0
NICENESS = 10
"""conversations go before the building of an index"""


class IndexKeeper:
    """Build the index anew when a revision comes into force or ends, in a process of its own.

    The searcher takes the new index over at the next question.
    """

    def __init__(
        self, settings: Settings, revisions: GuideRevisions, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        """Keep what is compared: the revisions in force, and those that the index was built with."""
        self._settings = settings
        self._revisions = revisions
        self._monotonic = monotonic
        self._failed_at: float | None = None

    @property
    def failed(self) -> bool:
        """Tell whether the last building failed; it is tried again after a minute."""
        return self._failed_at is not None

    @property
    def in_step(self) -> bool:
        """Tell whether the search knows the revisions in force."""
        return indexed_revisions(self._settings.index) == revisions_mark(self._revisions.in_force())

    async def keep(self) -> None:
        """Look again and again, until cancelled."""
        while True:
            try:
                await self.step()
            except Exception as error:  # a database that does not answer must not end the watch
                logger.error("The index could not be compared with the revisions: %s", type(error).__name__)
            await asyncio.sleep(LOOK_EVERY_SECONDS)

    async def step(self) -> None:
        """Build the index when it is not in step; after a failure not before a minute has passed."""
        if self._failed_at is not None and self._monotonic() - self._failed_at < RETRY_AFTER_SECONDS:
            return
        if await asyncio.to_thread(lambda: self.in_step):
            self._failed_at = None
            return
        code = await self._build()
        if code:
            logger.error("The index could not be built with the approved revisions (exit code %d).", code)
        self._failed_at = self._monotonic() if code else None

    async def _build(self) -> int:
        settings = self._settings
        environment = {
            **os.environ,
            "WENBAN_HOME": str(settings.home),
            "WENBAN_VAR": str(settings.var),
            "WENBAN_ENCODER": settings.encoder,
            "WENBAN_DATABASE_URL": settings.database_url,
            "WENBAN_TODAY": settings.clock().isoformat(),  # so that both find the same revisions in force
        }
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "assistant.cli", "index", "--revisions", cwd=settings.home, env=environment
        )
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, process.pid, NICENESS)
        try:
            return await process.wait()
        finally:
            if process.returncode is None:
                process.terminate()
