"""The list of answers as one table for a file: what lists show, personal data in the texts masked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pyarrow as pa
from django.utils.translation import gettext as _

from regulars.log.tables import INSTANT
from regulars_web.voice.reading.answers import Answer

SCHEMA = pa.schema(
    [
        ("answered_at", INSTANT),
        ("survey", pa.string()),
        ("kind", pa.string()),
        ("client_key", pa.int64()),
        ("name", pa.string()),
        ("touchpoint", pa.string()),
        ("channel", pa.string()),
        ("language", pa.string()),
        ("question", pa.string()),
        ("score", pa.float64()),
        ("scale_min", pa.float64()),
        ("scale_max", pa.float64()),
        ("band", pa.string()),
        ("texts", pa.string()),
    ]
)


def as_table(answers: Sequence[Answer]) -> pa.Table:
    """One row an answer, in the order of the list; several texts of one answer stand in one cell."""
    rows = [
        {
            "answered_at": one.at,
            "survey": one.survey,
            "kind": one.kind,
            "client_key": one.client_key,
            "name": one.name,
            "touchpoint": one.touchpoint,
            "channel": one.channel,
            "language": one.language,
            "question": one.question,
            "score": one.score,
            "scale_min": one.low,
            "scale_max": one.high,
            "band": one.band_words,
            "texts": " / ".join(said.text for said in one.texts),
        }
        for one in answers
    ]
    return pa.Table.from_pylist(rows, schema=SCHEMA)


def headings() -> Mapping[str, str]:
    """Column -> what it is called in the reader's language."""
    return {
        "answered_at": _("Answered"),
        "survey": _("Survey"),
        "kind": _("Kind"),
        "client_key": _("Customer"),
        "name": _("Name"),
        "touchpoint": _("Touchpoint"),
        "channel": _("Channel"),
        "language": _("Language"),
        "question": _("Question"),
        "score": _("Score"),
        "scale_min": _("Scale from"),
        "scale_max": _("Scale to"),
        "band": _("Band"),
        "texts": _("In their words"),
    }
