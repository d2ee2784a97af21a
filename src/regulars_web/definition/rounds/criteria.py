"""What a good definition has to do: what the program proposes, and what a company adds in its own words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from regulars_web.definition.models import Criterion, Round

OFFERED: Final[Mapping[str, Any]] = {
    "customers": _("It speaks of customers and what they get, not of ourselves."),
    "ours": _("It says what is true of us; not every firm could say it."),
    "guides": _("It helps to decide an unclear case when nobody can be asked."),
    "everybody": _("It holds for every job here, also for those who never see a customer."),
    "checked": _("One can see from outside whether we live by it."),
    "pays": _("What it asks for is worth its cost: customers value it, and it earns its money."),
    "short": _("Everybody can say it from memory."),
}
LONGEST: Final = 200
MOST: Final = 15


def words_of(criterion: Criterion) -> str:
    """A criterion in the reader's language; one of the company's own as it was typed."""
    return str(OFFERED[criterion.key]) if criterion.key in OFFERED else criterion.words


def make(of: Round, keys: Sequence[str], own: Sequence[str]) -> None:
    """Put criteria to the vote of a round: offered ones by their keys, own ones by their words."""
    known = [Criterion(key=key) for key in OFFERED if key in keys]
    typed = [Criterion(words=words) for words in dict.fromkeys(own) if words]
    for place, one in enumerate([*known, *typed][:MOST]):
        one.round, one.place = of, place
        one.save()
