from typing import Any

from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class TrustConfig(AppConfig):
    name = "kring.trust"
    label = "trust"
    verbose_name = _("Trust")

    def ready(self) -> None:
        from kring.trust.enforcement import enforce_after_migrating

        post_migrate.connect(enforce_after_migrating, sender=self)
        connection_created.connect(keep_statements_prepared)


def keep_statements_prepared(connection: Any, **_: Any) -> None:
    """The statements of all pages stay prepared on a connection; a hundred, the usual number, would not do."""
    connection.connection.prepared_max = 1000
