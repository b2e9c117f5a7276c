"""A new village gets its tables in one go, and they are those of a village that came by every step."""

from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ModelState
from django.db.migrations.writer import MigrationWriter


def told(model: ModelState) -> dict[str, str]:
    """Fields, indexes, constraints and options of a model, each as it would be written down."""
    named = {one.name: one for kind in ("indexes", "constraints") for one in model.options.get(kind, [])}
    others = {name: one for name, one in model.options.items() if name not in ("indexes", "constraints")}
    return {
        name: MigrationWriter.serialize(one)[0] for name, one in {**model.fields, **named, **others}.items()
    }


def test_at_once_and_step_by_step_are_the_same_tables():
    at_once = MigrationLoader(None)
    by_steps = MigrationLoader(None, replace_migrations=False)
    ours = {app for app, name in at_once.disk_migrations if "squashed" in name}
    assert {"trust", "wraparound", "network", "intake"} <= ours
    found, before = (
        {key: model for key, model in loader.project_state().models.items() if key[0] in ours}
        for loader in (at_once, _without_the_short_ways(by_steps))
    )
    assert found.keys() == before.keys()
    for key, model in found.items():
        assert told(model) == told(before[key]), key


def _without_the_short_ways(loader: MigrationLoader) -> MigrationLoader:
    for key, migration in list(loader.disk_migrations.items()):
        if migration.replaces:
            loader.graph.nodes.pop(key, None)
            node = loader.graph.node_map.pop(key)
            for other in [*node.parents, *node.children]:
                other.children.discard(node)
                other.parents.discard(node)
    return loader
