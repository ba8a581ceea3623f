"""A session with its trainer and somebody who follows it."""

import pytest

from tests.factories.lms_cohorts import SessionFactory, enrolled, make_trainer


@pytest.fixture
def trainer():
    return make_trainer(first_name="Truus", last_name="Takje")


@pytest.fixture
def session(trainer):
    return SessionFactory(trainers=[trainer])


@pytest.fixture
def learner(session):
    return enrolled(session.cohort, first_name="Lies").person
