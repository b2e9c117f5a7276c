"""Whatever happened to a file on its way: it never ends in a traceback."""

import json
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kring.network.hsds import Reading, read
from network.samples import EXAMPLES, example_tables, packed

FULL = json.loads((EXAMPLES / "service_full.json").read_text())
COLUMNS = sorted(
    {name for name in FULL} | set(FULL["organization"]) | {"location", "taxonomy_term", "service"}
)
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(COLUMNS) | st.text(max_size=5), inner, max_size=4)
    ),
    max_leaves=20,
)
CALM = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def fit_to_keep(reading: Reading) -> None:
    for record in (*reading.services.values(), *reading.organisations.values(), *reading.locations.values()):
        kept = json.dumps(record.extra, allow_nan=False, ensure_ascii=False)
        assert "\0" not in kept
        kept.encode()
    for problem in reading.problems:
        assert problem.file
        assert problem.message_key


@CALM
@given(ANYTHING)
def test_any_json_is_read_or_named(content: Any) -> None:
    fit_to_keep(read("any.json", json.dumps(content).encode()))


@CALM
@given(st.sampled_from(sorted(FULL)), ANYTHING, st.sampled_from(sorted(FULL["organization"])), ANYTHING)
def test_a_service_with_any_value_in_any_column_is_read_or_named(
    column: str, value: Any, inner: str, other: Any
) -> None:
    organisation = FULL["organization"] | {inner: other}
    fit_to_keep(
        read("any.json", json.dumps(FULL | {"organization": organisation} | {column: value}).encode())
    )


@CALM
@given(st.lists(st.tuples(st.integers(0, 22_000), st.binary(max_size=6)), max_size=8))
def test_a_damaged_file_is_read_or_named(damages: list[tuple[int, bytes]]) -> None:
    content = (EXAMPLES / "service_full.json").read_bytes()
    for place, other in damages:
        content = content[:place] + other + content[place + len(other) :]
    fit_to_keep(read("damaged.json", content))


@CALM
@given(st.sampled_from(sorted(example_tables())), st.integers(0, 600), st.binary(max_size=40))
def test_a_damaged_table_is_read_or_named(name: str, place: int, other: bytes) -> None:
    files = example_tables()
    files[name] = files[name][:place] + other + files[name][place + len(other) :]
    fit_to_keep(read("damaged.zip", packed(files)))


@CALM
@given(st.integers(0, 5_000), st.binary(min_size=1, max_size=20))
def test_a_damaged_zip_is_read_or_named(place: int, other: bytes) -> None:
    content = packed(example_tables())
    fit_to_keep(read("damaged.zip", content[:place] + other + content[place + len(other) :]))


@CALM
@given(st.text(max_size=30), st.binary(max_size=300))
def test_any_bytes_under_any_name_are_read_or_named(name: str, content: bytes) -> None:
    fit_to_keep(read(name, content))
