from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ClockConfig(AppConfig):
    name = "kring.clock"
    label = "clock"
    verbose_name = _("By the clock")

    def ready(self) -> None:
        from kring.clock import agreements, corrections, growing, letters, two_people, watching

        letters.announce()
        watching.announce()
        two_people.announce()
        growing.announce()
        agreements.announce()
        corrections.announce()
