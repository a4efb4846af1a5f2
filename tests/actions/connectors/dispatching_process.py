"""One round of a dispatcher in a process of its own, to be killed in the middle.

`python -m tests.actions.connectors.dispatching_process DATABASE_URL KEY SYSTEM_URL MOMENT`
"""

from __future__ import annotations

import sys
from datetime import datetime

from storage.database import Database
from storage.encryption import Cipher
from tests.actions.connectors.dispatching import dispatcher_for

if __name__ == "__main__":
    url, key, system_url, moment = sys.argv[1:]
    now = datetime.fromisoformat(moment)
    dispatcher_for(Database(url, Cipher(key), lambda: now), system_url, lambda: now).advance()
