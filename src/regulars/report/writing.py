"""Makes the report and puts it in its place."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from regulars.errors import WorkspaceError
from regulars.report.compose import compose
from regulars.report.gather import gather
from regulars.report.rendering import render

if TYPE_CHECKING:
    from regulars.workspace import Workspace


def write_report(workspace: Workspace, path: Path, *, as_of: date | None = None) -> Path:
    """Write the company's report as one HTML file; returns its path.

    as_of  the local date up to which the log is seen; the newest interaction's when left out

    An empty log gives a page that says so. An older report is replaced only when the new one is whole.
    Raises WorkspaceError where the file cannot be written.
    """
    readings = gather(workspace, as_of)
    html = render(compose(readings), readings.languages)
    draft = path.with_name(f"{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft.write_text(html, encoding="utf-8")
        draft.replace(path)
    except OSError as error:
        reason = error.strerror or str(error)
        raise WorkspaceError(f"The report cannot be written to {path}: {reason}. Choose another place.") from error
    return path
