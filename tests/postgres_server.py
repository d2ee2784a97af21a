"""A private PostgreSQL for tests: its own cluster in a temporary folder, which ends with the tests."""

from __future__ import annotations

import atexit
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

USER = "regulars"
# Waits until the one who started it is gone, however it went, and then stops the cluster.
_WATCH = """
import os, subprocess, sys, time
parent, stop, folder = int(sys.argv[1]), sys.argv[2:-1], sys.argv[-1]
while os.getppid() == parent:
    time.sleep(0.5)
subprocess.run(stop, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
subprocess.run(["rm", "-rf", folder])
"""


class NoPostgres(Exception):
    """There is no PostgreSQL on this machine that could be started."""


def binaries() -> Path:
    """The folder with initdb and pg_ctl: the newest that Debian installed, or the one in PATH."""
    debian = [path for path in Path("/usr/lib/postgresql").glob("*/bin") if (path / "initdb").exists()]
    if debian:
        return max(debian, key=lambda path: float(path.parent.name))
    found = shutil.which("initdb")
    if found is None:
        raise NoPostgres("no PostgreSQL on this machine (on Debian: apt install postgresql)")
    return Path(found).resolve().parent


@dataclass
class PostgresServer:
    """A running cluster; ``database()`` gives the address of a new, empty database."""

    folder: Path
    port: int
    _bin: Path
    _watch: subprocess.Popen[bytes] | None = None
    _made: int = field(default=0)

    @classmethod
    def start(cls) -> PostgresServer:
        """Make a cluster and start it. Raises NoPostgres where there is none to start."""
        folder = Path(tempfile.mkdtemp(prefix="regulars-postgres-"))
        try:
            server = cls(folder, _free_port(), binaries())
            server._own(folder)
            server._run("initdb", "-D", str(folder / "cluster"), "-U", USER, "-A", "trust", "-E", "UTF8", "--no-sync")
            server._run("pg_ctl", *server._cluster, "-w", "-l", str(folder / "log"), "-o", server._options, "start")
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        stop = [str(part) for part in server._command("pg_ctl", *server._cluster, "-m", "immediate", "stop")]
        watch = [sys.executable, "-c", _WATCH, str(os.getpid()), *stop, str(folder)]
        server._watch = subprocess.Popen(watch, start_new_session=True)
        atexit.register(server.stop)
        return server

    def database(self) -> str:
        """The address of a new, empty database."""
        self._made += 1
        name = f"company{self._made}"
        self._run("createdb", "-h", "127.0.0.1", "-p", str(self.port), "-U", USER, name)
        return f"postgresql://{USER}:any@127.0.0.1:{self.port}/{name}"

    def stop(self) -> None:
        """Stop the cluster and delete it; harmless when it is stopped already."""
        if self._watch is None:
            return
        watch, self._watch = self._watch, None
        with suppress(ProcessLookupError):
            watch.send_signal(signal.SIGTERM)
        watch.wait()
        subprocess.run(
            self._command("pg_ctl", *self._cluster, "-m", "immediate", "-w", "stop"), capture_output=True, check=False
        )
        shutil.rmtree(self.folder, ignore_errors=True)
        atexit.unregister(self.stop)

    @property
    def _cluster(self) -> tuple[str, str]:
        return "-D", str(self.folder / "cluster")

    @property
    def _options(self) -> str:
        settings = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "shared_buffers=32MB")
        told = " ".join(f"-c {setting}" for setting in settings)
        return f"-p {self.port} -c listen_addresses=127.0.0.1 -k {self.folder} {told}"

    def _run(self, program: str, *words: str) -> None:
        done = subprocess.run(self._command(program, *words), capture_output=True, text=True, check=False, cwd="/")
        if done.returncode:
            log = self.folder / "log"
            said = log.read_text(errors="replace")[-500:] if log.exists() else ""
            raise NoPostgres(f"{program} failed: {done.stderr.strip()[-300:]} {said}")

    def _command(self, program: str, *words: str) -> list[str]:
        """As root, PostgreSQL's programs run as the user that its package made: the server refuses root."""
        command = [str(self._bin / program), *words]
        if os.geteuid() != 0:
            return command
        person = _postgres_user()
        drop = ["setpriv", f"--reuid={person.pw_uid}", f"--regid={person.pw_gid}", "--clear-groups"]
        return [*drop, *command]

    def _own(self, folder: Path) -> None:
        if os.geteuid() == 0:
            person = _postgres_user()
            os.chown(folder, person.pw_uid, person.pw_gid)


def _postgres_user() -> pwd.struct_passwd:
    try:
        return pwd.getpwnam("postgres")
    except KeyError as error:
        raise NoPostgres("PostgreSQL refuses to run as root, and there is no user postgres here") from error


def _free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])
