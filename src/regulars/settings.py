"""regulars.toml: what a company says of itself once, and every import and measure then uses."""

from __future__ import annotations

import json
import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path
from urllib.parse import urlsplit
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
# country = "BG"                # two letters: where phone numbers without a country code are from

# Where names, the inbox and the pages' own tables are kept: nothing here means files in this folder. To keep them in
# PostgreSQL, write its address; what the files hold is moved there when the workspace is next opened.
# state = "postgresql://user:password@host/database"

# Where the list of erased people is kept too, so that restoring an old backup does not bring them back. Left out: a
# folder regulars-erased beside this one.
# suppression = "/srv/keep"

# What one unit of another currency is worth in yours, for files that name a currency.
[rates]
# USD = "0.92"

# Numbers that measures of value use.
[value]
# margin_share = 0.35           # profit in each unit of sales; left out: from costs where they are known
discount_rate = 0.10            # a year
horizon_days = 364              # how far ahead customers' value is counted

# After how many days a fact about a customer is asked for again, by its name.
[facts]
need = 365
fear = 365
preference = 365
expectation = 365
"special date" = 1825
"anything else" = 730

# How often customers are asked by surveys, and whom an e-mail with a survey may reach.
[voice]
contact_days = 30               # a customer is asked by any survey at most once in so many days
consent = "given"               # only who agreed to e-mail or surveys; "not refused": all who did not say no
# reminder_days = 7             # after how many days those who did not answer may be reminded, once

# How many years things are kept before they are erased. A kind without a line is kept.
[retention]
# interactions = 10             # orders, calls and all other touches
# facts = 5                     # what was learned about customers
# texts = 3                     # words of messages, notes and answers; the touch itself stays
# contacts = 5                  # names, phones and addresses of customers who were not heard of since
"""
FACT_DAYS = {
    "need": 365,
    "fear": 365,
    "preference": 365,
    "expectation": 365,
    "special date": 1825,
    "anything else": 730,
}
ANY_OTHER_FACT = "anything else"
_STATE_EXAMPLE = '# state = "postgresql://user:password@host/database"'
VOICE: Mapping[str, int | str] = {"contact_days": 30, "consent": "given", "reminder_days": 7}
CONSENT_RULES = ("given", "not refused")
KEPT_KINDS = ("interactions", "facts", "texts", "contacts")
MOST_DAYS, MOST_YEARS = 36_500, 200


@dataclass(frozen=True)
class Settings:
    """The company's settings; ``value`` goes to measures as it is.

    country    two letters, "" where it is not said: where phone numbers without a country code are from
    state      address of a PostgreSQL database; "" keeps vault, inbox and the pages' tables in files
    facts      name of a fact -> days after which it is asked for again; see ``fact_days``
    suppression  folder for the list of erased people; "" is the folder regulars-erased beside the workspace
    retention  interactions, facts, texts, contacts -> years after which they are erased; kinds left out are kept
    voice      how customers are asked; see ``contact_days``, ``reminder_days`` and ``asks_only_who_agreed``
    """

    name: str
    currency: str = "EUR"
    time_zone: str = "UTC"
    languages: tuple[str, ...] = ("en",)
    fiscal_year_starts: int = 1
    rates: Mapping[str, Decimal] = field(default_factory=dict)
    value: Mapping[str, float] = field(default_factory=dict)
    country: str = ""
    state: str = field(default="", repr=False)  # it may hold a password
    suppression: str = ""
    facts: Mapping[str, int] = field(default_factory=lambda: dict(FACT_DAYS))
    retention: Mapping[str, float] = field(default_factory=dict)
    voice: Mapping[str, int | str] = field(default_factory=lambda: dict(VOICE))

    @property
    def contact_days(self) -> int:
        """A customer is asked by any survey at most once in so many days; 0: no limit."""
        return int(self.voice["contact_days"])

    @property
    def reminder_days(self) -> int:
        """Days after which somebody who did not answer may be reminded."""
        return int(self.voice["reminder_days"])

    @property
    def asks_only_who_agreed(self) -> bool:
        """Whether surveys go by e-mail only to customers with a consent; else to all who did not refuse."""
        return self.voice["consent"] == "given"

    def fact_days(self, name: str) -> int:
        """Days after which a fact of this name is asked for again."""
        return self.facts.get(name.casefold(), self.facts[ANY_OTHER_FACT])


def write_settings(folder: Path, *, name: str, currency: str, time_zone: str, state: str = "") -> None:
    """Write a new regulars.toml; raises WorkspaceError for a currency or time zone that does not exist."""
    _check_currency(currency)
    _check_time_zone(time_zone)
    _state(state)
    text = TEMPLATE.format(name=_quoted(name), currency=_quoted(currency.upper()), time_zone=_quoted(time_zone))
    if state:
        text = text.replace(_STATE_EXAMPLE, f"state = {_quoted(state)}")
    (folder / FILE_NAME).write_text(text, encoding="utf-8")
    if state:
        (folder / FILE_NAME).chmod(0o600)


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
        country=_country(content.get("country", "")),
        state=_state(content.get("state", "")),
        suppression=_folder_name("suppression", content.get("suppression", "")),
        facts={**FACT_DAYS, **{key.casefold(): _days(key, days) for key, days in _section(content, "facts").items()}},
        retention={kind: _years(kind, years) for kind, years in _section(content, "retention").items()},
        voice={**VOICE, **{key: _voice(key, value) for key, value in _section(content, "voice").items()}},
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


def _country(given: object) -> str:
    code = str(given).strip().upper()
    if given and not (isinstance(given, str) and len(code) == 2 and code.isascii() and code.isalpha()):
        raise WorkspaceError(f"country in regulars.toml must be two letters such as BG, CZ or TR, not {given!r}.")
    return code


def _state(given: object) -> str:
    """The address, checked as far as can be without going there. It is not repeated: it may hold a password."""
    if given == "":
        return ""
    wrong = WorkspaceError(
        "state in regulars.toml must be an address such as postgresql://user:password@host/database, or be left out "
        "to keep everything in files."
    )
    if not isinstance(given, str):
        raise wrong
    try:
        parts = urlsplit(given)
        known = parts.scheme in ("postgresql", "postgres") and len(parts.path) > 1 and (parts.port or 1)
    except ValueError:
        known = False
    if not known:
        raise wrong
    return given


def _folder_name(key: str, given: object) -> str:
    if not isinstance(given, str):
        raise WorkspaceError(f'{key} in regulars.toml must be a folder in quotes, such as "/srv/keep", not {given!r}.')
    return given.strip()


def _days(name: str, given: object) -> int:
    if not isinstance(given, int) or isinstance(given, bool) or not 1 <= given <= MOST_DAYS:
        raise WorkspaceError(
            f"[facts] {name} in regulars.toml must be a whole number of days from 1 to {MOST_DAYS:,}, not {given!r}."
        )
    return given


def _voice(key: str, given: object) -> int | str:
    if key not in VOICE:
        raise WorkspaceError(f"[voice] {key} in regulars.toml is not one of {', '.join(VOICE)}.")
    if key == "consent":
        if given not in CONSENT_RULES:
            raise WorkspaceError(f'[voice] consent in regulars.toml must be "given" or "not refused", not {given!r}.')
        return str(given)
    least = 1 if key == "reminder_days" else 0
    if not isinstance(given, int) or isinstance(given, bool) or not least <= given <= MOST_DAYS:
        raise WorkspaceError(
            f"[voice] {key} in regulars.toml must be a whole number of days from {least} to {MOST_DAYS:,}, "
            f"not {given!r}."
        )
    return given


def _years(kind: str, given: object) -> float:
    if kind not in KEPT_KINDS:
        raise WorkspaceError(f"[retention] {kind} in regulars.toml is not one of {', '.join(KEPT_KINDS)}.")
    if isinstance(given, bool) or not isinstance(given, int | float) or not 0 < given <= MOST_YEARS:
        raise WorkspaceError(
            f"[retention] {kind} in regulars.toml must be a number of years up to {MOST_YEARS}, not {given!r}. "
            "Leave the line out to keep everything."
        )
    return float(given)
