#!/usr/bin/env python
"""Django's commands on the workspace that REGULARS_WORKSPACE names, e.g. ``manage.py check --deploy``."""

from regulars_web.__main__ import main

main()
