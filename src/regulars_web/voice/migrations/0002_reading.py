"""Follow-up marks on answers, and who asked for the weekly mail."""

from __future__ import annotations

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def _person(name: str) -> models.ForeignKey:
    return models.ForeignKey(
        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name=name, to=settings.AUTH_USER_MODEL
    )


class Migration(migrations.Migration):
    """Adds both tables."""

    dependencies = [
        ("voice", "0001_first"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="FollowUp",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("answer", models.BigIntegerField(unique=True)),
                ("client_key", models.BigIntegerField(db_index=True, null=True)),
                ("survey", models.CharField(max_length=200)),
                ("answered_at", models.DateTimeField()),
                ("opened_at", models.DateTimeField()),
                ("opened_by", _person("+")),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="follow_ups",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "open"), ("done", "done")], db_index=True, default="open", max_length=8
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=500)),
                ("replied_at", models.DateTimeField(null=True)),
                ("done_at", models.DateTimeField(null=True)),
                ("done_by", _person("+")),
            ],
            options={"ordering": ("-opened_at", "-pk")},
        ),
        migrations.CreateModel(
            name="DigestWish",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("asked_at", models.DateTimeField()),
                ("sent_at", models.DateTimeField(null=True)),
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="voice_digest",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
    ]
