from django.db import migrations

from ledger.api import RunOnConnection, append_only_operation

DOSSIER = "(SELECT dossier_id FROM accreditation_dossierround WHERE id = {round})"
ROUND_OF_OPINION = "(SELECT round_id FROM accreditation_readerassignment WHERE id = NEW.assignment_id)"
READER_OF_OPINION = "(SELECT reader_id FROM accreditation_readerassignment WHERE id = NEW.assignment_id)"

# A hint of a tie that this member did not answer yet.
UNANSWERED = """
EXISTS (SELECT 1 FROM accreditation_tiequestion q
        WHERE q.answered_at IS NULL AND q.member_id = {user} AND q.dossier_id = {dossier})
"""
OPINION_UNANSWERED = UNANSWERED.format(user=READER_OF_OPINION, dossier=DOSSIER.format(round=ROUND_OF_OPINION))
DECIDER_UNANSWERED = UNANSWERED.format(user="NEW.decided_by_id", dossier=DOSSIER.format(round="NEW.round_id"))
# The round is an appeal, and this person advised or decided in an earlier round of the same dossier.
SPOKE_BEFORE = """
EXISTS (SELECT 1 FROM accreditation_appeal p WHERE p.round_id = NEW.round_id) AND (
    EXISTS (SELECT 1 FROM accreditation_opinion o
            JOIN accreditation_readerassignment a ON a.id = o.assignment_id
            JOIN accreditation_dossierround r ON r.id = a.round_id
            WHERE r.id <> NEW.round_id AND a.reader_id = {user}
            AND r.dossier_id = (SELECT dossier_id FROM accreditation_dossierround WHERE id = NEW.round_id))
    OR EXISTS (SELECT 1 FROM accreditation_decision e
            JOIN accreditation_dossierround r ON r.id = e.round_id
            WHERE r.id <> NEW.round_id AND e.decided_by_id = {user}
            AND r.dossier_id = (SELECT dossier_id FROM accreditation_dossierround WHERE id = NEW.round_id))
)
"""
DEFERRED = """
EXISTS (SELECT 1 FROM accreditation_recognitiontransition t WHERE t.recognition_id = NEW.id
        AND t.kind = 'deferred' AND t.version = NEW.version AND t.until = NEW.valid_until)
"""


def changed(*columns, distinct):
    return "(" + " OR ".join(f"NEW.{column} {distinct} OLD.{column}" for column in columns) + ")"


def recognition_guard(distinct, *, may_defer):
    """The trigger of 0012; with `may_defer` a deferral that was written down may move the end, never back."""
    fixed = ["person_id", "level", "decision_id", "valid_from"]
    refusals = []
    if may_defer:
        moved = changed("valid_until", "grace_until", "renewal_from", distinct=distinct)
        refusals = [
            (f"{moved} AND NOT {DEFERRED}", "only a deferral moves the end"),
            ("NEW.valid_until < OLD.valid_until", "the end only moves on"),
        ]
    else:
        fixed.append("valid_until")
    ended = changed("withdrawn_at", "withdrawn_by_id", "withdrawal_reason", distinct=distinct)
    return [
        (changed(*fixed, distinct=distinct), "recognition is fixed"),
        *refusals,
        (f"OLD.withdrawn_at IS NOT NULL AND {ended}", "withdrawal is final"),
        (
            f"OLD.replaced_at IS NOT NULL AND {changed('replaced_at', distinct=distinct)}",
            "replacement is final",
        ),
        ("NEW.version < OLD.version", "version only grows"),
    ]


def guards(distinct):
    """Name, table, moment, refusals (condition, message). `distinct`: the database's null-safe "differs from"."""
    return (
        (
            "opinion_answered",
            "accreditation_opinion",
            "INSERT",
            [(OPINION_UNANSWERED, "a question about a tie is open")],
        ),
        (
            "decision_answered",
            "accreditation_decision",
            "INSERT",
            [
                (DECIDER_UNANSWERED, "a question about a tie is open"),
                (SPOKE_BEFORE.format(user="NEW.decided_by_id"), "an appeal needs other members"),
            ],
        ),
        (
            "panel_is_new",
            "accreditation_readerassignment",
            "INSERT",
            [(SPOKE_BEFORE.format(user="NEW.reader_id"), "an appeal needs other members")],
        ),
        (
            "question_answered_once",
            "accreditation_tiequestion",
            "UPDATE",
            [
                (
                    "OLD.answered_at IS NOT NULL OR "
                    + changed("dossier_id", "member_id", "hint", "asked_at", distinct=distinct),
                    "question is fixed",
                )
            ],
        ),
        (
            "hearing_fixed",
            "accreditation_hearing",
            "UPDATE",
            [
                ("OLD.closed_at IS NOT NULL", "hearing is closed"),
                (
                    changed(
                        "recognition_id", "ground", "reason", "opened_by_id", "opened_at", distinct=distinct
                    ),
                    "hearing is fixed",
                ),
                (
                    "OLD.responded_at IS NOT NULL AND "
                    + changed("response", "responded_at", distinct=distinct),
                    "the answer stays as it was given",
                ),
                ("NEW.respond_by < OLD.respond_by", "the time to answer only grows"),
            ],
        ),
        ("hearing_kept", "accreditation_hearing", "DELETE", [("1 = 1", "hearing is kept")]),
        (
            "condition_fixed",
            "accreditation_condition",
            "UPDATE",
            [
                (
                    changed("decision_id", "position", "text", "due_on", distinct=distinct),
                    "condition is fixed",
                ),
                ("OLD.met_at IS NOT NULL", "condition was met"),
            ],
        ),
        ("condition_kept", "accreditation_condition", "DELETE", [("1 = 1", "condition is kept")]),
        (
            "meeting_closed",
            "accreditation_committeemeeting",
            "UPDATE",
            [("OLD.closed_at IS NOT NULL", "meeting is closed")],
        ),
        (
            "item_decided",
            "accreditation_agendaitem",
            "UPDATE",
            [("OLD.decision_id IS NOT NULL", "item is decided")],
        ),
        (
            "item_kept",
            "accreditation_agendaitem",
            "DELETE",
            [("OLD.decision_id IS NOT NULL", "item is decided")],
        ),
    )


def create(cursor, vendor, name, table, moment, refusals):
    if vendor == "postgresql":
        checks = "\n".join(
            f"IF {condition} THEN RAISE EXCEPTION '{message}' USING ERRCODE = 'integrity_constraint_violation'; END IF;"
            for condition, message in refusals
        )
        row = "OLD" if moment == "DELETE" else "NEW"
        cursor.execute(
            f"CREATE OR REPLACE FUNCTION nest_{name}() RETURNS trigger AS $$ BEGIN {checks} RETURN {row}; END $$ LANGUAGE plpgsql"
        )
        cursor.execute(
            f"CREATE TRIGGER {name} BEFORE {moment} ON {table} FOR EACH ROW EXECUTE FUNCTION nest_{name}()"
        )
        return
    for index, (condition, message) in enumerate(refusals):
        cursor.execute(
            f"CREATE TRIGGER {name}_{index} BEFORE {moment} ON {table} WHEN {condition} "
            f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
        )


def drop(cursor, vendor, name, table, count):
    if vendor == "postgresql":
        cursor.execute(f"DROP TRIGGER IF EXISTS {name} ON {table}")
        return
    for index in range(count):
        cursor.execute(f"DROP TRIGGER IF EXISTS {name}_{index}")


def install(apps, editor):
    vendor = editor.connection.vendor
    distinct = "IS DISTINCT FROM" if vendor == "postgresql" else "IS NOT"
    with editor.connection.cursor() as cursor:
        drop(cursor, vendor, "recognition_one_way", "accreditation_recognition", 4)
        create(
            cursor,
            vendor,
            "recognition_one_way",
            "accreditation_recognition",
            "UPDATE",
            recognition_guard(distinct, may_defer=True),
        )
        for guard in guards(distinct):
            create(cursor, vendor, *guard)


def remove(apps, editor):
    vendor = editor.connection.vendor
    distinct = "IS DISTINCT FROM" if vendor == "postgresql" else "IS NOT"
    with editor.connection.cursor() as cursor:
        for name, table, _moment, refusals in guards(distinct):
            drop(cursor, vendor, name, table, len(refusals))
        drop(cursor, vendor, "recognition_one_way", "accreditation_recognition", 6)
        create(
            cursor,
            vendor,
            "recognition_one_way",
            "accreditation_recognition",
            "UPDATE",
            recognition_guard(distinct, may_defer=False),
        )


#: A proposal: the network changes it by adding a later rubric.
FIRST_LINES = [
    {
        "criterion": "continued_training",
        "key": "training_topic",
        "when": "elsewhere",
        "title": "Gaat de opleiding elders over ouders en baby's?",
        "steps": ["Niet", "Zijdelings", "Grotendeels", "Helemaal"],
    },
    {
        "criterion": "clinical_experience",
        "key": "experience_field",
        "when": "always",
        "title": "Hoe nauw sluit het werk aan bij de zorg rond ouders en baby's?",
        "steps": ["Niet", "Zijdelings", "Een vast deel van het werk", "De kern van het werk"],
    },
    {
        "criterion": "clinical_experience",
        "key": "experience_proof",
        "when": "always",
        "title": "Hoe goed is de ervaring aangetoond?",
        "steps": [
            "Niet",
            "Alleen in eigen woorden",
            "Met een verklaring",
            "Met meer dan een verklaring, met datums",
        ],
    },
]


def first_rubric(apps, editor):
    rubrics = apps.get_model("accreditation", "Rubric")
    rubrics.objects.get_or_create(valid_from="2024-01-01", defaults={"lines": FIRST_LINES})


class Migration(migrations.Migration):
    dependencies = [("accreditation", "0007_append_only_feed"), ("ledger", "0002_append_only")]

    operations = [
        append_only_operation("accreditation_recognitiontransition"),
        append_only_operation("accreditation_opiniondetail"),
        append_only_operation("accreditation_appeal"),
        RunOnConnection(install, remove, elidable=False),
        migrations.RunPython(first_rubric, migrations.RunPython.noop, elidable=False),
    ]
