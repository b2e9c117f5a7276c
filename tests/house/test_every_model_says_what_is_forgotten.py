"""Every field that points to a person, an account, a circle or a family says what becomes of its row."""

import pytest
from django.apps import apps

from kring.trust.enforcement import guarded_models
from kring.trust.erasing import forgetting_function
from kring.trust.forgetting import STAYS, lines, pointing

MODELS = sorted(guarded_models(), key=lambda model: model._meta.label)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_every_field_that_means_somebody_has_a_line(model):
    """Add a line to forgotten.py of its app: REMOVED, emptied(…) or stays(why)."""
    said = lines()[model._meta.label]
    assert {field.name for field in pointing(model)} <= set(said)
    assert set(said) <= {field.name for field in model._meta.concrete_fields}
    assert all(fate.reason or fate.deed != STAYS for fate in said.values())


def test_what_others_hang_on_is_removed_with_them_and_every_line_makes_sql():
    text = forgetting_function()
    for label, fates in lines().items():
        if any(fate.deed == "removes" for fate in fates.values()):
            assert f'DELETE FROM "{apps.get_model(label)._meta.db_table}"' in text


def test_every_library_about_an_account_has_a_line():
    named = set(lines())
    for model in apps.get_models(include_auto_created=True):
        assert not list(pointing(model)) or model._meta.label in named
