"""Touchpoints, standards and promises as JSON, read and written. The published JSON is the contract with measures."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from regulars.touchpoints.errors import TouchpointError
from regulars.touchpoints.parts import Guide, Promise, PromiseColumn, Sort, Standard, Touchpoint
from regulars.touchpoints.validity import check_promise, check_standard, check_touchpoint

Json = Mapping[str, object]


def touchpoint_from(body: Json) -> Touchpoint:
    """The touchpoint that a JSON object describes. Raises TouchpointError with the first thing to be mended."""
    first = body.get("first")
    found = Touchpoint(
        key=_text(body, "key"),
        name=_text(body, "name"),
        sort=cast(Sort, _text(body, "sort", "business")),
        owner=_text(body, "owner"),
        channel=_text(body, "channel"),
        stages=tuple(_words(body, "stages")),
        first=first if isinstance(first, bool) else None,
        guides=tuple(_guides(body)),
        retired=body.get("retired") is True,
        version=_version(body),
    )
    return check_touchpoint(found)


def standard_from(body: Json) -> Standard:
    """The standard that a JSON object describes. Raises TouchpointError with the first thing to be mended."""
    found = Standard(
        key=_text(body, "key"),
        text=_text(body, "text"),
        never=_text(body, "never"),
        retired=body.get("retired") is True,
        version=_version(body),
    )
    return check_standard(found)


def promise_from(body: Json) -> Promise:
    """The promise that a JSON object describes. Raises TouchpointError with the first thing to be mended."""
    found = Promise(
        key=_text(body, "key"),
        touchpoint=_text(body, "touchpoint"),
        name=_text(body, "name"),
        column=cast(PromiseColumn, _text(body, "column")),
        at_most=_limit(body, "at_most"),
        at_least=_limit(body, "at_least"),
        kind=_text(body, "kind"),
        step=_text(body, "step"),
        retired=body.get("retired") is True,
        version=_version(body),
    )
    return check_promise(found)


def touchpoint_json(touchpoint: Touchpoint) -> dict[str, object]:
    """A touchpoint as a JSON object; what stands at its default is left out."""
    full: dict[str, object] = {
        "key": touchpoint.key,
        "name": touchpoint.name,
        "sort": touchpoint.sort,
        "owner": touchpoint.owner,
        "channel": touchpoint.channel,
        "stages": list(touchpoint.stages),
        "guides": [{"title": guide.title, "text": guide.text} for guide in touchpoint.guides],
        "retired": touchpoint.retired,
        "version": touchpoint.version,
    }
    return _said_only(full) | ({} if touchpoint.first is None else {"first": touchpoint.first})


def standard_json(standard: Standard) -> dict[str, object]:
    """A standard as a JSON object; what stands at its default is left out."""
    full: dict[str, object] = {
        "key": standard.key,
        "text": standard.text,
        "never": standard.never,
        "retired": standard.retired,
        "version": standard.version,
    }
    return _said_only(full)


def promise_json(promise: Promise) -> dict[str, object]:
    """A promise as a JSON object; what stands at its default is left out, a limit never."""
    full: dict[str, object] = {
        "key": promise.key,
        "touchpoint": promise.touchpoint,
        "name": promise.name,
        "column": promise.column,
        "kind": promise.kind,
        "step": promise.step,
        "retired": promise.retired,
        "version": promise.version,
    }
    limits = {"at_most": promise.at_most, "at_least": promise.at_least}
    return _said_only(full) | {name: limit for name, limit in limits.items() if limit is not None}


def _said_only(full: Json) -> dict[str, object]:
    return {name: value for name, value in full.items() if value not in ("", [], False)}


def _text(body: Json, name: str, default: str = "") -> str:
    found = body.get(name, default)
    if not isinstance(found, str):
        raise TouchpointError("not_readable", where=name)
    return found


def _words(body: Json, name: str) -> list[str]:
    found = body.get(name, [])
    if not isinstance(found, list) or not all(isinstance(word, str) for word in found):
        raise TouchpointError("not_readable", where=name)
    return found


def _guides(body: Json) -> list[Guide]:
    found = body.get("guides", [])
    if not isinstance(found, list) or not all(isinstance(guide, Mapping) for guide in found):
        raise TouchpointError("not_readable", where="guides")
    return [Guide(_text(guide, "title"), _text(guide, "text")) for guide in found]


def _limit(body: Json, name: str) -> float | None:
    found = body.get(name)
    if found is None:
        return None
    if not isinstance(found, int | float) or isinstance(found, bool):
        raise TouchpointError("not_readable", where=name)
    return found


def _version(body: Json) -> int:
    found = body.get("version", 0)
    if not isinstance(found, int) or isinstance(found, bool):
        raise TouchpointError("not_readable", where="version")
    return found
