"""What a rule over evidence found: a value with its interval, and the sentence that says it with its numbers."""

from __future__ import annotations

from dataclasses import dataclass

from regulars.measures.intervals import share_estimate
from regulars.measures.touchpoints.figures import Row, known, plain

SHARE = "share"


@dataclass(frozen=True)
class Finding:
    """What was found of one mistake.

    warns     True it warns, False it is quiet, None nothing can be said
    sentence  what the evidence shows; why nothing can be said where ``warns`` is None
    value     what is compared with the limit, and its interval; None where unknown
    reason    why the value or its interval is unknown
    """

    warns: bool | None
    sentence: str
    counted: str = ""
    value: float | None = None
    low: float | None = None
    high: float | None = None
    n: int = 0
    reason: str | None = None
    unit: str = SHARE

    def cells(self) -> Row:
        """The cells of the estimate."""
        return {
            "value": known(self.value),
            "value_low": known(self.low),
            "value_high": known(self.high),
            "n": self.n,
            "value_reason": self.reason if self.reason or self.value is not None else self.sentence,
            "small_sample": self.n < 30,
        }


def unknown(sentence: str, counted: str = "") -> Finding:
    """Nothing can be said, and why."""
    return Finding(None, sentence, counted)


def share(done: float, of: float, *, limit: float, over: bool, counted: str, sentence: str) -> Finding:
    """A share with Wilson's interval; it warns beyond the limit."""
    cells = plain("value", share_estimate([done], [of], nobody=""), prefixed=False)
    value = done / of
    warns = value > limit if over else value < limit
    return Finding(warns, sentence, counted, value, cells["value_low"], cells["value_high"], int(of))
