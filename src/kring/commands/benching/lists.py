"""A made-up list of a large town, as HSDS tells it: the same on every machine."""

import json
from typing import Any
from uuid import UUID

DAYS = ("MO", "TU", "WE", "TH", "FR")
WORDS = "Together we cook, talk and learn; whoever comes by is welcome and nobody has to sign up first. "


def made_up(size: int) -> bytes:
    """So many services of a tenth as many organisations, each with a place, hours, a language and somebody to call."""
    contents = [_service(number) for number in range(size)]
    return json.dumps({"total_items": size, "total_pages": 1, "contents": contents}).encode()


def _id(kind: int, number: int) -> str:
    return str(UUID(int=(kind << 64) + number + 1, version=4))


def _service(number: int) -> dict[str, Any]:
    home, here = _id(1, number // 10), {"service_id": _id(2, number)}
    place = {
        "id": _id(3, number // 4), "location_type": "physical", "name": f"House {number // 4}",
        "addresses": [{"address_1": f"Street {number // 4}", "city": "Manytown", "region": f"Quarter {number % 40}",
                       "postal_code": "1000", "country": "BE", "state_province": "", "address_type": "physical"}],
    }  # fmt: skip
    return {
        "id": _id(2, number), "organization_id": home, "name": f"Offer {number}", "description": WORDS * 3,
        "organization": {"id": home, "name": f"Partner {number // 10}", "description": WORDS},
        "status": "active", "application_process": "Come by.", "minimum_age": number % 12, "maximum_age": number % 12 + 6,
        "languages": [here | {"id": _id(4, number), "code": ("nl", "fr", "ar")[number % 3]}],
        "schedules": [here | {"id": _id(5, number), "freq": "WEEKLY", "byday": DAYS[number % 5], "opens_at": "14:00",
                              "closes_at": "16:00"}],
        "phones": [here | {"id": _id(6, number), "number": "015 29 83 18"}],
        "service_at_locations": [here | {"id": _id(7, number), "location_id": place["id"], "location": place}],
    }  # fmt: skip
