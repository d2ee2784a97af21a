"""`python -m bench.pages`: what a colleague waits for the map of journeys over a large log: counted once, then warm.

There is no peer; what is printed is the time of the first count and the milliseconds of the page that follows, moved in
its detail, too. The page is asked for inside the process, as the server would, so no network and no browser count.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path

from bench.base import BUILD, Waited, waited
from bench.made_company import company

MAP = "/journeys/"
WARM = {"map of journeys, warm": MAP, "the same, more paths": f"{MAP}?detail=90"}
AIM_MS = 1000


def main() -> int:
    """Print the table; 0 whatever the figures are."""
    asked = _parser().parse_args()
    client = _signed_in(company(BUILD / "bench-data", asked.rows))
    begun = time.perf_counter()
    _seen(client, f"{MAP}?whole=yes")
    print(f"first count of the map: {time.perf_counter() - begun:.1f} s", file=sys.stderr, flush=True)
    heading = f"{asked.rows:,} interactions"
    print(f"| {heading:<42} | p50 ms | p95 ms | processor | aim |\n|{'-' * 44}|-------:|-------:|----------:|----:|")
    for task, address in WARM.items():
        found: Waited = waited(task, [lambda address=address: _seen(client, address)] * asked.runs, aim=AIM_MS)
        print(found, flush=True)
    return 0


def _signed_in(folder: Path):  # type: ignore[no-untyped-def]  # Django's types are there only once it is set up
    os.environ["REGULARS_WORKSPACE"] = str(folder)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "regulars_web.settings")
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.test import Client

    from regulars_web.accounts.models import User

    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]
    call_command("migrate", verbosity=0)
    email = "bench@example.com"
    user = User.objects.filter(email=email).first() or User.objects.create_user(email, None, name="Bench", role="owner")
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def _seen(client, address: str) -> None:  # type: ignore[no-untyped-def]
    answer = client.get(address)
    if answer.status_code != 200 or b'aria-busy="true"' in answer.content:
        raise SystemExit(f"{address} did not come whole: {answer.status_code}")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.pages", description=__doc__)
    parser.add_argument("--rows", type=int, default=20_000_000, help="interactions in the log (20,000,000)")
    parser.add_argument("--runs", type=int, default=20, help="times that each page is asked for (20)")
    return parser


if __name__ == "__main__":
    sys.exit(main())
