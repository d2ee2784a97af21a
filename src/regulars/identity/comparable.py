"""From what records say to columns that can be compared: one writing, one alphabet, nothing that means nothing.

Everything here is personal: it lives in memory for the length of a run.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import polars as pl

from regulars.identity.reading import (
    is_named,
    read_address,
    read_birthday,
    read_card,
    read_city,
    read_email,
    read_name,
    read_occupation,
    read_phone,
    read_postcode,
)
from regulars.identity.short_forms import roots_of
from regulars.names.folding import fold_loosely

# What records say, before anything is made of it; columns that a source lacks may be left out.
RAW = (
    ("key", pl.Int64),  # client key
    ("known_first", pl.Int64),  # import that first spoke of the record
    ("source", pl.String),
    ("reference", pl.String),  # the source's own number of the client
    ("name", pl.String),
    ("given", pl.String),  # where a source keeps the parts of the name apart
    ("family", pl.String),
    ("email", pl.String),
    ("phone", pl.String),
    ("birthday", pl.String),
    ("address", pl.String),
    ("postcode", pl.String),
    ("city", pl.String),
    ("country", pl.String),  # two letters
    ("occupation", pl.String),
)


def comparable(raw: pl.DataFrame, *, country: str = "") -> pl.DataFrame:
    """The columns that records are compared by.

    raw      columns of RAW; those left out are null
    country  two letters: what phone numbers without a country belong to, where the record has none

    Grain    one row a record (key)
    Columns  key, known_first, source, card (the source's own number) · given, family, others, tokens, and how they
             sound; initials · email, mail_box (before the @), mail_named, role_mail · phone, phone_tail
             · birthday (8 digits) · address, address_words, house, postcode, city · occupation; null where nothing
             is known
    """
    missing = [pl.lit(None, kind).alias(name) for name, kind in RAW if name not in raw.columns]
    frame = raw.with_columns(missing).select(pl.col(name).cast(kind) for name, kind in RAW)
    frame = _with_names(frame)
    frame = _mapped(frame, "email", read_email, {"email": pl.String, "mail_box": pl.String, "role_mail": pl.Boolean})
    home = pl.when(pl.col("country").str.len_bytes() == 2).then("country").otherwise(pl.lit(country))
    frame = frame.with_columns(phone=pl.format("{}|{}", home, "phone")).drop("country")
    frame = _mapped(frame, "phone", read_phone, {"phone": pl.String, "phone_tail": pl.String})
    frame = _mapped(frame, "birthday", read_birthday, {"birthday": pl.String})
    frame = _mapped(
        frame,
        "address",
        read_address,
        {
            "address": pl.String,
            "address_words": pl.List(pl.String),
            "house": pl.String,
            "found_postcode": pl.String,
            "found_city": pl.String,
        },
    )
    frame = _mapped(frame, "postcode", read_postcode, {"postcode": pl.String})
    frame = _mapped(frame, "city", read_city, {"city": pl.String})
    frame = _with_mail_named(frame)
    frame = _mapped(frame, "occupation", read_occupation, {"occupation": pl.String})
    frame = _mapped(frame, "reference", read_card, {"card": pl.String})
    return frame.with_columns(
        postcode=pl.coalesce("postcode", "found_postcode"), city=pl.coalesce("city", "found_city")
    ).drop("found_postcode", "found_city")


def _with_names(frame: pl.DataFrame) -> pl.DataFrame:
    columns = ("name", "given", "family")
    distinct = frame.select(columns).unique()
    kinds: dict[str, Any] = {
        **dict.fromkeys(("given", "family", "given_sound", "family_sound"), pl.String),
        **dict.fromkeys(("others", "tokens", "roots"), pl.List(pl.String)),
    }
    rows = [_name_columns(*row) for row in distinct.iter_rows()]
    made = pl.DataFrame(rows, schema=kinds, orient="row").rename(lambda column: f"new_{column}")
    joined = frame.join(pl.concat([distinct, made], how="horizontal"), on=list(columns), how="left", nulls_equal=True)
    return joined.drop(columns).rename(lambda column: column.removeprefix("new_"))


def _name_columns(name: str | None, given: str | None, family: str | None) -> tuple[object, ...]:
    read = read_name(name, given, family)
    words = [word for part in (read.given, read.family) if part for word in part.split()]
    sounds = sorted({fold_loosely(word) for word in (*words, *read.others)})
    roots = sorted({fold_loosely(root) for root in roots_of((read.given or "").split(" ")[0])}) if read.given else []
    return (
        read.given,
        read.family,
        fold_loosely(read.given) if read.given else None,
        fold_loosely(read.family) if read.family else None,
        sorted({fold_loosely(word) for word in read.others}) or None,
        sounds or None,
        roots or None,
    )


def _with_mail_named(frame: pl.DataFrame) -> pl.DataFrame:
    """Whether the part before the @ is the name and figures: then it says no more than the name does."""
    rows = frame.select("mail_box", "tokens").iter_rows()
    named = [bool(box and tokens) and is_named(box, tokens) for box, tokens in rows]
    return frame.with_columns(mail_named=pl.Series(named, dtype=pl.Boolean))


def _mapped(
    frame: pl.DataFrame, column: str, read: Callable[[str], Mapping[str, object]], kinds: Mapping[str, Any]
) -> pl.DataFrame:
    """Columns that come from one column, read once for each text that occurs."""
    texts = frame.get_column(column).drop_nulls().unique().to_list()
    rows = [{"said": text, **{f"new_{name}": value for name, value in read(text).items()}} for text in texts]
    schema = {"said": pl.String, **{f"new_{name}": kind for name, kind in kinds.items()}}
    made = pl.DataFrame(rows, schema=schema)
    joined = frame.join(made, left_on=column, right_on="said", how="left").drop(column)
    return joined.rename(lambda name: name.removeprefix("new_"))
