"""The public directory as data·inclusion v1, judged by the models of that schema (row E14)."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from data_inclusion.schema import v1

from kring.network.usecases import lists, offers
from kring.network.usecases.offers import OfferWords, Spot
from kring.trust.models import Organisation
from network.samples import OFFERS
from network.scene import Scene

#: Long ago on every machine: the schema refuses a day that is still to come.
LONG_AGO = datetime(2024, 5, 2, 9, 0, tzinfo=UTC)


def exported(capsys: pytest.CaptureFixture[str]) -> tuple[dict[str, Any], str]:
    from kring.commands import cli

    assert cli.main(["export", "data-inclusion", "--village", "maasdorp"]) == 0
    told = capsys.readouterr()
    return json.loads(told.out), told.err


def judged(told: dict[str, Any]) -> tuple[list[v1.Structure], list[v1.Service]]:
    strict = {"ignore_warnings": False}
    return (
        [v1.Structure.model_validate(one, context=strict) for one in told["structures"]],
        [v1.Service.model_validate(one, context=strict) for one in told["services"]],
    )


def written(scene: Scene, *spots: Spot, **words: Any) -> None:
    with scene.as_(scene.lead) as lieve:
        club = Organisation.objects.get(pk=scene.club)
        offers.add(club, OfferWords(**words), by=lieve, at=LONG_AGO, spots=spots)


def test_the_pilots_offers_fit_the_schema(scene: Scene, capsys: pytest.CaptureFixture[str]) -> None:
    with scene.as_(scene.network) as nora:
        draft = lists.look(OFFERS.name, OFFERS.read_bytes(), by=nora, at=LONG_AGO)
        lists.take_over(draft, by=nora, at=LONG_AGO)
    told, sentence = exported(capsys)
    structures, services = judged(told)
    assert (len(structures), len(services)) == (12, 36)
    assert {one.structure_id for one in services} == {one.id for one in structures}
    assert sentence == "36 services of 12 structures of Maasdorp.\n"
    netsterk = next(one for one in services if one.nom == "NETSTERK")
    assert (netsterk.frais, netsterk.thematiques, netsterk.commune) == (v1.Frais.GRATUIT, None, "Mechelen")


def test_what_we_know_is_told_in_their_words(scene: Scene, capsys: pytest.CaptureFixture[str]) -> None:
    written(
        scene, Spot(name="Le Chalet", street="1 rue du Parc", postcode="59150", town="Wattrelos"),
        name="Atelier du mercredi.", words="On dessine ensemble.", youngest=6, oldest=12, free=False, cost="2 € par mois",
        domains=("leisure", "friends", "school"), contact_name="Lieve", contact_email="lieve@example.org",
        how_to_get_in="Il suffit de venir.", conditions="Pour tous",
    )  # fmt: skip
    told, _ = exported(capsys)
    _, (service,) = judged(told)
    assert (service.nom, service.publics_precisions) == ("Atelier du mercredi", "de 6 à 12 ans")
    assert (service.code_postal, service.adresse) == ("59150", "1 rue du Parc")
    assert service.thematiques == {
        v1.Thematique("remobilisation--lien-social"),
        v1.Thematique("remobilisation--activites-sportives-et-culturelles"),
    }
    assert (service.frais, service.frais_precisions) == (v1.Frais.PAYANT, "2 € par mois")
    assert service.modes_mobilisation == {v1.ModeMobilisation.ENVOYER_UN_COURRIEL}
    assert service.date_maj == LONG_AGO.date()


def test_an_offer_at_two_places_is_two_services(scene: Scene, capsys: pytest.CaptureFixture[str]) -> None:
    written(scene, Spot(town="Lille"), Spot(town="Wattrelos"), name="Danse", words="On danse.")
    _, services = judged(exported(capsys)[0])
    assert {one.commune for one in services} == {"Lille", "Wattrelos"}
    assert len({one.id for one in services}) == 2


def test_what_the_schema_cannot_take_is_named(scene: Scene, capsys: pytest.CaptureFixture[str]) -> None:
    written(scene, name="Voetbal")
    told, sentence = exported(capsys)
    assert told == {"structures": [], "services": []}
    assert sentence == (
        "0 services of 0 structures of Maasdorp. Without a description, so left out: Voetbal.\n"
    )


def test_an_empty_village_is_an_empty_file(scene: Scene, tmp_path: Path) -> None:
    from kring.commands import cli

    file = tmp_path / "elders.json"
    assert cli.main(["export", "data-inclusion", "--village", "elders", "--out", str(file)]) == 0
    assert json.loads(file.read_text()) == {"structures": [], "services": []}
