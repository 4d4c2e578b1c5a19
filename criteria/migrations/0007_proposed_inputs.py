# The sum of what a decision was proposed on; a planned publication that stops because an entry has left.

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("criteria", "0006_publication"),
    ]

    operations = [
        migrations.AddField(
            model_name="decision",
            name="proposed_inputs",
            field=models.CharField(blank=True, max_length=64, null=True),
        ),
        migrations.AlterField(
            model_name="publication",
            name="why",
            field=models.CharField(
                blank=True,
                choices=[
                    ("by_hand", "The organiser stopped it."),
                    ("not_running", "The edition was not running when the time came."),
                    ("corrected", "A new decision was begun that replaces this one."),
                    ("not_confirmed", "The decision was no longer the one in force."),
                    (
                        "left",
                        "An entry that the decision lets win or honours has left. The jury must decide anew.",
                    ),
                ],
                max_length=15,
            ),
        ),
    ]
