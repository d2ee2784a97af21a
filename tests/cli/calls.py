"""Calling the command line as a person does, in this process: words in, exit code and texts out."""

from __future__ import annotations

import io
import json
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

from regulars.cli import main


@dataclass(frozen=True)
class Answer:
    """What a command answered."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The output read as JSON."""
        return json.loads(self.out)

    def lines(self) -> list[str]:
        """The output, line by line."""
        return self.out.splitlines()


def regulars(*words: str | Path) -> Answer:
    """Run a command to its end, errors included, as the installed program would."""
    out, err = io.StringIO(), io.StringIO()
    with (
        redirect_stdout(out),
        redirect_stderr(err),
        patch.object(sys, "argv", ["regulars", *map(str, words)]),
    ):
        try:
            main()
        except SystemExit as stop:
            code = stop.code if isinstance(stop.code, int) else 0
        else:
            code = 0
    return Answer(code, out.getvalue(), err.getvalue())


def refused(*words: str | Path) -> str:
    """The one sentence with which a command refuses; fails where it goes through or says more than that."""
    answer = regulars(*words)
    assert answer.code == 1, answer
    assert answer.out == ""
    assert answer.err.count("\n") == 1, answer.err
    assert "Traceback" not in answer.err
    return answer.err.strip()


def misused(*words: str | Path) -> str:
    """What is said to somebody who used a command wrongly, on one line."""
    answer = regulars(*words)
    assert answer.code == 2, answer
    return " ".join(answer.err.replace("│", " ").split())
