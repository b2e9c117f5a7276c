from typing import Any

from django.apps import AppConfig
from django.db.backends.signals import connection_created

PREPARED = 250


class CommandsConfig(AppConfig):
    name = "kring.commands"
    label = "commands"

    def ready(self) -> None:
        connection_created.connect(remember_more_statements, dispatch_uid="prepared")


def remember_more_statements(connection: Any, **kwargs: Any) -> None:
    """A connection keeps the plans of all common pages, not of the last hundred statements only."""
    if connection.alias == "default":
        connection.connection.prepared_max = PREPARED
