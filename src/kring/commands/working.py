"""`kring worker`: letters, paper and reminders, done in the background."""

from kring.commands import database, preparing


def main(argv: list[str]) -> int:
    """Work until told to stop; what is begun is finished first."""
    from django.core.management import call_command

    preparing.django_ready()
    with database.running():
        call_command("procrastinate", "worker", *argv)
    return 0
