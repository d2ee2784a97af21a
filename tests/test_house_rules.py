"""Rules of the house that a machine can check: arithmetic opens no door."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[1] / "src"

DOORS = {
    "django",
    "duckdb",
    "pyspark",
    "os",
    "subprocess",
    "socket",
    "sqlite3",
    "deltalake",
    "random",
    "time",
    "requests",
}
DEEDS = {"execute", "to_pandas", "to_polars", "now", "today", "utcnow", "open", "connect", "print"}
INNER = ("regulars.log.tables", "regulars.errors", "regulars.measures")


def modules(package: str) -> list[Path]:
    """The package's source files, tests excepted."""
    folder = SOURCE.joinpath(*package.split("."))
    return sorted(path for path in folder.rglob("*.py") if "tests" not in path.relative_to(folder).parts)


def imported(path: Path) -> set[str]:
    """Full names of all modules a file imports."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
    return names


def calls(path: Path) -> set[str]:
    """Last names of everything a file calls."""
    functions = [
        node.func for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)
    ]
    return {
        f.attr if isinstance(f, ast.Attribute) else f.id for f in functions if isinstance(f, ast.Attribute | ast.Name)
    }


@pytest.mark.parametrize("module", modules("regulars.measures"), ids=lambda path: str(path.relative_to(SOURCE)))
def test_arithmetic_opens_no_door(module: Path) -> None:
    assert {name.split(".")[0] for name in imported(module)}.isdisjoint(DOORS)
    assert calls(module).isdisjoint(DEEDS)
    own = {name for name in imported(module) if name.split(".")[0].startswith("regulars")}
    assert {name for name in own if not name.startswith(INNER)} == set(), "measures know tables, errors and each other"


def test_the_rule_would_notice_a_door(tmp_path: Path) -> None:
    opened = tmp_path / "measure.py"
    opened.write_text("import os.path\nfrom datetime import date\n\ndef f(t):\n    return t.execute(), date.today()\n")
    assert {name.split(".")[0] for name in imported(opened)} & DOORS == {"os"}
    assert calls(opened) & DEEDS == {"execute", "today"}


@pytest.mark.parametrize("path", modules("regulars"), ids=lambda path: str(path.relative_to(SOURCE)))
def test_no_file_is_called_after_nothing(path: Path) -> None:
    assert path.stem not in {"data", "info", "utils", "manager", "process"}
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400


def test_every_family_of_measures_keeps_its_tests_beside_it() -> None:
    families = {path.parent for path in modules("regulars.measures") if path.name == "results.py"}
    assert families
    for family in families:
        assert list((family / "tests").glob("test_*.py")), f"{family.name} has no tests of its own"
