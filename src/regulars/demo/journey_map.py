"""The journey map that Oakline's people drew, with holes in it, and what they answer to the four questions.

Planted: for everyone the fear that a piece scratches the new floor has no answer, nobody has written what customers
need when they recommend, and one criterion rests on nobody's word but the company's.
"""

from __future__ import annotations

from typing import Any

_SIGNED = {"by": "owner", "at": "2025-09-01T09:00:00+00:00"}
PLANTED_HOLE = "that the delivery scratches a new floor"


def _cell(key: str, kind: str, text: str, answer: str = "", *evidence: tuple[str, str, str]) -> dict[str, Any]:
    told = [{"kind": kind_, "ref": ref, "text": note} for kind_, ref, note in evidence]
    return {"key": key, "kind": kind, "text": text, "answer": answer, "evidence": told, **_SIGNED}


def _stage(key: str, *cells: dict[str, Any]) -> dict[str, Any]:
    return {"key": key, "name": key.replace("-", " "), "cells": list(cells)}


_LEARNS = _stage(
    "learns-of-us",
    _cell(
        "hear", "need", "to hear of somebody who has a piece of ours", "We ask every happy customer to tell a friend."
    ),
    _cell("far", "barrier", "the showroom is too far away", "The web shop shows every wood at true size."),
)
_CONSIDERS = _stage(
    "considers",
    _cell(
        "see",
        "need",
        "to see the wood and the finish before deciding",
        "Free samples by post within three days.",
        ("measure", "what-matters@quality", ""),
    ),
    _cell("price", "criterion", "the whole price, delivery and assembly included", "One price on the offer."),
    _cell("match", "fear", "that the colour will not match", "Two samples are lent for a week."),
)
_BUYS = _stage(
    "buys",
    _cell("size", "need", "help with measuring the room", "We measure for free within 40 km."),
    _cell("deposit", "fear", "to pay a deposit and wait for nothing", "A written day of delivery with every deposit."),
    _cell(
        "wait",
        "problem",
        "waiting on the phone in the afternoon",
        "A second colleague takes calls from 16 to 18 h.",
        ("score", "csat@call centre", "asked after the call"),
    ),
)
_USES = _stage(
    "uses",
    _cell(
        "day",
        "need",
        "delivery on the day that was said",
        "We call the evening before, and at once when we are late.",
        ("measure", "promise:deliver on the due day", ""),
        ("score", "nps", ""),
    ),
    _cell("floor", "fear", PLANTED_HOLE, "", ("measure", "complaints@delivery", "")),
    _cell("oil", "problem", "not knowing how to care for the wood", "A card and a bottle of oil with every piece."),
)
_AGAIN = _stage(
    "buys-again",
    _cell(
        "same",
        "need",
        "the same wood again two years later",
        "We keep the batch number on the card.",
        ("measure", "come-back", ""),
    ),
    _cell("stay", "barrier", "no reason to come by until something breaks", ""),
)
_RECOMMENDS = _stage(
    "recommends",
    _cell("proud", "criterion", "whether friends will be treated as well", "", ("score", "nps", "")),
)
_LEAVES = _stage(
    "leaves",
    _cell("heard", "need", "to be heard by somebody who may decide", "The owner calls everyone who says they leave."),
)

_FIRST = {
    "stages": [_LEARNS, _stage("considers"), _BUYS, _stage("uses"), _stage("buys-again"), _stage("recommends"), _LEAVES]
}
_NOW = {"stages": [_LEARNS, _CONSIDERS, _BUYS, _USES, _AGAIN, _RECOMMENDS, _LEAVES]}
_OF_RESELLERS = {
    "stages": [
        _stage("learns-of-us"),
        _stage(
            "considers",
            _cell(
                "list", "criterion", "a price list that holds for a year", "One list, valid from January to December."
            ),
        ),
        _stage(
            "buys",
            _cell("invoice", "need", "an invoice on the day of the order", "The shop sends it at once."),
            _cell("credit", "fear", "that the hotel pays late and we do not wait", ""),
        ),
        _stage(
            "uses",
            _cell(
                "hours",
                "need",
                "delivery before opening hours",
                "The van starts at 6 h for resellers.",
                ("score", "nps", "asked after every delivery"),
            ),
        ),
        _stage("buys-again", _cell("spare", "need", "two spare chairs of each set", "")),
        _stage("recommends"),
        _stage("leaves"),
    ]
}


def _said(question: str, text: str) -> dict[str, Any]:
    return {"text": text, "question": question, "group": "everyone"}


# noun, key, body, who decided; two of the same noun and key are two versions, the later one counts.
JOURNEY_DECISIONS: tuple[tuple[str, str, dict[str, Any], str], ...] = (
    ("journey map", "everyone", _FIRST, "owner"),
    ("journey map", "designers-and-small-hotels", _OF_RESELLERS, "owner"),
    (
        "four questions",
        "everyone:means",
        _said("means", "A piece made for one room, by people whose names one knows, and that lasts."),
        "owner",
    ),
    (
        "four questions",
        "everyone:costs",
        _said("costs", "Weeks of waiting, a morning at home for the delivery, and a deposit on trust."),
        "owner",
    ),
    ("journey map", "everyone", _NOW, "owner"),
)
