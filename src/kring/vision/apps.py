from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class VisionConfig(AppConfig):
    name = "kring.vision"
    label = "vision"
    verbose_name = _("What the village stands for")
