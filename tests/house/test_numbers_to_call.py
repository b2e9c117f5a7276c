"""A number to call reads from the left, whatever the direction of the page: turned round it is another number."""

import re

from house.test_order import kept, name

SHOWN = re.compile(r"(<[^<>]*>)?[^<>{}]*\{\{ *(?:\w+\.)*\w*phone *\}\}")


def test_every_number_that_is_shown_reads_from_the_left() -> None:
    templates = kept("**/templates/**/*.html")
    found = [(name(path), hit) for path in templates for hit in SHOWN.finditer(path.read_text())]
    assert len(found) > 20
    turned = [where for where, hit in found if "ltr" not in (hit[1] or "")]
    assert turned == []
