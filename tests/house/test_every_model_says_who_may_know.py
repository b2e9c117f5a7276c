"""Every model of ours names its policy and how private each field is, and stands in the glossary."""

import re
from pathlib import Path

import pytest
from django.apps import apps

from kring.trust.enforcement import NAMED, guarded_models
from kring.trust.guard import CLASSES, Guarded

ROOT = Path(__file__).resolve().parents[2]
MODELS = sorted(guarded_models(), key=lambda model: model._meta.label)

#: Libraries whose tables hold no word about a person's life; each with what it holds.
NOT_OURS = {
    "account": "e-mail addresses of staff, for signing in",
    "mfa": "second factors of staff and passkeys",
    "auth": "Django's own, unused",
    "contenttypes": "Django's own",
    "procrastinate": "the queue: ids only",
}


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_a_model_names_its_policy(model):
    assert model.policy == "circle" or model.policy in NAMED
    assert (model.policy == "circle") == issubclass(model, Guarded)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_a_model_says_how_private_each_field_is(model):
    fields = {field.name for field in model._meta.get_fields() if field.concrete}
    assert set(model.data_classes) == fields
    assert set(model.data_classes.values()) <= set(CLASSES)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_a_model_stands_in_the_glossary(model):
    glossary = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    names = {cell.strip() for cell in re.findall(r"^\|[^|]*\|([^|]*)\|", glossary, re.MULTILINE)}
    assert f"`{model.__name__}`" in names


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_a_model_is_described_in_field_words(model):
    assert model.__doc__
    assert not model.__doc__.startswith(f"{model.__name__}(")


def test_no_library_brings_tables_unseen():
    foreign = {
        c.label for c in apps.get_app_configs() if not c.name.startswith("kring.") and list(c.get_models())
    }
    assert foreign == set(NOT_OURS)
