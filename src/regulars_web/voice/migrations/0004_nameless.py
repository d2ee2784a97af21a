"""Colleagues answer without a name, and say at most where they work and on which level."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("voice", "0003_sending"),
    ]

    operations = [
        migrations.AddField(
            model_name="submission",
            name="department",
            field=models.CharField(blank=True, max_length=120),
        ),
        migrations.AddField(
            model_name="submission",
            name="level",
            field=models.CharField(blank=True, max_length=20),
        ),
    ]
