"""Where real data lies beside the project, where there is any; the bench reads it too, without the tests' tools."""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / "shared" / "data"
