"""Steps of migrations that draw no models in between."""

import pytest
from django.db import IntegrityError, connection, migrations, models
from django.db.migrations.state import ProjectState

from ledger.api import CreateTogether, RunOnConnection

KEY = ("id", models.BigAutoField(primary_key=True))


def steps():
    """Two tables that know each other, and a rule that was added later."""
    return [
        migrations.CreateModel(name="Nest", fields=[KEY, ("name", models.CharField(max_length=20))]),
        migrations.CreateModel(
            name="Bird",
            fields=[KEY, ("nest", models.ForeignKey(to="trial.nest", on_delete=models.CASCADE))],
        ),
        migrations.AddField(
            model_name="nest",
            name="keeper",
            field=models.ForeignKey(to="trial.bird", null=True, on_delete=models.SET_NULL),
        ),
        migrations.AddConstraint(
            model_name="nest", constraint=models.UniqueConstraint(fields=["name"], name="one_nest_of_a_name")
        ),
    ]


def trial_tables() -> list[str]:
    return sorted(name for name in connection.introspection.table_names() if name.startswith("trial_"))


@pytest.mark.django_db(transaction=True)
def test_tables_are_made_in_one_go_and_dropped_again():
    step, before, after = CreateTogether(steps()), ProjectState(), ProjectState()
    step.state_forwards("trial", after)
    with connection.schema_editor() as editor:
        step.database_forwards("trial", editor, before, after)
    try:
        assert trial_tables() == ["trial_bird", "trial_nest"]
        nest = after.apps.get_model("trial", "Nest")
        keeper = after.apps.get_model("trial", "Bird").objects.create(
            nest=nest.objects.create(name="hoog"),
        )
        nest.objects.update(keeper=keeper)
        with pytest.raises(IntegrityError):
            nest.objects.create(name="hoog")
    finally:
        with connection.schema_editor() as editor:
            step.database_backwards("trial", editor, after, before)
    assert trial_tables() == []


def test_state_is_the_same_as_step_by_step():
    one_by_one, together = ProjectState(), ProjectState()
    for step in steps():
        step.state_forwards("trial", one_by_one)
    CreateTogether(steps()).state_forwards("trial", together)
    assert together == one_by_one
    assert list(together.models) == [("trial", "nest"), ("trial", "bird")]


def test_models_drawn_earlier_do_not_stay_behind():
    state = ProjectState()
    steps()[0].state_forwards("trial", state)
    assert [model.__name__ for model in state.apps.get_models()] == ["Nest"]
    CreateTogether(steps()[1:2]).state_forwards("trial", state)
    assert [model.__name__ for model in state.apps.get_models()] == ["Nest", "Bird"]


def test_step_about_another_table_is_refused():
    with pytest.raises(ValueError, match=r"Add field keeper to nest.*not about a table that is made here"):
        CreateTogether(steps()[1:])


def test_plan_says_how_many():
    assert CreateTogether(steps()).describe() == "Create 2 models together"


@pytest.mark.django_db
def test_code_on_the_connection_draws_no_model():
    said = []
    step = RunOnConnection(
        lambda apps, editor: said.append((len(apps.get_models()), editor.connection.alias))
    )
    state = ProjectState()
    step.database_forwards("trial", type("Editor", (), {"connection": connection})(), state, state)
    assert said == [(0, "default")]
    assert "apps" not in state.__dict__
