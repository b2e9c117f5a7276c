"""Hanging a photograph at an offer, and taking it away."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from kring.network import rules
from kring.network.models import Offer, Picture
from kring.network.photographs import develop
from kring.network.usecases.offers import must_keep
from kring.trust import journal
from kring.trust.viewer import Viewer

MOST = 4


class WallIsFull(Exception):
    """An offer has four pictures at most."""


class PictureSaysNothing(Exception):
    """A picture needs words for who cannot see it, and the name of its maker."""


@transaction.atomic
def hang(
    offer: Offer, content: bytes, *, alt: str, maker: str, licence: str, by: Viewer, at: datetime
) -> Picture:
    """Hangs a photograph at an offer; the same one twice hangs there once.

    Raises what `develop` raises, WallIsFull and PictureSaysNothing.
    """
    must_keep(by, offer)
    alt, maker = rules.one_line(alt, 200), rules.one_line(maker, 120)
    if not (alt and maker and licence in Picture.Licence.values):
        raise PictureSaysNothing
    made = develop(content)
    Offer.objects.select_for_update().get(pk=offer.pk)
    already = Picture.objects.filter(offer=offer, digest=made.digest).first()
    if already is not None:
        return already
    if Picture.objects.filter(offer=offer).count() >= MOST:
        raise WallIsFull
    picture = Picture.objects.create(
        village_id=offer.village_id, offer=offer, alt=alt, maker=maker, licence=licence, large=made.large,
        small=made.small, width=made.width, height=made.height, digest=made.digest, added_by_id=by.person_id, added_at=at,
    )  # fmt: skip
    journal.write("picture hung", by=by, at=at, object_id=picture.pk)
    return picture


@transaction.atomic
def take_down(picture_id: UUID, *, of: Offer, by: Viewer, at: datetime) -> None:
    """The photograph goes, from the page and from the database; twice is the same as once."""
    must_keep(by, of)
    if Picture.objects.filter(offer=of, pk=picture_id).delete()[0]:
        journal.write("picture taken down", by=by, at=at, object_id=picture_id)
