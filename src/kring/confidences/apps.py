from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConfidencesConfig(AppConfig):
    name = "kring.confidences"
    label = "confidences"
    verbose_name = _("What is told in confidence")
