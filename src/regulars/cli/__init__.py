"""The command line. One file a command; nothing heavy is imported until a command runs."""

from __future__ import annotations

import sys

from regulars.cli import (
    backup,
    compact,
    demo,
    erase,
    export_person,
    identity,
    import_file,
    imports,
    init,
    measure,
    report,
    serve,
)
from regulars.cli.shared import app
from regulars.errors import RegularsError

COMMANDS = (init, demo, import_file, imports, identity, measure, report, serve, compact, backup, export_person, erase)


def main() -> None:
    """Run a command: exit code 0 ok, 1 failed (one sentence on standard error), 2 wrong use."""
    try:
        app(prog_name="regulars")
    except RegularsError as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(1)
    except KeyboardInterrupt:
        sys.stderr.write("Stopped. Nothing was changed by what had not finished.\n")
        sys.exit(1)
    except BrokenPipeError:
        # The reader of a pipe (head, less) has seen enough.
        sys.stderr.close()
        sys.exit(0)
