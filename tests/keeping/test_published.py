"""What is known of an offer goes out whole: HSDS, data·inclusion with hours of OpenStreetMap, schema.org (E14)."""

import json
from datetime import date, datetime, time
from decimal import Decimal

from data_inclusion.schema import v1
from opening_hours import OpeningHours

from kring.network.models import Offer
from kring.network.opening import Different
from kring.network.published import data_inclusion
from kring.network.published.finding import with_all_that_is_told
from kring.network.published.records import full_service
from kring.network.usecases import facts
from kring.network.usecases.facts import OpeningWords, Price
from network.judge import complaints
from network.scene import NOW, Scene

MORNING, AFTERNOON = (time(9), time(12)), (time(14), time(17))


def told(scene: Scene, offer: Offer, **words: object) -> Offer:
    different = (
        Different(date(2026, 12, 24), date(2027, 1, 3)),
        Different(date(2026, 12, 5), date(2026, 12, 5), (MORNING,), "open dag"),
    )
    with scene.as_(scene.lead) as lieve:
        week = {"MO": (MORNING, AFTERNOON), "TU": (MORNING, AFTERNOON), "WE": (AFTERNOON,)}
        opening = OpeningWords(week=week, school_holidays="closed", different=different, **words)
        facts.say_when(offer, opening, by=lieve, at=NOW)
        price = Price(free=False, amount=Decimal("2.50"), with_pass="UiTPAS")
        facts.say_price(Offer.objects.get(pk=offer.pk), price, by=lieve, at=NOW)
        return with_all_that_is_told(Offer.objects.filter(pk=offer.pk)).get()


def test_hsds_takes_all_of_it(scene: Scene, offer: Offer) -> None:
    service = full_service(told(scene, offer, by_appointment=True))
    assert complaints("service", service) == []
    schedules = {
        one.get("byday", one.get("valid_from", one.get("description"))): one for one in service["schedules"]
    }
    assert (
        schedules["WE,MO,TU" if "WE,MO,TU" in schedules else "MO,TU,WE"]["notes"] == "Not in school holidays."
    )
    assert schedules["2026-12-05"]["description"] == "open dag: 09:00–12:00"
    assert schedules["2026-12-24"]["description"] == "closed"
    assert "By appointment." in schedules
    assert [(one["amount"], one["option"]) for one in service["cost_options"]] == [(2.5, "UiTPAS")]


def test_data_inclusion_tells_hours_as_openstreetmap_does(scene: Scene, offer: Offer) -> None:
    publisher = data_inclusion.Publisher("kring", "https://kring.example", lambda one: "")
    (service,) = data_inclusion.listing([told(scene, offer)], publisher).services
    hours = service["horaires_accueil"]
    assert hours == (
        "Mo,Tu 09:00-12:00,14:00-17:00; We 14:00-17:00; SH off; 2026 Dec 24-2027 Jan 03 off; 2026 Dec 05 09:00-12:00"
    )
    day = datetime.combine(date(2026, 12, 28), time(10))
    assert not OpeningHours(hours).is_open(day)
    assert OpeningHours(hours).is_open(day.replace(day=5))
    assert OpeningHours(hours).is_open(day.replace(day=7))
    assert service["frais_precisions"] == "2,50 €, UiTPAS"
    v1.Service.model_validate(service | {"date_maj": "2024-05-02"}, context={"ignore_warnings": False})


def test_only_an_appointment_is_told_in_french_too(scene: Scene, offer: Offer) -> None:
    with scene.as_(scene.lead) as lieve:
        facts.say_when(offer, OpeningWords(by_appointment=True), by=lieve, at=NOW)
        row = with_all_that_is_told(Offer.objects.filter(pk=offer.pk)).get()
    publisher = data_inclusion.Publisher("kring", "https://kring.example", lambda one: "")
    (service,) = data_inclusion.listing([row], publisher).services
    assert service["horaires_accueil"] == '"sur rendez-vous"'


def test_search_engines_read_hours_and_price(scene: Scene, offer: Offer, client) -> None:
    told(scene, offer)
    page = client.get(f"/offers/{offer.pk}/").content.decode()
    block = json.loads(page.split('<script type="application/ld+json">')[1].split("</script>")[0])
    assert (block["offers"]["price"], block["offers"]["priceCurrency"]) == ("2.50", "EUR")
    closed = [one for one in block["hoursAvailable"] if one.get("validFrom") == "2026-12-24"]
    assert [(one["opens"], one["closes"]) for one in closed] == [("00:00", "00:00")]
