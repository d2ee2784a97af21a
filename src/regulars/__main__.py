"""``python -m regulars``: the same as the command ``regulars``."""

from __future__ import annotations

from regulars.cli import main

if __name__ == "__main__":
    main()
