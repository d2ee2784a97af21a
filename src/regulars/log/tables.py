"""The contracts of the customer log: which tables there are, one row of each, and their column types.

All instants are UTC microseconds, ``_on`` columns are dates in the company's time zone, money is in the
workspace currency as DECIMAL(18,4), unit prices DECIMAL(18,6), foreign ids are strings, and
clients are known only by a random 64-bit ``client_key``: names, phones and the like live in the vault.
"""

from __future__ import annotations

import pyarrow as pa

INSTANT = pa.timestamp("us", tz="UTC")
MONEY = pa.decimal128(18, 4)
PRICE = pa.decimal128(18, 6)
QUANTITY = pa.decimal128(18, 4)

# One row is one touch between a client and the company.
INTERACTIONS = pa.schema(
    [
        ("interaction_id", pa.int64()),  # hash of source, document, kind and content: stable over re-imports
        ("import_id", pa.int64()),  # the import or application that wrote the row; what undo takes back
        ("source", pa.string()),  # the system it comes from: shop, till, call centre
        ("source_row", pa.int64()),  # first line of the file that said so
        ("client_key", pa.int64()),  # null for guests
        ("occurred_at", INSTANT),
        ("occurred_on", pa.date32()),  # local date
        ("due_at", INSTANT),  # for lateness
        # order, refund, adjustment, visit, call, missed_call, message, delivery, complaint, answer, ...
        ("kind", pa.string()),
        ("touchpoint", pa.string()),
        ("step", pa.string()),
        ("channel", pa.string()),
        ("branch", pa.string()),
        ("department", pa.string()),
        ("employee", pa.string()),
        ("initiated_by", pa.string()),  # client or company: who spoke first
        ("amount", MONEY),  # negative for refunds
        ("cost", MONEY),
        ("original_amount", MONEY),
        ("original_currency", pa.string()),
        ("rate", pa.decimal128(18, 8)),  # amount = original_amount * rate
        ("wait_seconds", pa.int64()),
        ("duration_seconds", pa.int64()),
        ("outcome", pa.string()),
        ("thread", pa.string()),  # order, case or ticket it belongs to
        ("text", pa.string()),
        ("properties", pa.string()),  # JSON object
    ]
)

# One row is one line of an order, refund or adjustment.
ITEMS = pa.schema(
    [
        ("interaction_id", pa.int64()),
        ("import_id", pa.int64()),
        ("line_id", pa.int64()),  # hash of source, document, content and k-th occurrence
        ("source_row", pa.int64()),
        ("product", pa.string()),
        ("product_name", pa.string()),
        ("category", pa.string()),
        ("quantity", QUANTITY),
        ("unit_price", PRICE),
        ("amount", MONEY),
        ("cost", MONEY),
    ]
)

# One row is one answer to one question.
ANSWERS = pa.schema(
    [
        ("interaction_id", pa.int64()),
        ("import_id", pa.int64()),
        ("survey", pa.string()),
        ("question", pa.string()),
        ("kind", pa.string()),  # nps, csat, ces, rating, choice, text
        ("score", pa.float64()),
        ("scale_min", pa.float64()),
        ("scale_max", pa.float64()),
        ("choice", pa.string()),
        ("text", pa.string()),
        ("language", pa.string()),
        ("weight", pa.float64()),
    ]
)

# One row is what one import said of one client (no personal data); the newest known value holds.
CLIENTS = pa.schema(
    [
        ("client_key", pa.int64()),
        ("import_id", pa.int64()),
        ("asserted_at", INSTANT),  # how fresh the row is: the client's newest interaction in that import
        ("kind", pa.string()),  # customer, employee, department, partner
        ("customer_type", pa.string()),  # e.g. end user, reseller
        ("acquired_by", pa.string()),  # how the client first came: recommendation, advert, ...
        ("country", pa.string()),
        ("region", pa.string()),
        ("city", pa.string()),
        ("gender", pa.string()),
        ("birth_year", pa.int64()),
        ("attributes", pa.string()),  # JSON object
    ]
)

# One row is one thing learned about a client, or said again of one; the newest row of a fact is the fact.
FACTS = pa.schema(
    [
        ("client_key", pa.int64()),
        ("import_id", pa.int64()),
        ("name", pa.string()),
        ("value", pa.string()),
        ("source", pa.string()),
        ("known_at", INSTANT),
        ("confirmed_at", INSTANT),
        ("confirmed_by", pa.string()),
        ("fact_id", pa.int64()),  # the fact whose history the row belongs to; null: known by client, name and value
        ("status", pa.string()),  # stated (or null), confirmed, corrected, dropped, taken back
    ]
)

# One row is one statement about two records: that they are one customer, are not, or may be. The newest one of a
# pair holds. What the records say stays in the vault; evidence names columns and weights only.
LINKS = pa.schema(
    [
        ("left_key", pa.int64()),  # of the two, the record that was known first
        ("right_key", pa.int64()),
        ("import_id", pa.int64()),  # the run or application that wrote the row; what undo takes back
        ("decided_at", INSTANT),
        ("decided_by", pa.string()),
        ("verdict", pa.string()),  # same, different, doubtful
        ("method", pa.string()),  # exact, model, person
        ("probability", pa.float64()),  # that the two are one customer; null where a person said so
        ("evidence", pa.string()),  # JSON: what agreed and how much each agreement weighs
    ]
)

# One row is one decision that measures depend on: a group's rule, a promise, pinned themes.
DECISIONS = pa.schema(
    [
        ("noun", pa.string()),
        ("key", pa.string()),
        ("version", pa.int64()),
        ("import_id", pa.int64()),
        ("decided_at", INSTANT),
        ("decided_by", pa.string()),
        ("body", pa.string()),  # JSON object
    ]
)

# One row is one import, or one undo of it; never changed, only added.
IMPORTS = pa.schema(
    [
        ("import_id", pa.int64()),
        ("event", pa.string()),  # imported, undone
        ("recorded_at", INSTANT),
        ("recorded_by", pa.string()),
        ("source", pa.string()),
        ("form", pa.string()),  # orders, items, contacts, answers, customers, interactions, demo
        ("file_name", pa.string()),
        ("checksum", pa.string()),  # SHA-256 of the file's bytes
        ("lines_read", pa.int64()),
        ("lines_imported", pa.int64()),
        ("lines_rejected", pa.int64()),
        ("lines_already_there", pa.int64()),
        ("summary", pa.string()),  # JSON: all counts, the mapping, formats found
    ]
)

TABLES: dict[str, pa.Schema] = {
    "interactions": INTERACTIONS,
    "items": ITEMS,
    "answers": ANSWERS,
    "clients": CLIENTS,
    "facts": FACTS,
    "links": LINKS,
    "decisions": DECISIONS,
    "imports": IMPORTS,
}

# Only these columns have min/max in the transaction log: a text column would put a name there for good.
STATISTICS_COLUMNS = ("import_id", "occurred_at", "occurred_on", "kind")

# Rows of a table are kept in this order inside files, so that one client's rows lie together.
SORT_KEYS: dict[str, tuple[str, ...]] = {
    "interactions": ("client_key", "occurred_at", "interaction_id"),
    "items": ("interaction_id", "line_id"),
    "answers": ("interaction_id",),
    "clients": ("client_key",),
    "facts": ("client_key", "known_at"),
    "links": ("left_key", "right_key"),
    "decisions": ("noun", "key", "version"),
    "imports": ("import_id",),
}
