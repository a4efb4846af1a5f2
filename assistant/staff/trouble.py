"""What staff are told when what they do cannot be kept."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from sanic import Request
from sanic.exceptions import ServiceUnavailable

from actions.texts import Texts
from storage.errors import AuditUnwritten, DatabaseBusy, DatabaseFull, DatabaseReadOnly, DatabaseUnreachable

logger = logging.getLogger(__name__)

Handler = Callable[..., Any]
TROUBLE = (DatabaseBusy, DatabaseFull, DatabaseReadOnly, DatabaseUnreachable)
"""where a deed may have been done before the trouble came"""


def telling_trouble(texts: Texts, handler: Handler) -> Handler:
    """Return a handler that says the storage's trouble in a sentence, with status 503.

    Without its entry in the audit trail nothing is done and nothing shown.
    """

    @wraps(handler)
    async def told(request: Request, **parameters: Any) -> Any:
        try:
            return await handler(request, **parameters)
        except AuditUnwritten as error:
            logger.error("The audit trail could not be written: %s", type(error.__cause__).__name__)
            raise ServiceUnavailable(texts("audit_unwritten")) from error
        except TROUBLE as error:
            logger.error("The storage failed a member of staff: %s", type(error).__name__)
            raise ServiceUnavailable(texts("storage_trouble")) from error

    return told
