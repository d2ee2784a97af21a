"""Columns of recognition."""

from __future__ import annotations

from regulars.measures.estimates import estimate_columns
from regulars.measures.registry import Column

VERDICTS = ("surely above", "surely below", "cannot be told apart", "too few")

RECOGNITION_COLUMNS = (
    Column("unit", "string", "Code of the employee, or name of the branch or department"),
    Column("touchpoint", "string", "Touchpoint of most of the touches"),
    Column("customers", "int", "Known customers served"),
    Column("touches", "int", "Touches with them; one a customer and day"),
    *estimate_columns(
        "returned_share",
        "share",
        "Share of touches after which the customer ordered again within the window",
        unit="0-1",
        counted="Touches whose window is over",
        prefixed=True,
    ),
    Column("expected_share", "share", "The same as it would be with everybody's usual work for these customers", "0-1"),
    Column("raw_difference", "share", "returned_share less expected_share, as it was counted", "0-1"),
    *estimate_columns(
        "difference",
        "share",
        "That difference drawn towards nought by as much as chance makes it differ",
        unit="0-1",
        counted="Touches whose window is over",
        prefixed=True,
    ),
    Column("verdict", "string", f"{', '.join(VERDICTS)}"),
    Column("rank", "int", "Place by difference; empty where the log cannot tell people apart"),
    Column("p_value", "float", "Chance of a difference this large if all worked alike, for this one alone"),
    *estimate_columns(
        "score",
        "float",
        "Mean of answers with a score after these touches, each scale stretched from 0 to 100",
        unit="0-100",
        counted="Answers",
        prefixed=True,
    ),
    Column("expected_score", "float", "The same as it would be with everybody's usual work", "0-100"),
    *estimate_columns(
        "score_difference",
        "float",
        "score less expected_score, drawn towards nought in the same way",
        unit="0-100",
        counted="Answers",
        prefixed=True,
    ),
    Column("score_verdict", "string", "As verdict, by score_difference"),
    Column("score_rank", "int", "As rank, by score_difference"),
)
