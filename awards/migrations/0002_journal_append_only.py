"""The journal's triggers. SQLite's flush breaks on them, so test databases leave them out."""

from django.conf import settings
from django.db import migrations

from awards import triggers


def install(_apps, schema_editor):
    """Create the triggers, except in test databases."""
    if not settings.TESTING:
        triggers.install(schema_editor.connection)


def remove(_apps, schema_editor):
    """Take them away."""
    triggers.remove(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("awards", "0001_initial")]
    operations = [migrations.RunPython(install, remove)]
