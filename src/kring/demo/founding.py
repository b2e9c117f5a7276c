"""The demonstration village before its families: partners, people with jobs, offers, who is on duty."""

from datetime import datetime
from uuid import UUID

from kring.demo.cast import PARTNERS, PROFESSIONALS, VILLAGE, Professional
from kring.demo.offers import OFFERS
from kring.demo.town import DOORS
from kring.intake.usecases.duties import take_turns
from kring.network.models import OrganisationCard
from kring.network.usecases import offers
from kring.trust import viewer
from kring.trust.models import Agreement, Job, Organisation
from kring.trust.usecases import accounts, confirming, villages


class Village:
    """Who is who in the demonstration while it is being built; keys are those of the cast."""

    def __init__(self) -> None:
        self.organisations: dict[str, UUID] = {}
        self.people: dict[str, UUID] = {}
        self.jobs: dict[str, Job] = {}
        self.offers: dict[str, UUID] = {}
        self.village_id: UUID | None = None


def found(at: datetime) -> Village:
    """Found the village with its administrator, then everybody else by invitation."""
    here = Village()
    sofie = next(p for p in PROFESSIONALS if p.role == "administrator")
    town = next(p for p in PARTNERS if p.key == sofie.partner)
    founded = villages.found(
        VILLAGE["name"], country=VILLAGE["country"], timezone=VILLAGE["timezone"], language=VILLAGE["language"],
        phone=VILLAGE["phone"], organisation=town.name, given_name=sofie.given_name, surname=sofie.surname,
        email=sofie.email, at=at,
    )  # fmt: skip
    here.people[sofie.key] = founded.administrator.pk
    with viewer.acting(founded.administrator.pk, page="founding", at=at) as me:
        here.village_id, here.organisations[town.key] = me.village_id, me.jobs[0].organisation
        for partner in PARTNERS:
            if partner.key != town.key:
                made = Organisation.objects.create(
                    village_id=me.village_id, name=partner.name, sector=partner.sector
                )
                Agreement.objects.create(organisation=made, since=at)
                here.organisations[partner.key] = made.pk
        for professional in PROFESSIONALS:
            if professional.key != sofie.key:
                _employ(here, professional, me, at)
    _confirm(here, at)
    _write_directory(here, at)
    with viewer.acting(here.people["els"], page="duty", at=at) as me:
        take_turns(person_id=me.person_id, stand_in_id=here.people["marc"], since=at, by=me, at=at)
    return here


def _employ(here: Village, professional: Professional, me: viewer.Viewer, at: datetime) -> None:
    invited = accounts.invite_staff(
        given_name=professional.given_name, surname=professional.surname, email=professional.email,
        organisation=Organisation.objects.get(pk=here.organisations[professional.partner]),
        role=professional.role, title=professional.title, bound=professional.bound, phone=professional.phone,
        by=me, at=at,
    )  # fmt: skip
    Job.objects.filter(pk=invited.job.pk).update(languages=professional.languages)
    here.people[professional.key], here.jobs[professional.key] = invited.person.pk, invited.job


def _confirm(here: Village, at: datetime) -> None:
    """Whoever keeps the server knows Leen of the dance studio; Leen knows Wim, so that two people are two. Els knows Marc."""
    leen = next(p for p in PROFESSIONALS if p.role == "lead")
    villages.confirm(leen.email)
    with viewer.acting(here.people[leen.key], page="two people", at=at) as me:
        confirming.confirm(here.jobs["wim"].pk, by=me)
    with viewer.acting(here.people["els"], page="two people", at=at) as me:
        confirming.confirm(here.jobs["marc"].pk, by=me)


def _write_directory(here: Village, at: datetime) -> None:
    contacts = {p.partner: p for p in reversed(PROFESSIONALS) if p.role not in ("administrator", "policy")}
    with viewer.acting(here.people["amina"], page="directory", at=at) as me:
        for partner in PARTNERS:
            contact = contacts.get(partner.key)
            OrganisationCard.objects.create(
                village_id=me.village_id, organisation_id=here.organisations[partner.key], words=partner.what,
                contact_name=contact.given_name if contact else "", phone=contact.phone if contact else "",
            )  # fmt: skip
        for given in OFFERS:
            contact = contacts.get(given.partner)
            made = offers.add(
                Organisation.objects.get(pk=here.organisations[given.partner]),
                offers.OfferWords(
                    name=given.name, words=given.words, domains=given.domains, themes=given.themes,
                    youngest=given.youngest, oldest=given.oldest, languages=given.languages, free=given.free,
                    schedule=given.schedule, how_to_get_in=given.how, waiting=given.waiting,
                    contact_name=contact.given_name if contact else "",
                    contact_role=contact.title if contact else "",
                    contact_phone=contact.phone if contact else "",
                ),
                by=me, at=at,
                spots=(offers.Spot(name=next(p.name for p in PARTNERS if p.key == given.partner),
                                   town=VILLAGE["name"], neighbourhood=DOORS[given.partner]),),
            )  # fmt: skip
            here.offers[given.name] = made.pk
