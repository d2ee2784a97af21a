"""Personal data in what people wrote, taken out before it is shown, exported or mailed."""

from __future__ import annotations

from regulars.words.masking import masked as masked_text
from regulars_web.shared.company import company

HIDDEN = "[…]"


def masked(text: str) -> str:
    """The text with e-mail addresses, telephone, card and account numbers replaced by what stood there."""
    return masked_text(text, country=company().settings.country) if text else text
