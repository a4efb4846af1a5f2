"""What the server is put together from: parts with routes of their own, and work that goes on beside them."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from sanic import Blueprint

from actions.clock import Clock

logger = logging.getLogger(__name__)

KEEP_EVERY_SECONDS = 2.0
"""how often those who wait for a person, and answers that wait for a yes, are looked after"""


class Side(Protocol):
    """A part of the server with routes of its own."""

    def blueprint(self) -> Blueprint:
        """Return the routes."""


async def keep(step: Callable[[datetime], None], clock: Clock, kept: str) -> None:
    """Take a step again and again, as long as the server runs; `kept` names in the log what it looks after."""
    while True:
        try:
            step(clock())
        except Exception as error:  # the storage's trouble must not end the server
            logger.error("%s could not be kept: %s", kept, type(error).__name__)
        await asyncio.sleep(KEEP_EVERY_SECONDS)
