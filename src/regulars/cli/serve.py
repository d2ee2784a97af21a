"""regulars serve"""

from __future__ import annotations

import os
import socket
import sys
from importlib.util import find_spec
from typing import Annotated

import typer

from regulars.cli.shared import OutputError, app, chosen_folder, workspace

# The pages are a package of their own, started as a program of its own: the library knows nothing of them.
PAGES = "regulars_web"


@app.command("serve")
def serve(
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port on this machine; 0 for any free one.")] = 8000,
    host: Annotated[
        str, typer.Option(help="Address of this machine to listen on; others may reach 0.0.0.0.")
    ] = "127.0.0.1",
) -> None:
    """Serve the company's pages from this machine. The first time it prints a link for the owner. Ctrl-C stops it.

    [dim]regulars -w shop serve --port 8000[/dim]
    """
    if find_spec(PAGES) is None:
        raise OutputError("The pages are not installed. Install the whole of Regulars: pip install regulars")
    with workspace():
        pass  # says at once, and in words, what is wrong with the folder
    _refuse_taken(host, port)
    environment = {**os.environ, "REGULARS_WORKSPACE": str(chosen_folder().resolve())}
    arguments = [sys.executable, "-m", PAGES, "serve", "--host", host, "--port", str(port)]
    os.execve(sys.executable, arguments, environment)  # noqa: S606  no shell: the program and each argument by itself


def _refuse_taken(host: str, port: int) -> None:
    """Raises OutputError where somebody else listens there already."""
    with socket.socket() as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind((host, port))
        except OSError as error:
            raise OutputError(
                f"Port {port} of this machine cannot be used: {error.strerror}. Choose another: --port {port + 1}"
            ) from error
