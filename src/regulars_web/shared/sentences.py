"""What goes wrong, said in a sentence to the person who can mend it."""

from __future__ import annotations

from regulars.errors import RegularsError


class Refused(RegularsError):
    """An action that cannot be done as asked; the sentence is already in the reader's language."""

    code = "refused"
