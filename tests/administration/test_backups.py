"""The page of backups: red words while none counts, for who keeps the village and who watches, and for nobody else."""

from datetime import timedelta

from django.utils import timezone

from kring.ground.backups import shelf
from web.doorstep import browser, build


def test_a_backup_nobody_restored_counts_as_none(owner, settings, tmp_path, monkeypatch):
    here = build(owner)
    told: dict = {}
    monkeypatch.setattr(shelf, "remembered", lambda place: told)
    settings.LEDGER, settings.KEPT_FOLDER = tmp_path / "ledger", tmp_path / "kept"
    ada = browser(owner, here.ada)
    page = lambda: ada.get("/village/keep/backups/").content.decode()  # noqa: E731
    assert "No backup counts." in page()
    told["backup"] = {"at": timezone.now().isoformat()}
    assert "kring check --drill" in page()
    told["drill"] = {"at": timezone.now().isoformat(), "rows": 12}
    assert "No backup counts." not in page()
    told["drill"] = {"at": (timezone.now() - timedelta(days=31)).isoformat(), "rows": 12}
    assert "No backup counts." in page()
    (tmp_path / "ledger").write_text("torn\n{}\n")
    assert "It is damaged." in page()
    vera = browser(owner, here.scene.worker("Vera", "trust officer", "Town"))
    assert str(tmp_path) not in vera.get("/village/keep/backups/").content.decode()
    for who in (here.els, here.samira):
        assert browser(owner, who).get("/village/keep/backups/").status_code == 404
