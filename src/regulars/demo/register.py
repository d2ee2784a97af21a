"""What Oakline has decided on its touchpoints: the register, standards, who has read them, promises.

Some holes are left on purpose: a touchpoint without an owner, one without a standard, one that nobody has met for
years, and some that the log knows and the register does not.
"""

from __future__ import annotations

from typing import Any

from regulars.demo.columns import DAY, HOUR

CALL_CENTRE, COMPLAINT_DESK, DELIVERY = "call centre", "complaint desk", "delivery"

# key, body of the touchpoints; see regulars.touchpoints.
_TOUCHPOINTS: tuple[tuple[str, dict[str, Any]], ...] = (
    (
        "web shop",
        {
            "name": "Web shop",
            "sort": "business",
            "owner": "web shop manager",
            "channel": "web",
            "stages": ["learns of us", "considers", "buys", "buys again"],
            "first": True,
        },
    ),
    (
        "showroom",
        {
            "name": "Showroom",
            "sort": "employee",
            "owner": "showroom managers",
            "channel": "showroom",
            "stages": ["considers", "buys", "buys again"],
            "first": True,
            "guides": [
                {"title": "First minute", "text": "Say good day and let them look. Ask which room it is for."},
                {"title": "When the price is too high", "text": "Ask what it is compared with. Show one smaller way."},
            ],
        },
    ),
    (
        "telephone sales",
        {"name": "Telephone sales", "sort": "employee", "channel": "phone", "stages": ["considers", "buys"]},
    ),
    (
        "order confirmation",
        {"sort": "business", "owner": "sales office", "channel": "e-mail", "stages": ["buys", "buys again"]},
    ),
    (
        DELIVERY,
        {
            "name": "Delivery",
            "sort": "employee",
            "owner": "head of delivery",
            "channel": "van",
            "stages": ["uses"],
            "first": False,
        },
    ),
    (
        "assembly",
        {"name": "Assembly at home", "sort": "employee", "owner": "head of assembly", "stages": ["uses"]},
    ),
    (
        "pick-up point",
        {"name": "Pick-up point", "sort": "employee", "owner": "showroom managers", "stages": ["uses"]},
    ),
    (
        CALL_CENTRE,
        {
            "name": "Call centre",
            "sort": "employee",
            "owner": "head of the call centre",
            "channel": "phone",
            "stages": ["buys", "uses"],
            "guides": [{"title": "When we are late", "text": "Say the new day first. Then say why, in one sentence."}],
        },
    ),
    (
        "chat",
        {"name": "Chat", "sort": "employee", "owner": "head of the call centre", "channel": "chat", "stages": ["buys"]},
    ),
    (
        COMPLAINT_DESK,
        {
            "name": "Complaint desk",
            "sort": "employee",
            "owner": "head of complaints",
            "channel": "phone",
            "stages": ["uses", "leaves"],
        },
    ),
    (
        "newsletter",
        {"name": "Newsletter", "sort": "business", "owner": "marketing", "channel": "e-mail", "stages": ["buys again"]},
    ),
    ("trade fair stand", {"name": "Trade fair stand", "sort": "employee", "stages": ["learns of us"]}),
)

# The call centre's standard has a second version; the later one counts.
_STANDARDS: tuple[tuple[str, dict[str, Any]], ...] = (
    (
        DELIVERY,
        {
            "text": "We come on the day we said and call an hour before. If we cannot, the customer knows the day "
            "before. We carry the piece into the room, unpack it and take the packaging with us.",
            "never": "We never leave a piece at the door. We never ask the customer to carry.",
        },
    ),
    (CALL_CENTRE, {"text": "Nobody waits longer than a minute. Whoever answers says their name."}),
    (
        CALL_CENTRE,
        {
            "text": "Nobody waits longer than half a minute. Whoever answers says their name and stays with the matter "
            "until it is settled. Missed calls are called back the next working day.",
            "never": "We never send a customer to another number.",
        },
    ),
    (
        COMPLAINT_DESK,
        {
            "text": "Every complaint is answered within a day. Whoever takes it may grant a repair, an exchange or "
            "up to 100 EUR without asking.",
            "never": "We never ask who is to blame before we say what we do.",
        },
    ),
    ("chat", {"text": "A person answers within an hour, from 9 to 18."}),
)

# touchpoint, employee, version of the standard they have read.
_READ = (
    (DELIVERY, "E21", 1),
    (DELIVERY, "E22", 1),
    (CALL_CENTRE, "E16", 1),
    (CALL_CENTRE, "E16", 2),
    (CALL_CENTRE, "E17", 1),
)

_PROMISES: tuple[tuple[str, dict[str, Any]], ...] = (
    (
        "confirm web orders within half an hour",
        {
            "touchpoint": "web shop",
            "name": "An order is confirmed within half an hour",
            "kind": "order",
            "column": "answer_seconds",
            "at_most": HOUR // 2,
        },
    ),
    (
        "settle complaints within three days",
        {
            "touchpoint": COMPLAINT_DESK,
            "name": "A complaint is settled within three days",
            "kind": "complaint",
            "column": "resolved_seconds",
            "at_most": 3 * DAY,
        },
    ),
)

# noun, key, body, who decided it.
REGISTER: tuple[tuple[str, str, dict[str, Any], str], ...] = (
    *(("touchpoint", key, body, "owner") for key, body in _TOUCHPOINTS),
    *(("standard", key, body, "owner") for key, body in _STANDARDS),
    *(
        ("standard read", f"{place}:{person}", {"touchpoint": place, "person": person, "version": version}, person)
        for place, person, version in _READ
    ),
    *(("promise", key, body, "owner") for key, body in _PROMISES),
)
