"""Style, script and pictures, compressed and named by their content; made again when they change."""

import hashlib
from pathlib import Path

STAMP = ".made-from"


def collect_if_changed() -> bool:
    """Collect the static files unless they are the same as last time; True when it was done."""
    from django.conf import settings
    from django.contrib.staticfiles.finders import get_finders
    from django.core.management import call_command

    root = Path(settings.STATIC_ROOT)
    found = hashlib.sha256()
    for finder in get_finders():
        for name, storage in sorted(finder.list([]), key=lambda pair: pair[0]):
            stat = Path(storage.path(name)).stat()
            found.update(f"{name}:{stat.st_size}:{stat.st_mtime_ns}\n".encode())
    stamp = root / STAMP
    if stamp.exists() and stamp.read_text() == found.hexdigest():
        return False
    backend = "whitenoise.storage.CompressedManifestStaticFilesStorage"
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": backend}}
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(found.hexdigest())
    return True
