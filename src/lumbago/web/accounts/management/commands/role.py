"""Say what an account may do: `django-admin role someone@example.org clinician`."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from lumbago.web.accounts.models import Account, Role

__all__ = ["Command"]


class Command(BaseCommand):
    """Give an account a role. The first member of staff gets theirs this way."""

    help = "Give an account a role: person, clinician or staff."

    def add_arguments(self, parser: CommandParser) -> None:
        """Whose, and which."""
        parser.add_argument("email", help="address with which they sign in")
        parser.add_argument("role", choices=Role.values)

    def handle(self, *_: Any, **options: Any) -> None:
        """Change it, or say that there is no such account."""
        email = options["email"].strip().lower()
        if not Account.objects.filter(email=email).update(role=options["role"]):
            raise CommandError(f"nobody signs in as {email}; they create their account first")
        self.stdout.write(f"{email}: {options['role']}")
