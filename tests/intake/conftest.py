import psycopg
import pytest

from intake.desk import Desk


@pytest.fixture
def desk(owner: psycopg.Connection) -> Desk:
    """A village with Els and Marc at the contact point, Karin who teaches, and the next village."""
    return Desk(owner)
