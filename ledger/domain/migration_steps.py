"""Steps of migrations that spare the drawing of models.

After each step Django draws the related models of its state anew. Here everything is related to a person, so a first
migration of sixty tables draws thousands of models: two thirds of the time of a first start.
"""

from collections.abc import Sequence
from typing import Any

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState, StateApps
from django.db.models import Model


class CreateTogether(Operation):
    """Tables that are made in one go: their models are drawn once, when all are known.

    Takes the steps of a first migration: CreateModel, and the fields, indexes and constraints that are added to those
    same models. Raises ValueError for a step about another model.
    """

    reduces_to_sql = True
    reversible = True

    def __init__(self, operations: Sequence[Operation]) -> None:
        self.operations = list(operations)
        self.names = [step.name for step in operations if isinstance(step, migrations.CreateModel)]
        new = {name.lower() for name in self.names}
        for step in operations:
            if not isinstance(step, migrations.CreateModel) and _model_of(step) not in new:
                raise ValueError(f"'{step.describe()}' is not about a table that is made here")

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        """How the step is written."""
        return (type(self).__qualname__, [], {"operations": self.operations})

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Say what the models are; drawn models are put away, so that none is drawn in between."""
        state.__dict__.pop("apps", None)
        for step in self.operations:
            step.state_forwards(app_label, state)

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Make every table as it is in the end; foreign keys follow when all tables stand."""
        for model in self._models(app_label, schema_editor, to_state.apps):
            schema_editor.create_model(model)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Drop the tables, last one first."""
        for model in reversed(self._models(app_label, schema_editor, from_state.apps)):
            schema_editor.delete_model(model)

    def describe(self) -> str:
        """One line for `migrate --plan`."""
        return f"Create {len(self.names)} models together"

    def _models(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, apps: Apps
    ) -> list[type[Model]]:
        models = [apps.get_model(app_label, name) for name in self.names]
        return [model for model in models if self.allow_migrate_model(schema_editor.connection.alias, model)]


class RunOnConnection(migrations.RunPython):
    """Python that works on the connection alone (triggers, functions): no model is drawn for it.

    The functions get an empty registry of models in their first place.
    """

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Run the code."""
        self.code(StateApps([], {}), schema_editor)


def _model_of(step: Operation) -> str:
    return str(getattr(step, "model_name", "")).lower()
