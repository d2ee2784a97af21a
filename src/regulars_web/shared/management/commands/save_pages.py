"""What ``regulars backup`` asks for where the state is in PostgreSQL: the pages' tables in one file."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection, transaction

# Made anew by the migrations, or worth nothing in another place.
LEFT_OUT = ("contenttypes", "auth.permission", "sessions")


class Command(BaseCommand):
    """Writes every table of the pages as it stands at one instant; nothing where they were never opened."""

    help = "Write the pages' tables into a file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which file."""
        parser.add_argument("path")

    def handle(self, *args: Any, path: str, **options: Any) -> None:
        """Write it."""
        if "accounts_user" not in connection.introspection.table_names():
            return
        with transaction.atomic():
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            call_command("dumpdata", natural_foreign=True, exclude=list(LEFT_OUT), output=path, verbosity=0)
