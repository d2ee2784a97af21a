"""``regulars serve``: the pages of one company, at an address of this machine."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse
from django.utils import timezone
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from regulars.errors import RegularsError
from regulars_web.accounts.invitations import first_owner_token
from regulars_web.saving import take_in
from regulars_web.shared.company import company, let_go

THREADS = 8
PAUSE_SECONDS = 2.0  # before a worker that died is started again


class Command(BaseCommand):
    """The server: prepares the database, starts a worker, serves until Ctrl-C."""

    help = "Serve the pages of the workspace."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to listen."""
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *args: Any, host: str = "127.0.0.1", port: int = 8000, **options: Any) -> None:
        """Serve until stopped."""
        try:
            company()  # upgrades an older log, and says what is wrong with a folder that is no workspace
        except RegularsError as error:
            raise CommandError(str(error)) from error
        let_go()
        port = _free_port(host, port)
        call_command("migrate", verbosity=0, interactive=False)
        take_in(settings.CONFIGURATION.folder)
        self._greet(settings.CONFIGURATION.address or f"http://{host}:{port}")
        with _worker():
            Server(
                "regulars_web.wsgi:application",
                address=host,
                port=port,
                interface=Interfaces.WSGI,
                workers=1,
                blocking_threads=THREADS,
                log_level=LogLevels.error,
                websockets=False,
            ).serve()

    def _greet(self, address: str) -> None:
        token = first_owner_token(timezone.now())
        self.stdout.write(f"{company().settings.name} is at {address}/  (Ctrl-C stops)")
        let_go()
        if token:
            self.stdout.write("Nobody has an account yet. Make the owner's, with this link that works once:")
            self.stdout.write(f"  {address}{reverse('accounts:join', args=[token])}")
        self.stdout.flush()


def _free_port(host: str, port: int) -> int:
    """The port, or any free one for 0. That a port is taken was told before, by the command line."""
    with socket.socket() as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        tried.bind((host, port))
        return int(tried.getsockname()[1])


@contextmanager
def _worker() -> Iterator[None]:
    """A worker beside the server. One that dies is started again; its lease runs out, and the job is tried again."""
    stop = threading.Event()
    keeper = threading.Thread(target=_keep_working, args=(stop,), daemon=True)
    keeper.start()
    try:
        yield
    finally:
        stop.set()
        keeper.join(timeout=30)


def _keep_working(stop: threading.Event) -> None:
    while not stop.is_set():
        worker = subprocess.Popen([sys.executable, "-m", "regulars_web", "work", "--parent", str(os.getpid())])
        while worker.poll() is None and not stop.wait(0.5):
            pass
        if stop.is_set():
            worker.terminate()
            worker.wait(timeout=20)
        stop.wait(PAUSE_SECONDS)
