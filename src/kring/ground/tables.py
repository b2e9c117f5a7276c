"""Tables of a new village, made in one go.

Django draws every model anew after each step of a migration, which for a village that begins is five sixths of the
work. Nothing reads a table before the last of these steps is done, so the models are drawn once, at the end.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations import CreateModel
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState


class MadeAtOnce(Operation):
    """Steps of one app that make its tables, with keys, indexes and constraints: the database sees the last state only.

    Parameters: `operations`, in the order in which a migration would take them; each table is made here for the first
    time, so nothing in between has a meaning for the database.
    """

    reversible = False  # a village does not go back to before it began

    def __init__(self, operations: Sequence[Operation]) -> None:
        self.operations = list(operations)

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        vars(state).pop("apps", None)  # what was drawn so far would be drawn anew by each of them
        for one in self.operations:
            one.state_forwards(app_label, state)

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        for one in self.operations:
            if isinstance(one, CreateModel):
                model = to_state.apps.get_model(app_label, one.name)
                if self.allow_migrate_model(schema_editor.connection.alias, model):
                    schema_editor.create_model(model)
