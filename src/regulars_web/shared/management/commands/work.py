"""``python -m regulars_web work``: does the jobs that pages ask for, one after another, until it is stopped."""

from __future__ import annotations

import os
import signal
import threading
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import close_old_connections

from regulars_web.imports import storing
from regulars_web.jobs import actions
from regulars_web.jobs.beforehand import QUIET_SECONDS, Beforehand
from regulars_web.shared.company import company, let_go
from regulars_web.shared.shelf import state_of

IDLE_SECONDS = 0.7
SEAL_EVERY_SECONDS = 300.0
ASK_EVERY_SECONDS = 30.0


class Command(BaseCommand):
    """The worker."""

    help = "Do the work that pages ask for."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """``--parent`` is the process to end with."""
        parser.add_argument("--parent", type=int, default=0)

    def handle(self, *args: Any, parent: int = 0, **options: Any) -> None:
        """Work until asked to stop, or until the server that started it is gone."""
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        idle = asked = quiet = 0.0
        ahead = Beforehand(state_of)
        while not stop.is_set() and (not parent or os.getppid() == parent):
            close_old_connections()
            job = actions.take()
            if job is not None:
                actions.do(job)
                quiet = 0.0
                continue
            if quiet >= QUIET_SECONDS and ahead.step(company()):
                continue
            stop.wait(IDLE_SECONDS)
            idle += IDLE_SECONDS
            quiet += IDLE_SECONDS
            asked += IDLE_SECONDS
            if asked >= ASK_EVERY_SECONDS:
                asked = 0.0
                actions.ask_what_is_due()
            if idle >= SEAL_EVERY_SECONDS:
                idle = 0.0
                company().seal()
                storing.sweep()
        let_go()
