"""How tests bring in a file by the pages."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from regulars_web.imports.models import Upload
from regulars_web.jobs.actions import do_all_waiting

ORDERS = b"""Order no,Customer,Date,Product,Quantity,Price,Remark
1001,C-1,2025-03-04,Chair,2,45.50,
1001,C-1,2025-03-04,Table,1,210.00,
1002,C-2,2025-03-05,Lamp,1,abc,=cmd|calc
1003,,2025-03-06,Chair,1,45.50,
"""


def send(client: Any, content: bytes = ORDERS, name: str = "orders.csv") -> Upload:
    """Drop one file."""
    answer = client.post("/imports/send", {"file": SimpleUploadedFile(name, content)})
    assert answer.status_code == 302, answer.content.decode()
    return Upload.objects.latest("pk")


def described(client: Any, content: bytes = ORDERS, name: str = "orders.csv", **said: str) -> Upload:
    """Drop a file and say that it holds orders of the till."""
    upload = send(client, content, name)
    answer = client.post(f"/imports/file/{upload.pk}", {"form": "orders", "new_source": "till", **said})
    assert answer.status_code == 302, answer.content.decode()
    return upload


def checked(client: Any, content: bytes = ORDERS, name: str = "orders.csv", **said: str) -> Upload:
    """The same, and have it checked."""
    upload = described(client, content, name, **said)
    client.post(f"/imports/file/{upload.pk}/check")
    do_all_waiting()
    upload.refresh_from_db()
    return upload


def imported(client: Any, content: bytes = ORDERS, name: str = "orders.csv", **said: str) -> Upload:
    """The same, and have it imported."""
    upload = checked(client, content, name, **said)
    client.post(f"/imports/file/{upload.pk}/import", {"version": upload.version})
    do_all_waiting()
    upload.refresh_from_db()
    return upload
