"""Wishes of a plan move from the session, which lasts a year, to the check, which does not last."""

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

#: Where sessions held them.
WISHES = "plan_wishes"


def forget_in_sessions(apps: StateApps, _: BaseDatabaseSchemaEditor) -> None:
    """Take the wishes out of every session."""
    store = SessionStore()
    for session in apps.get_model("sessions", "Session").objects.iterator():
        held = store.decode(session.session_data)
        if held.pop(WISHES, None) is not None:
            session.session_data = store.encode(held)
            session.save(update_fields=["session_data"])


class Migration(migrations.Migration):
    dependencies = [
        ("web", "0002_record"),
        ("sessions", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="visit",
            name="wishes",
            field=models.TextField(blank=True, default=""),
        ),
        migrations.AlterField(
            model_name="entry",
            name="kind",
            field=models.CharField(
                choices=[
                    ("plan", "Plan"),
                    ("about", "What is tracked"),
                    ("check_in", "Check-in"),
                    ("score", "Questionnaire"),
                    ("running", "Running test"),
                    ("note", "Note"),
                ],
                max_length=10,
            ),
        ),
        migrations.RunPython(forget_in_sessions, migrations.RunPython.noop),
    ]
