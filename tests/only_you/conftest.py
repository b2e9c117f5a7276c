import pytest

from confidences.young import Young


@pytest.fixture
def home(owner):
    return Young(owner)
