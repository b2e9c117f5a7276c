from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConfidencesConfig(AppConfig):
    name = "kring.confidences"
    label = "confidences"
    verbose_name = _("What is told in confidence")

    def ready(self) -> None:
        """Every letter about a child asks first whom the child wants to be told."""
        from kring.confidences import letters
        from kring.confidences.usecases.telling_them import is_kept_from
        from kring.messaging import kinds

        kinds.ask_before_sending(is_kept_from)
        letters.announce()
