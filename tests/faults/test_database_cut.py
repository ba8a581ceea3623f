"""Lines to PostgreSQL that are cut or held: 503 for who was not noted, exactly the acknowledged rows, and recovery."""

import time

import pytest

from tests.faults.house import crowd_of

pytestmark = pytest.mark.django_db(transaction=True)


def test_lines_cut_under_load_lose_nothing_that_was_acknowledged(web, database):
    crowd = crowd_of(60)
    people = list(crowd.cookies)
    threads = crowd.all_check_in(web, people=people)
    cut = 0
    while any(thread.is_alive() for thread in threads):
        time.sleep(0.15)
        cut += database.cut()
    for thread in threads:
        thread.join()
    assert cut, "nothing was cut"
    assert set(crowd.statuses) <= {302, 503}
    assert 503 in crowd.statuses, "no request met the fault"
    rows = crowd.rows()
    assert crowd.acknowledged <= set(rows), "acknowledged and not kept"
    assert len(rows) == len(set(rows)), "kept twice"
    # A row whose commit's reply was lost may be there; who tries again gets the same answer and no second row.
    assert [crowd.check_in(web, person) for person in people] == [302] * len(people)
    assert crowd.rows() == sorted(people) == sorted(crowd.acknowledged)


def test_refused_database_answers_503_and_comes_back(web, database):
    crowd = crowd_of(4)
    first, *others = crowd.cookies
    assert crowd.check_in(web, first) == 302
    database.refuse()
    assert {crowd.check_in(web, person) for person in others} == {503}
    assert (web.get("/gezond/live"), web.get("/gezond/klaar")) == (200, 503)
    assert crowd.rows() == [first]
    database.accept()
    assert {crowd.check_in(web, person) for person in others} == {302}
    assert crowd.rows() == sorted(crowd.cookies)


def test_held_replies_give_503_within_ten_seconds_and_recovery(web, database):
    crowd = crowd_of(6)
    people = list(crowd.cookies)
    # Both processes have a connection that they keep.
    for thread in crowd.all_check_in(web, people=people[:2], hands=2):
        thread.join()
    database.hold()
    crowd.statuses.clear()
    for thread in crowd.all_check_in(web, people=people[2:4], hands=2):
        thread.join()
    assert crowd.statuses == [503, 503]
    assert crowd.slowest < 10
    database.release()
    crowd.statuses.clear()
    for thread in crowd.all_check_in(web, people=people[2:], hands=2):
        thread.join()
    assert set(crowd.statuses) == {302}
    assert crowd.rows() == sorted(people) == sorted(crowd.acknowledged)


def test_lost_reply_to_a_commit_is_one_row_whoever_tries_again(web, database):
    crowd = crowd_of(2)
    first, second = crowd.cookies
    # Every process has a connection that it keeps.
    for _time in range(4):
        assert crowd.check_in(web, first) == 302
    database.lose_reply_to(b"COMMIT")
    assert crowd.check_in(web, second) == 503
    assert crowd.rows() == sorted([first, second]), "the server did what it could not say"
    assert second not in crowd.acknowledged
    assert [crowd.check_in(web, second) for _time in range(2)] == [302, 302]
    assert crowd.rows() == sorted([first, second])
