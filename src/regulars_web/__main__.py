"""``python -m regulars_web``: Django's own commands, and ``serve`` and ``work``."""

from __future__ import annotations

import os
import sys

from django.core.management import execute_from_command_line


def main() -> None:
    """Run one command."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "regulars_web.settings")
    execute_from_command_line(["regulars_web", *sys.argv[1:]])


if __name__ == "__main__":
    main()
