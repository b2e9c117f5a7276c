"""What would make it unsafe to serve real families, each as one sentence."""

import os
from typing import Any

LOCAL = ("localhost", "127.0.0.1", "[::1]", "::1")


def problems(host: str) -> list[str]:
    """Everything unsafe about settings and database; empty when the ground holds."""
    from django.conf import settings

    open_lines = [one for alias in ("default", "clock") for one in lines(settings.DATABASES.get(alias, {}))]
    return [*_settings(host), *dict.fromkeys(open_lines), *_server()]


def _settings(host: str) -> list[str]:
    from django.conf import settings

    found = []
    if settings.DEBUG:
        found.append("DEBUG is on: error pages would show what families wrote. Switch it off.")
    given = os.environ.get("KRING_SECRET")
    if given is not None and (len(given) < 32 or len(set(given)) < 10):
        found.append("KRING_SECRET is too weak. Take it away, or make it 32 random letters or more.")
    public = host not in LOCAL or any(name not in LOCAL for name in settings.ALLOWED_HOSTS)
    if settings.DEMO and public:
        found.append("The demonstration lets anyone be anybody. It may be served on localhost only.")
    if "*" in settings.ALLOWED_HOSTS:
        found.append("KRING_HOSTS may not be a star. Name the addresses of this village.")
    return found


def lines(database: dict[str, Any]) -> list[str]:
    """Lines to another machine that somebody on the way could read: to the database, and to the post."""
    from django.conf import settings

    found = []
    host, sure = str(database.get("HOST", "")), database.get("OPTIONS", {}).get("sslmode") == "verify-full"
    if host and not host.startswith("/") and host not in LOCAL and not sure:
        found.append("The line to the database is open. Put ?sslmode=verify-full at the end of DATABASE_URL.")
    if settings.EMAIL_HOST and settings.EMAIL_HOST not in LOCAL and not settings.EMAIL_USE_TLS:
        found.append("The line to the post is open. Take KRING_MAIL_TLS=0 away.")
    return found


def _server() -> list[str]:
    """The switches of the database server without which a village may lose what it was told."""
    from django.db import connection

    wanted = {
        "fsync": ("on", "The database does not write to disk (fsync=off). Switch it on."),
        "full_page_writes": (
            "on",
            "The database may break at a power cut (full_page_writes=off). Switch it on.",
        ),
        "data_checksums": ("on", "The database has no checksums. Run pg_checksums --enable on it."),
    }
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, setting FROM pg_settings WHERE name = ANY(%s)", [list(wanted)])
        now = dict(cursor.fetchall())
        cursor.execute("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")
        (mighty,) = cursor.fetchone()
    found = [sentence for name, (value, sentence) in wanted.items() if now.get(name) != value]
    if mighty:
        found.append("The database user passes every policy. Let DATABASE_URL name another one.")
    return found
