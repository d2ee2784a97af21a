"""``python -m tests.oidc_server``: run the company's sign-in server on any free port, and say which on a line.

It ends when the one who started it is gone, and by itself after so many seconds.
"""

from __future__ import annotations

import os
import sys
import threading
import time

import django
from django.core.management import call_command
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.core.wsgi import get_wsgi_application


class Quiet(WSGIRequestHandler):
    """Writes no line a request."""

    def log_message(self, format: str, *args: object) -> None:
        return None


def main(seconds: int) -> None:
    """Make the database and the one client, and answer until the end."""
    django.setup()
    call_command("migrate", verbosity=0)
    register()
    server = ThreadedWSGIServer(("127.0.0.1", 0), Quiet)
    server.daemon_threads = True
    server.set_app(get_wsgi_application())
    threading.Thread(target=_end, args=(server, os.getppid(), time.monotonic() + seconds), daemon=True).start()
    print(f"http://127.0.0.1:{server.server_port}/o", flush=True)
    server.serve_forever()


def register() -> None:
    """Tell the server of Regulars: its id, its secret and where people go back to."""
    from django.conf import settings
    from oauth2_provider.models import Application

    Application.objects.create(
        name="Regulars",
        client_id=settings.GIVEN["client_id"],
        client_secret=settings.GIVEN["secret"],
        redirect_uris=" ".join(settings.GIVEN["back"]),
        client_type=Application.CLIENT_CONFIDENTIAL,
        authorization_grant_type=Application.GRANT_AUTHORIZATION_CODE,
        algorithm=Application.RS256_ALGORITHM,
    )


def _end(server: ThreadedWSGIServer, parent: int, until: float) -> None:
    while os.getppid() == parent and time.monotonic() < until:
        time.sleep(0.5)
    server.shutdown()


if __name__ == "__main__":
    main(int(sys.argv[1]))
