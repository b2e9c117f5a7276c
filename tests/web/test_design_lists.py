"""Words in one line are joined as CLDR joins them."""

import pytest
from babel.lists import format_list
from django.utils.translation import override

from kring.web.design import lists

NAMES = ["Naima", "Karim", "Els", "Milan", "{0}"]


@pytest.mark.parametrize(("language", "locale"), [("nl", "nl"), ("fr", "fr"), ("ar", "ar"), ("en", "en_GB")])
def test_joined_as_the_language_joins(language: str, locale: str) -> None:
    for many in range(len(NAMES) + 1):
        with override(language):
            assert lists.listed(NAMES[:many]) == format_list(NAMES[:many], locale=locale)
