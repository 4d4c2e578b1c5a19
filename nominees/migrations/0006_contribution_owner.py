"""Every contribution that is being written belongs to the municipality that wrote it."""

import django.db.models.deletion
from django.db import migrations, models


def give_to_the_only_one(apps, _schema_editor):
    """Unpublished contributions of one municipality are its own; joint ones stay everybody's."""
    contribution = apps.get_model("nominees", "Contribution")
    alone = contribution.objects.filter(published_at=None).annotate(number=models.Count("municipalities"))
    for each in alone.filter(number=1):
        each.owner = each.municipalities.get()
        each.save(update_fields=["owner"])


class Migration(migrations.Migration):
    dependencies = [("nominees", "0005_motivation_in_english")]
    operations = [
        migrations.AddField(
            model_name="contribution",
            name="owner",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="nominees.municipality",
            ),
        ),
        migrations.RunPython(give_to_the_only_one, migrations.RunPython.noop),
    ]
