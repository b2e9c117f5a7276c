"""The page of backups: red words while none counts, for who keeps the village and who watches, and for nobody else."""

from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from kring.ground.backups import shelf
from kring.trust import kept
from web.doorstep import browser, build


def test_a_backup_nobody_restored_counts_as_none(owner, settings, tmp_path, monkeypatch):
    here = build(owner)
    told: dict = {}
    monkeypatch.setattr(shelf, "remembered", lambda place: told)
    settings.LEDGER, settings.KEPT_FOLDER, settings.KEYS_FOLDER = (
        tmp_path / name for name in ("ledger", "kept", "keys")
    )
    ada = browser(owner, here.ada)
    page = lambda: ada.get("/village/keep/backups/").content.decode()  # noqa: E731
    assert "No backup counts." in page()
    told["backup"] = {"at": timezone.now().isoformat()}
    assert "kring check --drill" in page()
    assert "Else it is lost" in page(), "a ledger that is not there may be one that was lost"
    told["drill"] = {"at": timezone.now().isoformat(), "rows": 7123}
    assert "No backup counts." not in page()
    assert "7123" not in page(), "the rows of every village on this machine"
    told["drill"] = {"at": (timezone.now() - timedelta(days=31)).isoformat()}
    assert "No backup counts." in page()
    (tmp_path / "ledger").write_text("torn\n{}\n")
    assert "It is damaged." in page()
    for house, until in ((uuid4(), "2046-01-01"), (here.scene.village, "2047-01-01")):
        kept.keep(kept.Copy(id=str(uuid4()), house=str(house), village="Lindekwartier", country="BE", file="f", law="l",
                            language="nl", made_on="2026-01-01", until=until), {"texts": []})  # fmt: skip
    owner.execute("UPDATE trust_village SET name = 'De Linden' WHERE id = %s", [here.scene.village])
    assert "2046" not in page(), "what another village of this name keeps is not told here"
    assert "2047" in page(), "also when the village took another name since"
    elsewhere, own = (
        next(one.id for one in kept.every() if one.until[:4] == year) for year in ("2046", "2047")
    )
    ask = "/two-people/ask/kept/"
    for copy, answer in ((elsewhere, 422), (uuid4(), 422), (own, 302)):
        said = ada.post(ask, {"copy": copy, "why": "De rechter vraagt het."})
        assert (said.status_code, b"There is no copy of this number here." in said.content) == (
            answer,
            answer == 422,
        )
    vera = browser(owner, here.scene.worker("Vera", "trust officer", "Town"))
    assert str(tmp_path) not in vera.get("/village/keep/backups/").content.decode()
    for who in (here.els, here.samira):
        assert browser(owner, who).get("/village/keep/backups/").status_code == 404
