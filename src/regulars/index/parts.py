"""What a company decides about its index: every component with its floor, target and weight."""

from __future__ import annotations

from dataclasses import dataclass

from regulars.measures.index.parts import COMPONENTS, NAMES, PARTS, TITLES, VIEWS, Component, Part, Unit, View

__all__ = ["COMPONENTS", "NAMES", "PARTS", "TITLES", "VIEWS", "Component", "Components", "Part", "Unit", "View"]


@dataclass(frozen=True)
class Components:
    """One version of all components, in the order in which they are told.

    note     why they are as they are, in the words of whoever decided
    version  0 where nothing was decided
    """

    components: tuple[Component, ...] = COMPONENTS
    note: str = ""
    version: int = 0

    def find(self, name: str) -> Component | None:
        """The component of that name; None where there is none."""
        return next((one for one in self.components if one.name == name), None)
