"""Words that everybody who lives here would try first: they make no password longer."""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from kring.trust.models import Organisation, Village

#: How short a word is no such word.
SHORT = 4


def words_of_the_house() -> set[str]:
    """Kring, the names of villages, and of the organisations that work there, in small letters."""
    names = ["Kring", *Village.objects.values_list("name", flat=True)]
    names += Organisation.objects.values_list("name", flat=True)
    return {word for name in names for word in re.findall(r"\w+", name.casefold()) if len(word) >= SHORT}


class WordsOfTheHouse:
    """A password is long enough without the name of the village and of those who work in it."""

    def __init__(self, enough: int) -> None:
        self.enough = enough

    def validate(self, password: str, user: Any = None) -> None:
        """Refuse what is only as long as it is because of such a word."""
        left = password.casefold()
        for word in sorted(words_of_the_house(), key=len, reverse=True):
            left = left.replace(word, "")
        if len(left) < self.enough and len(left) < len(password):
            raise ValidationError(
                _("The names of the village and its organisations do not count. Please make it longer."),
                "words of the house",
            )

    def get_help_text(self) -> str:
        """What people read beside the field."""
        return _("The names of the village and its organisations do not count.")
