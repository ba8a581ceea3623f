"""Fill a PostgreSQL database with professionals by plain SQL: each with a profile, documents, courses and meetings."""

from django.db import connection

#: Groups have eight members; each met six times in the last year.
STATEMENTS = (
    """
    INSERT INTO people_user (password, is_superuser, email, first_name, last_name, is_active, is_staff, date_joined)
    SELECT '!', false, 'massa' || n || '@bench.test', 'Noor', 'Massa ' || n, true, false, now()
    FROM generate_series(1, %(people)s) AS n
    """,
    """
    INSERT INTO people_professionalprofile (user_id, profession_id, region_id, riziv_number, languages, phone,
      public_email, offer, has_lived_experience, public_listing, public_contact, public_employer, public_languages,
      public_region, updated_at)
    SELECT u.id, p.ids[1 + u.id %% array_length(p.ids, 1)], r.ids[1 + u.id %% array_length(r.ids, 1)], '', '["nl"]',
      '', '', '', false, false, false, false, false, false, now()
    FROM people_user u, (SELECT array_agg(id) AS ids FROM people_profession) p,
      (SELECT array_agg(id) AS ids FROM people_referenceregion) r
    WHERE u.email LIKE 'massa%%'
    """,
    """
    INSERT INTO accreditation_evidence (person_id, kind, criterion_ids, title, facts, valid_from, valid_until, status,
      origin, origin_ref, created_at, reason)
    SELECT u.id, k.kind, '[]', k.title, k.facts::jsonb, current_date - k.since, current_date + k.until,
      CASE WHEN (u.id + k.since) %% 9 = 0 THEN 'waiting' ELSE 'verified' END, 'upload', 'upload:' || k.kind, now(), ''
    FROM people_user u, (VALUES
      ('diploma', 'Vroedkunde', '{"degree": "Vroedkunde", "institution": "Hogeschool", "year": 2015}', 3000, 30000),
      ('training', 'Opleiding elders', '{"hours": "10.5", "level": "basic", "provider": "Huis"}', 400, 30000),
      ('insurance', 'Polis', '{"cover": "own"}', 90, 275),
      ('membership', 'Lid', '{"association": "Vereniging", "year": 2026}', 90, 275)
    ) AS k(kind, title, facts, since, until)
    WHERE u.email LIKE 'massa%%' AND (u.id + k.since) %% 11 <> 0
    """,
    """
    INSERT INTO lms_enrolment (person_id, course_id, version_id, enrolled_at, last_lesson, completed_at)
    SELECT u.id, v.course_id, v.id, now() - interval '200 days', '', now() - interval '150 days'
    FROM people_user u, (SELECT DISTINCT ON (course_id) id, course_id FROM courses_courseversion
      ORDER BY course_id, number DESC) v
    WHERE u.email LIKE 'massa%%' AND (u.id + v.course_id) %% 2 = 0
    """,
    """
    INSERT INTO lms_intervisiongroup (name, created_at, language, form, frequency)
    SELECT 'Groep ' || n, now() - interval '400 days', 'nl', 'in_person', 'two_months'
    FROM generate_series(1, %(people)s / 8 + 1) AS n
    """,
    """
    INSERT INTO lms_meeting (group_id, kind, held_on, starts_at, minutes, form, entered_at, is_late_entry, late_reason,
      uid, sequence, updated_at, method, counts)
    SELECT g.id, CASE WHEN n = 6 THEN 'supervision' ELSE 'intervision' END, current_date - 55 * n,
      now() - interval '1 day' * 55 * n, 120, 'in_person', now(), false, '', gen_random_uuid(), 0, now(), '', true
    FROM lms_intervisiongroup g, generate_series(1, 6) AS n WHERE g.name LIKE 'Groep %%'
    """,
    """
    INSERT INTO lms_meetingpresence (meeting_id, person_id, claimed_at, is_late, "overlaps", confirmed_at)
    SELECT m.id, u.id, now(), false, false, CASE WHEN (u.id + m.id) %% 7 = 0 THEN NULL ELSE now() END
    FROM (SELECT id, row_number() OVER (ORDER BY id) - 1 AS place FROM people_user WHERE email LIKE 'massa%%') u
    JOIN (SELECT id, row_number() OVER (ORDER BY id) - 1 AS place FROM lms_intervisiongroup
      WHERE name LIKE 'Groep %%') g
      ON g.place = u.place / 8
    JOIN lms_meeting m ON m.group_id = g.id
    WHERE (u.id + m.id) %% 5 <> 0
    """,
    "ANALYZE",
)


def make_crowd(people: int) -> None:
    """Add that many professionals; courses must be there already. Takes seconds, also for a hundred thousand."""
    with connection.cursor() as cursor:
        for statement in STATEMENTS:
            cursor.execute(statement, {"people": people})
