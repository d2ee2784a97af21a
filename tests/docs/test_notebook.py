"""The notebook runs from top to bottom in an empty folder, and is kept without output."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

NOTEBOOK = Path(__file__).resolve().parents[2] / "docs" / "notebooks" / "first-look.ipynb"


def notebook() -> nbformat.NotebookNode:
    return nbformat.reads(NOTEBOOK.read_text(encoding="utf-8"), as_version=4)  # type: ignore[no-untyped-call,no-any-return]


def run(cells: nbformat.NotebookNode, folder: Path) -> nbformat.NotebookNode:
    client = NotebookClient(cells, timeout=300, kernel_name="python3", resources={"metadata": {"path": str(folder)}})
    return client.execute()


def told(cells: nbformat.NotebookNode) -> str:
    """Everything the cells print and show, as text."""
    outputs = [output for cell in cells.cells if cell.cell_type == "code" for output in cell.outputs]
    return "\n".join(output.get("text") or output.get("data", {}).get("text/plain", "") for output in outputs)


def test_whoever_opens_the_notebook_can_run_it_to_the_end(tmp_path: Path) -> None:
    shown = told(run(notebook(), tmp_path))
    assert (tmp_path / "report.html").stat().st_size > 100_000
    for expected in ("'rejected': 0", "'customers': 400", "reseller", "champions", "SELECT", "rows that left the log"):
        assert expected in shown


def test_the_notebook_is_kept_without_output() -> None:
    kept = notebook()
    nbformat.validate(kept)
    code = [cell for cell in kept.cells if cell.cell_type == "code"]
    assert all(cell.outputs == [] and cell.execution_count is None for cell in code)


def test_a_cell_that_fails_would_be_noticed(tmp_path: Path) -> None:
    broken = notebook()
    broken.cells[1].source = "import regulars as rg; rg.open('nowhere')"
    with pytest.raises(CellExecutionError, match="is not a workspace"):
        run(broken, tmp_path)
