"""Who is at the command line, for the audit trail."""

from __future__ import annotations

import getpass
import os


def at_work() -> str:
    """The user's name; in a container the user often has a number only."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return f"user {os.getuid()}"
