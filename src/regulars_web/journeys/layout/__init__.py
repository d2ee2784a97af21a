"""Places a graph of steps on a page: layers from top to bottom, few crossings, nothing on top of anything else.

The steps are those of Sugiyama, Tagawa and Toda (1981), IEEE Transactions on Systems, Man, and Cybernetics 11(2).
Nothing here is left to chance: the same graph always gives the same picture.
"""

from __future__ import annotations

from regulars_web.journeys.layout.graph import Box, Link, Picture, PlacedBox, PlacedLink
from regulars_web.journeys.layout.placing import place_graph

__all__ = ["Box", "Link", "Picture", "PlacedBox", "PlacedLink", "place_graph"]
