"""regulars.toml: what a company says of itself once, and every import and measure then uses."""

from __future__ import annotations

import json
import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from regulars.errors import WorkspaceError

FILE_NAME = "regulars.toml"
# Rates are kept with eight places.
LEAST_RATE, HIGHEST_RATE = Decimal("0.00000001"), Decimal(10_000_000)
LANGUAGES = ("en", "bg", "ru", "cs", "tr")

TEMPLATE = """\
# What Regulars knows of this company. Change it with any text editor.
name = {name}
currency = {currency}                # three letters; all amounts are kept in it
time_zone = {time_zone}
languages = ["en"]              # of en, bg, ru, cs, tr
fiscal_year_starts = 1          # month

# What one unit of another currency is worth in yours, for files that name a currency.
[rates]
# USD = "0.92"

# Numbers that measures of value use.
[value]
# margin_share = 0.35           # profit in each unit of sales; left out: from costs where they are known
discount_rate = 0.10            # a year
horizon_days = 364              # how far ahead customers' value is counted
"""


@dataclass(frozen=True)
class Settings:
    """The company's settings; ``value`` goes to measures as it is."""

    name: str
    currency: str = "EUR"
    time_zone: str = "UTC"
    languages: tuple[str, ...] = ("en",)
    fiscal_year_starts: int = 1
    rates: Mapping[str, Decimal] = field(default_factory=dict)
    value: Mapping[str, float] = field(default_factory=dict)


def write_settings(folder: Path, *, name: str, currency: str, time_zone: str) -> None:
    """Write a new regulars.toml; raises WorkspaceError for a currency or time zone that does not exist."""
    _check_currency(currency)
    _check_time_zone(time_zone)
    text = TEMPLATE.format(name=_quoted(name), currency=_quoted(currency.upper()), time_zone=_quoted(time_zone))
    (folder / FILE_NAME).write_text(text, encoding="utf-8")


def read_settings(folder: Path) -> Settings:
    """Settings of the workspace. Raises WorkspaceError that names the line to mend."""
    path = folder / FILE_NAME
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise WorkspaceError(f"{path} cannot be read: {error}. Mend that line.") from error
    except OSError as error:
        raise WorkspaceError(f"{path} cannot be opened: {error.strerror or error}.") from error
    currency = str(content.get("currency", "EUR")).upper()
    time_zone = str(content.get("time_zone", "UTC"))
    _check_currency(currency)
    _check_time_zone(time_zone)
    return Settings(
        name=str(content.get("name", folder.name)),
        currency=currency,
        time_zone=time_zone,
        languages=_languages(content.get("languages", ["en"])),
        fiscal_year_starts=_month(content.get("fiscal_year_starts", 1)),
        rates={str(code).upper(): _rate(code, rate) for code, rate in _section(content, "rates").items()},
        value={str(key): _number(key, value) for key, value in _section(content, "value").items()},
    )


def _quoted(text: str) -> str:
    # JSON's escapes are TOML's too; DEL alone must not stand in TOML as it is.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _section(content: Mapping[str, object], name: str) -> Mapping[str, object]:
    found = content.get(name, {})
    if not isinstance(found, dict):
        raise WorkspaceError(f"{name} in regulars.toml must be a section: a line [{name}], then one setting a line.")
    return found


def _month(given: object) -> int:
    if not isinstance(given, int) or isinstance(given, bool) or not 1 <= given <= 12:
        raise WorkspaceError(f"fiscal_year_starts in regulars.toml must be a month from 1 to 12, not {given!r}.")
    return given


def _check_currency(code: str) -> None:
    if not (len(code) == 3 and code.isascii() and code.isalpha()):
        raise WorkspaceError(f"Currency {code!r} is not a three-letter code such as EUR, BGN, CZK or TRY.")


def _check_time_zone(name: str) -> None:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise WorkspaceError(f"Time zone {name!r} is not known. Use a name such as Europe/Sofia or UTC.") from error


def _languages(given: object) -> tuple[str, ...]:
    wanted = tuple(str(code) for code in given) if isinstance(given, list) else (str(given),)
    unknown = [code for code in wanted if code not in LANGUAGES]
    if unknown:
        raise WorkspaceError(f"Language {unknown[0]!r} is not one of {', '.join(LANGUAGES)} (regulars.toml).")
    return wanted


def _rate(code: str, rate: object) -> Decimal:
    try:
        value = Decimal(str(rate))
    except InvalidOperation as error:
        raise WorkspaceError(f"The rate of {code} in regulars.toml is not a number: {rate!r}.") from error
    if not value.is_finite() or not LEAST_RATE <= value <= HIGHEST_RATE:
        raise WorkspaceError(
            f"The rate of {code} in regulars.toml must lie between {LEAST_RATE:f} and {HIGHEST_RATE:,f}, not {rate!r}."
        )
    return round(value, 8)


def _number(key: str, value: object) -> float:
    try:
        number = float(str(value))
    except ValueError as error:
        raise WorkspaceError(f"[value] {key} in regulars.toml is not a number: {value!r}.") from error
    if not math.isfinite(number):
        raise WorkspaceError(f"[value] {key} in regulars.toml is not a number that can be used: {value!r}.")
    return number
