"""QR codes of survey links, drawn on this machine."""

from __future__ import annotations

import io

import segno

MARGIN = 4  # modules of white around it, which readers need


def qr_svg(url: str, *, scale: int = 8) -> str:
    """The code of an address as an SVG picture: black on white, without a script, a style or a reference.

    scale  width of one module in pixels
    """
    drawn = io.BytesIO()
    code = segno.make(url, error="m", micro=False)
    code.save(drawn, kind="svg", scale=scale, border=MARGIN, light="#ffffff", dark="#000000", xmldecl=False)
    return drawn.getvalue().decode()
