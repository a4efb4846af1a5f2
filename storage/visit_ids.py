"""How the ids of conversations at a machine in a hall begin."""

from __future__ import annotations

VISIT = "kiosk-"
"""of a visit: its tokens hold for as long as the visit is known, and not for ever as those of other conversations"""
WIPED = "wiped:"
"""of what was submitted in a visit that was erased: a conversation that nobody has and that is told nothing"""
