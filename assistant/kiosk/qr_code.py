"""Addresses as QR codes."""

from __future__ import annotations

from io import BytesIO

import segno

_QUIET_ZONE = 4
"""modules around the code, as ISO/IEC 18004 asks for"""


def qr_svg(address: str, title: str) -> str:
    """Return a QR code as SVG of no fixed size, dark on white whatever the page's colours are."""
    svg = BytesIO()
    code = segno.make(address, error="m", micro=False)
    code.save(svg, kind="svg", xmldecl=False, nl=False, omitsize=True, light="#fff", border=_QUIET_ZONE, title=title)
    return svg.getvalue().decode()
