"""What a template falls back to is always there: Django forgives a missing word, and never a missing argument of a filter."""

import re

from house.test_order import kept, name

#: The first, second … of a list, as the argument of a filter: of an empty list there is none, and the page falls.
PLACE_IN_A_LIST = re.compile(r"\|\s*\w+:\w+(?:\.\w+)*\.\d")


def test_no_filter_takes_a_place_in_a_list_as_its_argument() -> None:
    templates = kept("**/templates/**/*.html")
    assert len(templates) > 100
    assert [name(path) for path in templates if PLACE_IN_A_LIST.search(path.read_text())] == []
    assert PLACE_IN_A_LIST.search("{{ summary.known|default:summary.steps.0.known }}")
