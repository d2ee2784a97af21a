"""Errors that tell a person what is wrong, where, and what to do.

Every error a user can meet derives from :class:`RegularsError`. Its text is one or two plain sentences, the
same in the command line, the pages and the API; ``code`` is stable and meant for programs.
"""

from __future__ import annotations


class RegularsError(Exception):
    """Something a person can mend. ``str(error)`` is the sentence to show; ``code`` names it for programs."""

    code = "error"


class WorkspaceError(RegularsError):
    """The company's folder is missing, damaged, or belongs to another version."""

    code = "workspace"


class FileUnreadable(RegularsError):
    """A dropped file cannot be read at all: damaged, encrypted, too large, or of an unknown kind."""

    code = "file_unreadable"


class NeedsDecision(RegularsError):
    """The program could only guess, so it asks: an ambiguous date order, two columns for one field.

    ``question`` says what is open, ``way_out`` how the command line is told; ``asks`` names the setting of an import
    that decides (date_format, decimal_mark), so that a page can offer ``options``.
    """

    code = "needs_decision"

    def __init__(self, question: str, way_out: str = "", *, asks: str = "", options: tuple[str, ...] = ()) -> None:
        super().__init__(f"{question} {way_out}".strip())
        self.question, self.asks, self.options = question, asks, options


class MappingError(RegularsError):
    """The columns of a file cannot be matched to what the import needs."""

    code = "mapping"


class MissingColumns(RegularsError):
    """A table lacks columns that a measure needs."""

    code = "missing_columns"

    def __init__(self, table: str, missing: list[str], found: list[str]) -> None:
        super().__init__(
            f"Table {table!r} lacks {', '.join(missing)}. Rename the column in the file, or map it with "
            f"--map field=column. Found: {', '.join(found)}."
        )


class MeasureError(RegularsError):
    """A measure was asked for something it does not have: an unknown name, column or condition."""

    code = "measure"


class LogError(RegularsError):
    """The customer log is damaged, was written by a newer version, or is being rewritten by someone else."""

    code = "log"


class EngineError(RegularsError):
    """An engine could not start, was stopped, or refused a query: no Java, out of memory, out of time."""

    code = "engine"
