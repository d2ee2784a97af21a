"""Values out of a JSON object that stands in a text column, the same on every engine.

Engines read JSON each in its own way, and Spark only with functions of its own session; a pattern is the same on all.
Objects are written by ``json.dumps`` without escapes beyond those of quotes and backslashes.
"""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

_SAFE = "\x01"  # stands for a backslash while quotes are put back; no text of ours may hold it


def text_in_json(body: ir.StringValue, name: str) -> ir.StringValue:
    """The text under a name; "" where there is none."""
    found = body.fill_null("").re_extract(f'"{name}" *: *"(([^"\\\\]|[\\\\].)*)"', 1).fill_null("")
    return found.replace("\\\\", _SAFE).replace('\\"', '"').replace(_SAFE, "\\")


def number_in_json(body: ir.StringValue, name: str) -> ir.FloatingValue:
    """The number under a name; null where there is none."""
    found = body.fill_null("").re_extract(f'"{name}" *: *(-?[0-9]+([.][0-9]+)?)', 1).fill_null("")
    return ibis.ifelse(found == "", ibis.null("string"), found).cast("float64")


def truth_in_json(body: ir.StringValue, name: str) -> ir.BooleanValue:
    """Whether ``true`` stands under a name."""
    return body.fill_null("").re_search(f'"{name}" *: *true')
