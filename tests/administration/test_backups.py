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
    told["drill"] = {"at": timezone.now().isoformat(), "rows": 12}
    assert "No backup counts." not in page()
    told["drill"] = {"at": (timezone.now() - timedelta(days=31)).isoformat(), "rows": 12}
    assert "No backup counts." in page()
    (tmp_path / "ledger").write_text("torn\n{}\n")
    assert "It is damaged." in page()
    kept.keep(kept.Copy(id=str(uuid4()), village="Elsewhere", country="BE", file="f", law="l", language="nl",
                        made_on="2026-01-01", until="2046-01-01"), {"texts": []})  # fmt: skip
    assert "2046" not in page(), "what another village on this machine keeps is not told here"
    vera = browser(owner, here.scene.worker("Vera", "trust officer", "Town"))
    assert str(tmp_path) not in vera.get("/village/keep/backups/").content.decode()
    for who in (here.els, here.samira):
        assert browser(owner, who).get("/village/keep/backups/").status_code == 404
