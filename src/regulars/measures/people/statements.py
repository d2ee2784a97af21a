"""The statements of the seven elements: which question belongs to which element."""

from __future__ import annotations

# As the ready survey asks them; a question's key is its element, a hyphen and a number.
ELEMENTS = {
    "strategy": "Strategy",
    "structure": "Structure",
    "systems": "Systems",
    "shared-values": "Shared values",
    "skills": "Skills",
    "staff": "Staff",
    "style": "Style",
}


def element_of(question: str | None) -> str:
    """The element of a question; "" where it is none of the questionnaire's."""
    element, _, number = (question or "").rpartition("-")
    return element if element in ELEMENTS and number.isdigit() else ""
