"""Nothing that leaves counts or orders what several may write: a gap in it would tell of a row one may not see (K4)."""

from django.apps import apps
from django.db import models

from kring.trust.enforcement import guarded_models, policy_of

#: Numbers that say something of their own row alone, and what.
OF_ONE_ROW = {
    "intake.Promise.reminders": "how often one promise was reminded of",
    "network.GoodToKnow.amount": "a price",
    "network.Offer.oldest": "an age",
    "network.Offer.youngest": "an age",
    "network.Place.latitude": "a place on the map",
    "network.Place.longitude": "a place on the map",
    "network.Signpost.offers": "offers everybody may see",
    "trust.AgeRule.guardian_reads_until": "an age",
    "trust.AgeRule.own_voice": "an age",
    "trust.Invitation.overlap_days": "days somebody chose",
    "trust.Invitation.ring": "a place in the drawing",
    "trust.Seat.ring": "a place in the drawing",
    "trust.UnusualLook.families": "families the reader opened themself",
    "trust.Village.answer_days": "days the village chose",
    "trust.Village.chosen_version": "a state of what everybody may see",
    "trust.Village.reading_ends": "an age",
    "trust.Village.term_days": "days the village chose",
    "vision.PrinciplesVersion.number": "a version everybody may see",
    "wraparound.Action.times_done": "how often one step was done",
    "wraparound.EarlierHelp.since_year": "a year",
    "wraparound.EarlierHelp.until_year": "a year",
    "wraparound.Meeting.moves": "how often one meeting was moved",
}
NUMBERS = (models.IntegerField, models.FloatField, models.DecimalField, models.AutoField)


def test_a_number_that_is_told_says_something_of_its_own_row_alone():
    told = {
        f"{model._meta.label}.{field.name}"
        for model in guarded_models()
        if policy_of(model).read
        for field in model._meta.concrete_fields
        if isinstance(field, NUMBERS) and model.data_classes[field.name] not in {"technical", "secret"}
    }
    assert told == set(OF_ONE_ROW), "an order, a count or a number of a row is “technical”"


def test_what_orders_rows_is_said_to_nobody():
    orders = {"position", "order", "place", "number", "rank", "index", "sequence"}
    for model in apps.get_models():
        for name, told in getattr(model, "data_classes", {}).items():
            of_one = f"{model._meta.label}.{name}" in OF_ONE_ROW
            integer = isinstance(model._meta.get_field(name), models.IntegerField)
            assert told in {"technical", "secret"} or of_one or not (name in orders and integer), (
                model,
                name,
            )
