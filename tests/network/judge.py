"""The specification's own schemas judge every record that goes out."""

import json
from functools import lru_cache
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker

from network.samples import EXAMPLES

SCHEMAS = EXAMPLES / "schema"


def _read(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((SCHEMAS / f"{name}.json").read_text())
    return found


@lru_cache
def judge_of(kind: str) -> Draft202012Validator:
    """The judge of one kind: `service`, `organization`, … nested in full; `service_list`, `organization_list`."""
    if kind.endswith("_list"):
        return Draft202012Validator(_read(kind), format_checker=FormatChecker())
    whole = _read("service_with_definitions")
    schema = (
        whole if kind == "service" else whole["definitions"][kind] | {"definitions": whole["definitions"]}
    )
    return Draft202012Validator(schema, format_checker=FormatChecker())


def complaints(kind: str, *records: dict[str, Any]) -> list[str]:
    """What the specification has against these records."""
    return [
        f"{record.get('name', record.get('id'))}: {why.json_path}: {why.message}"
        for record in records
        for why in judge_of(kind).iter_errors(record)
    ]
