"""Columns of the measures about people."""

from __future__ import annotations

from regulars.measures.estimates import estimate_columns
from regulars.measures.registry import Column, ColumnType


def ends(name: str, type_: ColumnType, meaning: str, unit: str = "") -> tuple[Column, ...]:
    """An estimate whose count stands elsewhere in the row."""
    return (
        Column(name, type_, meaning, unit),
        Column(f"{name}_low", type_, f"Lower end of the 95% interval of {name}", unit),
        Column(f"{name}_high", type_, f"Upper end of the 95% interval of {name}", unit),
        Column(f"{name}_reason", "string", f"Why {name} or its interval is unknown; empty where it is known"),
    )


AUTHORITY_COLUMNS = (
    Column("decision", "string", "Kind of decision; all: every kind together"),
    Column("uses", "int", "Decisions that were made for customers or had to be asked for"),
    Column("within", "int", "Those within the limit of whoever decided"),
    Column("over_limit", "int", "Decided on the spot, for more than the limit allows"),
    Column("unlimited", "int", "Those of which no limit was known"),
    Column("asked", "int", "Those that a superior had to be asked for"),
    Column("granted", "int", "Those that the customer got"),
    Column("refused", "int", "Those that the customer did not get"),
    Column("open", "int", "Those that were asked for and are not decided yet"),
    *estimate_columns(
        "asked_share",
        "share",
        "Share of uses that a superior had to be asked for",
        unit="0-1",
        counted="Uses",
        prefixed=True,
    ),
    *estimate_columns(
        "wait",
        "float",
        "Median time that customers waited where a superior was asked",
        unit="seconds",
        counted="Waits",
        prefixed=True,
    ),
    Column("amount", "money", "What the granted ones cost"),
    Column("customers", "int", "Known customers whom they were about"),
    Column("window_days", "int", "Days within which a customer counts as returned", "days"),
    *estimate_columns(
        "returned_at_once",
        "share",
        "Share of customers who ordered again where it was granted on the spot",
        unit="0-1",
        counted="Uses",
        prefixed=True,
    ),
    *estimate_columns(
        "returned_asked",
        "share",
        "Share of customers who ordered again where a superior had to be asked",
        unit="0-1",
        counted="Uses",
        prefixed=True,
    ),
    *ends("returned_difference", "share", "returned_at_once less returned_asked", "0-1"),
)

DEPARTMENT_PROMISE_COLUMNS = (
    Column("promise", "string", "Key of the promise"),
    Column("name", "string", "What people call it"),
    Column("from", "string", "Department that promises"),
    Column("to", "string", "Department that waits for it"),
    Column("within_seconds", "int", "At most so long", "seconds"),
    Column("how", "string", "log: measured from hand-overs; rated: both sides were asked; empty: neither"),
    Column("kept", "int", "Hand-overs in time"),
    Column("waiting", "int", "Hand-overs that are not over and not late yet"),
    *estimate_columns("kept_share", "share", "kept / n", unit="0-1", counted="Hand-overs that can be judged"),
    *estimate_columns(
        "median",
        "float",
        "Median time of the hand-overs that are over",
        unit="seconds",
        counted="Hand-overs that are over",
        prefixed=True,
    ),
    Column("p90", "float", "Nine in ten of them took at most so long", "seconds"),
    *estimate_columns(
        "rated_from", "float", "How the promising side rates it", unit="1-5", counted="Ratings", prefixed=True
    ),
    *estimate_columns(
        "rated_to", "float", "How the waiting side rates it", unit="1-5", counted="Ratings", prefixed=True
    ),
)

_WAVE = (
    Column("wave_on", "date", "First day of the wave: calendar months joined until at least five answered"),
    Column("wave_to", "date", "Last day of the wave"),
)
_CELL = (
    Column("split", "string", "all, level or department"),
    Column("group", "string", "The level or the department; all where nothing is split"),
)

ELEMENT_COLUMNS = (
    *_WAVE,
    Column("place", "int", "Place of the element in the questionnaire, from 1"),
    Column("element", "string", "strategy, structure, systems, shared-values, skills, staff or style"),
    Column("name", "string", "What the element is called"),
    *_CELL,
    *estimate_columns("mean", "float", "Mean of its statements, one mean a person", unit="1-5", counted="People"),
    *ends("gap", "float", "Mean of management less mean of the front line; in rows of all", "1-5"),
    Column("evidence_name", "string", "What the log itself shows of this element; in rows of all"),
    *estimate_columns("evidence", "share", "That evidence", unit="0-1", counted="Cases", prefixed=True),
)

PULSE_COLUMNS = (
    *_WAVE,
    Column("audience", "string", "employees or partners"),
    *_CELL,
    Column("promoters", "int", "Answers 9 and 10; empty where the result is hidden"),
    Column("passives", "int", "Answers 7 and 8; empty where the result is hidden"),
    Column("detractors", "int", "Answers 0 to 6; empty where the result is hidden"),
    *estimate_columns("nps", "float", "Net promoter score of the wave", unit="-100 to 100", counted="Answers"),
)
