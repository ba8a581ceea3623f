"""The next appointments of a person, for the desk: the same as the head of their agenda, in one plain statement.

The agenda itself (queries/agenda.py) knows more about each appointment; a test holds the two together.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.utils import timezone

from lms.domain.queries.work import moment_of
from lms.enums import MeetingKind

#: A meeting lasts eight hours at most (a constraint), so one that began before that is over.
LONGEST = timedelta(hours=8)

SOON = """
SELECT 'session' AS what, s.id, s.title, s.cohort_id AS cohort, CAST(s.starts_at AS TEXT) AS starts,
       CAST(s.ends_at AS TEXT) AS ends, 0 AS minutes, s.place, s.online_url, CAST(s.uid AS TEXT) AS uid,
       CASE WHEN EXISTS (SELECT 1 FROM lms_sessiontrainer t WHERE t.session_id = s.id AND t.trainer_id = %(person)s)
            THEN 1 ELSE 0 END AS leads
  FROM lms_session s
 WHERE s.cancelled_at IS NULL AND s.ends_at >= %(now)s
   AND (s.cohort_id IN (SELECT e.cohort_id FROM lms_enrolment e
                         WHERE e.person_id = %(person)s AND e.withdrawn_at IS NULL)
        OR s.id IN (SELECT t.session_id FROM lms_sessiontrainer t WHERE t.trainer_id = %(person)s))
UNION ALL
SELECT 'meeting', m.id, m.kind, 0, CAST(m.starts_at AS TEXT), NULL, m.minutes, '', '', CAST(m.uid AS TEXT), 0
  FROM lms_meeting m JOIN lms_groupmember g ON g.group_id = m.group_id
 WHERE g.person_id = %(person)s AND g.joined_on <= %(today)s AND (g.left_on IS NULL OR g.left_on >= %(today)s)
   AND m.cancelled_at IS NULL AND m.starts_at >= %(earliest)s
UNION ALL
SELECT 'meeting', m.id, m.kind, 0, CAST(m.starts_at AS TEXT), NULL, m.minutes, '', '', CAST(m.uid AS TEXT), 0
  FROM lms_meeting m
 WHERE m.led_by_id = %(person)s AND m.cancelled_at IS NULL AND m.starts_at >= %(earliest)s
UNION ALL
SELECT 'event', v.id, v.title, 0, CAST(v.starts_at AS TEXT), CAST(v.ends_at AS TEXT), 0, v.place, v.online_url,
       CAST(v.uid AS TEXT), 0
  FROM lms_networkevent v JOIN lms_networkeventseat n ON n.event_id = v.id
 WHERE n.person_id = %(person)s AND n.withdrawn_at IS NULL AND v.cancelled_at IS NULL AND v.ends_at >= %(now)s
"""


@dataclass(frozen=True, slots=True)
class SessionFact:
    """An appointment to come, for the desk of a learner."""

    title: str
    starts_at: datetime
    ends_at: datetime
    place: str
    online_url: str
    url: str


def next_sessions(person_id: int, limit: int = 3) -> tuple[SessionFact, ...]:
    """The next appointments of a person as a learner, trainer or member, soonest first. One query."""
    now = timezone.now()
    adapt = connection.ops.adapt_datetimefield_value
    asked = {
        "person": person_id,
        "now": adapt(now),
        "earliest": adapt(now - LONGEST),
        "today": timezone.localdate(),
    }
    found: dict[str, SessionFact] = {}
    with connection.cursor() as cursor:
        cursor.execute(SOON, asked)
        for what, pk, title, cohort, starts, ends, minutes, place, online, uid, leads in cursor.fetchall():
            begin = moment_of(starts)
            if what == "session":
                url = f"/begeleiding/sessies/{pk}/" if leads else f"/mijn/groepen/{cohort}/"
                fact = SessionFact(title, begin, moment_of(ends), place, online, url)
            elif what == "event":
                url = f"/netwerkmomenten/{pk}/"
                fact = SessionFact(title, begin, moment_of(ends), place, online, url)
            else:
                words = str(MeetingKind(title).label).capitalize()
                url = f"/mijn/intervisie/overleg/{pk}/"
                fact = SessionFact(words, begin, begin + timedelta(minutes=minutes), "", "", url)
            found[f"{what}-{uid}"] = fact
    coming = [(fact.starts_at, uid, fact) for uid, fact in found.items() if fact.ends_at >= now]
    return tuple(fact for _start, _uid, fact in sorted(coming, key=lambda row: row[:2])[:limit])
