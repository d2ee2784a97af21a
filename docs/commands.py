"""Runs the commands that README.md shows, and puts their real output under them: `make docs`.

A fenced block whose first line begins with ``$ regulars`` is a conversation: each ``$`` line is run, and what
follows it is the output. All blocks of the page share one scratch folder that holds the made-up company's exports.
A line that is only … stands for any lines.
"""

from __future__ import annotations

import contextlib
import re
import shlex
import tempfile
from pathlib import Path

from typer.testing import CliRunner

import regulars.cli
from regulars.cli.shared import app
from regulars.errors import RegularsError

README = Path(__file__).parents[1] / "README.md"
EXPORTS = "regulars demo exports --files --customers 1000"
ELISION = "…"
_SIZE = re.compile(r"\(\d+\.\d MB\)")
_BLOCK = re.compile(r"(^```\w*\n)(\$ regulars .*?)(^```$)", re.MULTILINE | re.DOTALL)
_COMMAND = re.compile(r"^\$ (.+)\n((?:(?!\$ ).*\n)*)", re.MULTILINE)


def conversations(text: str) -> list[tuple[str, str]]:
    """Every command that a page shows, with the output under it."""
    return [(command, shown) for _, body, _ in _BLOCK.findall(text) for command, shown in _COMMAND.findall(body)]


def prepare(folder: Path) -> None:
    """Put what the page takes for granted into a scratch folder: the exports of the made-up company."""
    answer(EXPORTS, folder)
    for path in (folder / "exports").iterdir():
        path.rename(folder / path.name)


def answer(command: str, folder: Path) -> str:
    """What a command prints, run in ``folder``. Raises RuntimeError where it does not succeed."""
    assert regulars.cli.COMMANDS, "importing the command line registers its commands"  # noqa: S101
    words = shlex.split(command)
    if words[0] != "regulars":
        raise RuntimeError(f"A page shows {command!r}; only regulars itself is run.")
    with contextlib.chdir(folder):
        result = CliRunner().invoke(app, words[1:], prog_name="regulars")
    if isinstance(result.exception, RegularsError) or result.exit_code != 0:
        raise RuntimeError(f"{command!r} failed: {result.exception or result.output}")
    return result.stdout


def agrees(shown: str, printed: str) -> bool:
    """Whether the output under a command is what it prints.

    A line … stands for any lines, and the size of a file for any size: it changes with every word of the report.
    """
    shown, printed = (_SIZE.sub("(some MB)", text) for text in (shown, printed))
    pieces = [re.escape(piece) for piece in re.split(rf"^{ELISION}\n", shown, flags=re.MULTILINE)]
    return re.fullmatch("(?:.*\n)*".join(pieces), printed) is not None


def refreshed(text: str, folder: Path) -> str:
    """The page with today's output under every command; blocks with a line … stay when they still agree."""

    def told(found: re.Match[str]) -> str:
        command, shown = found[1], found[2]
        printed = answer(command, folder)
        return f"$ {command}\n{shown if agrees(shown, printed) else printed}"

    return _BLOCK.sub(lambda block: block[1] + _COMMAND.sub(told, block[2]) + block[3], text)


def main() -> None:
    """Write the README anew where a command prints something else by now."""
    text = README.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        prepare(Path(folder))
        now = refreshed(text, Path(folder))
    if now != text:
        README.write_text(now, encoding="utf-8")


if __name__ == "__main__":
    main()
