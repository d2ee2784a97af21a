"""What whoever comes by a link is told where the link leads to nothing they can do."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

# Why a link takes nothing: status, heading, sentence.
CLOSED = {
    "unknown": (
        404,
        gettext_lazy("There is nothing behind this link"),
        gettext_lazy("It may not be complete. Open it again from the message or the card you got."),
    ),
    "revoked": (
        410,
        gettext_lazy("This link no longer works"),
        gettext_lazy("It was taken back. Whoever gave it to you can give you a new one."),
    ),
    "ended": (
        410,
        gettext_lazy("This round has ended"),
        gettext_lazy("It ended without a decision. Thank you for having been ready to take part."),
    ),
    "nothing": (
        404,
        gettext_lazy("There is nothing to read yet"),
        gettext_lazy("No definition has been published so far. You will be told when there is one."),
    ),
}
