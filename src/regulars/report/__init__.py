"""One self-contained HTML report: what was found, what to do first, and what the data cannot tell."""

from regulars.report.writing import write_report

__all__ = ["write_report"]
