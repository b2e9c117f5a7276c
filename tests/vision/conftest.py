"""What the tests of words, cards and principles share."""

import psycopg
import pytest

from vision.scene import Guidepost, raised


@pytest.fixture
def post(owner: psycopg.Connection) -> Guidepost:
    """A village whose words somebody keeps."""
    return raised(owner)
