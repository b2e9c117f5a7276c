"""A backup of all tables in memory, put back as a restore does; and a search through every byte of them."""

import psycopg

TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'django_migrations' ORDER BY 1"


def tables(owner: psycopg.Connection) -> list[str]:
    """Every table."""
    return [name for (name,) in owner.execute(TABLES)]


class Backup:
    """What stood in every table at one moment."""

    def __init__(self, owner: psycopg.Connection) -> None:
        self.kept: dict[str, bytes] = {}
        for table in tables(owner):
            with owner.cursor().copy(f'COPY "{table}" TO STDOUT') as out:
                self.kept[table] = b"".join(bytes(part) for part in out)

    def restore(self, owner: psycopg.Connection) -> None:
        """Every table as it was."""
        with owner.transaction():
            owner.execute("SET LOCAL session_replication_role = replica")
            for table in self.kept:
                owner.execute(f'DELETE FROM "{table}"')
            for table, rows in self.kept.items():
                with owner.cursor().copy(f'COPY "{table}" FROM STDIN') as into:
                    into.write(rows)


def stands(owner: psycopg.Connection, texts: set[str]) -> set[str]:
    """Which of these texts stand anywhere, as they are or within a JSON."""
    found: set[str] = set()
    for table in tables(owner):
        with owner.cursor().copy(f'COPY "{table}" TO STDOUT') as out:
            whole = b"".join(bytes(part) for part in out).decode()
        found |= {text for text in texts - found if text in whole or escaped(text) in whole}
    return found


def escaped(text: str) -> str:
    """A text as COPY writes it."""
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t")
