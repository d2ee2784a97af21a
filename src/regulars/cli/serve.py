"""regulars serve"""

from __future__ import annotations

import functools
import http.server
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from regulars.cli.shared import OutputError, app, say, workspace


class _OnlyReport(http.server.SimpleHTTPRequestHandler):
    """Serves the report's folder; nothing is listed, nothing else is reachable."""

    def do_GET(self) -> None:
        # A page of another site must not reach the report by a name that resolves to this machine.
        if self.headers.get("Host", "").partition(":")[0] not in ("127.0.0.1", "localhost"):
            self.send_error(403)
            return
        if self.path not in ("/", "/index.html"):
            self.send_error(404)
            return
        super().do_GET()

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; font-src data:")
        self.send_header("X-Content-Type-Options", "nosniff")
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the address is all a person needs."""


def _server(port: int, handler: Callable[..., _OnlyReport]) -> http.server.ThreadingHTTPServer:
    try:
        return http.server.ThreadingHTTPServer(("127.0.0.1", port), handler)
    except OSError as error:
        raise OutputError(
            f"Port {port} of this machine cannot be used: {error.strerror}. Choose another: --port {port + 1}"
        ) from error


@app.command("serve")
def serve(
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port on this machine; 0 for any free one.")] = 8000,
) -> None:
    """Show the report at an address of this machine, for this machine only. Ctrl-C stops it.

    [dim]regulars -w shop serve --port 8000[/dim]
    """
    with tempfile.TemporaryDirectory() as folder:
        handler = functools.partial(_OnlyReport, directory=folder)
        with _server(port, handler) as server:
            with workspace() as shop:
                shop.report(Path(folder) / "index.html")
            say(f"The report is at http://127.0.0.1:{server.server_address[1]}/  (Ctrl-C stops)")
            try:
                server.serve_forever()
            except KeyboardInterrupt:
                say("Stopped.")
