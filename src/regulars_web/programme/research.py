"""What research found of customer focus and money, each finding with its source; none of it is a promise.

The findings are retold, not quoted, and carry no figure: whoever needs one reads the paper. Volume and page are there
to find it by.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Study:
    """One finding, what to take from it, and where it stands."""

    finding: Any
    lesson: Any
    source: str


STUDIES = (
    Study(
        _(
            "Over many studies, companies that attend more to their market also reported better results on the whole. "
            "The link was moderate, and weaker for service companies than for manufacturers."
        ),
        _("The two go together in part. Much of what companies differ by goes with other things."),
        "Kirca, Jayachandran, Bearden (2005), Journal of Marketing 69(2), 24–41",
    ),
    Study(
        _(
            "In Swedish companies, satisfaction went together with the return on investment of later years rather than "
            "of the same year; a larger share of the market could go with lower satisfaction."
        ),
        _("Returns take time, and more customers are harder to please all at once. Choose whom you serve."),
        "Anderson, Fornell, Lehmann (1994), Journal of Marketing 58(3), 53–66",
    ),
    Study(
        _(
            "Whether customers would recommend a company told no more about its growth than other measures of "
            "satisfaction did."
        ),
        _("No single question replaces the rest. This index shows all its components."),
        "Keiningham, Cooil, Andreassen, Aksoy (2007), Journal of Marketing 71(3), 39–51; "
        "Morgan, Rego (2006), Marketing Science 25(5), 426–439",
    ),
    Study(
        _("Customers who stayed long were not always profitable; some who came for a short time were."),
        _("Count profit after the cost to serve, customer by customer, and not only how long they stay."),
        "Reinartz, Kumar (2000), Journal of Marketing 64(4), 17–35",
    ),
    Study(
        _("Customers with the same satisfaction came back to very different extents, depending on who they were."),
        _("Look at what customers did beside what they said."),
        "Mittal, Kamakura (2001), Journal of Marketing Research 38(1), 131–142",
    ),
    Study(
        _(
            "Between the shops of a British chain of supermarkets, those with more satisfied staff were not the more "
            "productive or the more profitable ones."
        ),
        _("What holds for one company may not hold for another. Measure it here."),
        "Silvestro, Cross (2000), International Journal of Service Industry Management 11(3), 244–268",
    ),
    Study(
        _(
            "A review of many studies: customer measures and money go together on the whole, with wide differences "
            "between companies and lines of business, and often with a delay."
        ),
        _("Expect to invest first. Write down beforehand what an effort may cost and when it has to pay."),
        "Gupta, Zeithaml (2006), Marketing Science 25(6), 718–739",
    ),
)
