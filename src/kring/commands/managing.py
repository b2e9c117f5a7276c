"""`kring manage …`: Django's own commands, with the database at hand."""

from kring.commands import database

WITHOUT_DATABASE = {"collectstatic", "makemigrations", "help", "diffsettings"}


def main(argv: list[str]) -> int:
    """Hand everything over to Django."""
    from django.core.management import execute_from_command_line

    words = ["kring manage", *argv]
    if not argv or argv[0] in WITHOUT_DATABASE:
        execute_from_command_line(words)
        return 0
    with database.running():
        execute_from_command_line(words)
    return 0
