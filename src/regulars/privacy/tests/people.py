"""A shop in which one person can be found in every place there is, beside others who must stay as they are."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import regulars as rg
from regulars.log.inbox import Entry
from regulars.workspace import Workspace

NOW = datetime(2026, 7, 1, 9, tzinfo=UTC)
NAME, EMAIL, PHONE, TEXT = "Zdislava Quixotova", "zdislava.q@post.example", "+420 777 123 987", "allergic to xylitolum"
WORDS = ("Zdislava", "Quixotova", EMAIL, "777123987", "777 123 987", TEXT, "Kudelni ulice", "AZ-77", "very own remark")

ORDERS = """order_id,customer_id,order date,product,quantity,unit price,comment
1001,AZ-77,2026-01-05 10:15:20,chair,1,120.50,deliver to Zdislava Quixotova please
1002,AZ-78,2026-01-06 11:00:00,table,1,300.00,thank you
1003,AZ-77,2026-02-05 10:15:20,lamp for Zdislava Quixotova,2,45.25,
1004,,2026-02-06 12:00:00,chair,1,99.00,
1005,AZ-79,2026-03-01 09:30:00,chair,2,110.00,
"""
CUSTOMERS = f"""customer_id,name,email,phone,birthday,address,newsletter
AZ-77,{NAME},{EMAIL},{PHONE},1970-02-03,Kudelni ulice 7 Praha,yes
AZ-78,Ana Kovac,ana@post.example,+420 777 000 111,1980-01-01,Hlavni 1,yes
AZ-79,Ivan Petrov,ivan@post.example,+420 777 000 222,1985-05-05,Dolni 2,no
"""
CONTACTS = f"""customer_id,date,kind,touchpoint,thread,text
AZ-77,2026-03-01 10:00,call,phone,t-1,{TEXT}
,2026-03-01 10:05,message,mail,t-1,AZ-77 sent her very own remark
AZ-78,2026-03-02 10:00,call,phone,t-2,asks for a bill
AZ-77,not a date,call,phone,t-3,Zdislava Quixotova again
AZ-78,not a date either,call,phone,t-4,Ana again
"""
CALL_CENTRE = f"""customer_id,name,email,phone
T-9,Quixotova Zdislava,,{PHONE}
T-8,Ana Kovac,,+420 777 000 111
"""


def make_shop(folder: Path) -> Workspace:
    """A shop with four imports, three customers and a joined second record of one of them."""
    shop = rg.init(folder / "shop", name="Shop", currency="EUR", time_zone="Europe/Prague")
    for name, content, form, source in (
        ("orders.csv", ORDERS, "orders", "shop"),
        ("customers.csv", CUSTOMERS, "customers", "shop"),
        ("Quixotova_Zdislava contacts.csv", CONTACTS, "contacts", "shop"),
        ("calls.csv", CALL_CENTRE, "customers", "calls"),
    ):
        path = folder / name
        path.write_text(content, encoding="utf-8")
        shop.import_file(path, form=form, source=source, by="Elena")
    hers, second = key_of(shop, "AZ-77"), key_of(shop, "T-9", "calls")
    shop.add(
        [
            Entry("links", {"left_key": hers, "right_key": second, "decided_at": NOW, "verdict": "same"}),
            Entry("facts", {"client_key": hers, "name": "fear", "value": TEXT, "source": "call", "known_at": NOW}),
        ]
    )
    shop.seal()
    shop.add(
        [
            Entry("facts", {"client_key": second, "name": "need", "value": TEXT, "source": "call", "known_at": NOW}),
            Entry(
                "interactions",
                {
                    "client_key": hers,
                    "source": "pages",
                    "occurred_at": NOW,
                    "occurred_on": NOW.date(),
                    "kind": "visit",
                    "text": f"{NAME} came by",
                },
            ),
            Entry(
                "interactions",
                {
                    "client_key": key_of(shop, "AZ-78"),
                    "source": "pages",
                    "occurred_at": NOW,
                    "occurred_on": NOW.date(),
                    "kind": "visit",
                    "text": "Ana came by",
                },
            ),
        ]
    )
    exports = shop.folder / "exports"
    exports.mkdir()
    (exports / "slipping.csv").write_text(f"name,value\n{NAME},3\n", encoding="utf-8")
    (exports / "others.csv").write_text("name,value\nAna Kovac,3\n", encoding="utf-8")
    return shop


def key_of(shop: Workspace, reference: str, source: str = "shop") -> int:
    """The client key of a reference."""
    return shop.vault.keys(source, [reference])[reference]
