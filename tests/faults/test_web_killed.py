"""A web process is killed in the middle of its work: what was acknowledged stands, nothing stands twice."""

import time

import pytest

from tests.faults.house import crowd_of

pytestmark = pytest.mark.django_db(transaction=True)


def test_web_process_killed_under_load_loses_nothing_that_was_acknowledged(web):
    crowd = crowd_of(30)
    people = list(crowd.cookies)
    threads = crowd.all_check_in(web, people=people)
    time.sleep(0.3)
    killed = web.workers()[0]
    web.kill_worker(killed)
    for thread in threads:
        thread.join()
    assert set(crowd.statuses) <= {302, 0}, "an answer, or a line that broke"
    rows = crowd.rows()
    assert crowd.acknowledged <= set(rows)
    assert len(rows) == len(set(rows))
    assert [crowd.check_in(web, person) for person in people] == [302] * len(people)
    assert crowd.rows() == sorted(people) == sorted(crowd.acknowledged)
    assert killed not in web.workers()
    assert len(web.workers()) == 2
