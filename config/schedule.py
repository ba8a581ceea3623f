"""What runs by the clock (Celery beat). All of it may run twice, also at once (tests/journeys/clock.py)."""

from celery.schedules import crontab

CELERY_BEAT_SCHEDULE = {
    "deliver-webhooks": {"task": "accreditation.tasks.deliver_webhooks", "schedule": 10.0},
    "watch-endpoints": {"task": "accreditation.tasks.watch_endpoints", "schedule": 900.0},
    "forget-webhook-receipts": {"task": "accreditation.tasks.forget_webhook_receipts", "schedule": 86400.0},
    "drain-outbox": {"task": "ledger.tasks.drain_outbox", "schedule": 10.0},
    "answer-path-wishes": {"task": "accreditation.tasks.answer_path_wishes", "schedule": 3600.0},
    "announce-lapses": {"task": "accreditation.tasks.announce_lapses", "schedule": 3600.0},
    "warn-of-due-files": {"task": "lms.tasks.warn_of_due_files", "schedule": crontab(hour=6, minute=20)},
    "settle-silent-requests": {
        "task": "lms.tasks.settle_silent_requests",
        "schedule": crontab(hour=6, minute=30),
    },
    "settle-past-sessions": {"task": "lms.tasks.settle_past_sessions", "schedule": 3600.0},
    "close-late-attempts": {"task": "lms.tasks.close_late_attempts", "schedule": 900.0},
    "send-invitations": {"task": "lms.tasks.send_invitations", "schedule": 900.0},
    "pass-offers-on": {"task": "lms.tasks.pass_offers_on", "schedule": 900.0},
    "remind-sessions": {"task": "lms.tasks.remind_sessions", "schedule": crontab(hour=6, minute=40)},
    "remind-opinions": {"task": "lms.tasks.remind_opinions", "schedule": crontab(hour=6, minute=45)},
    "prepare-record-months": {"task": "lms.tasks.prepare_record_months", "schedule": 86400.0},
    "sweep-leftovers": {"task": "media.tasks.sweep_leftovers", "schedule": 86400.0},
    # Before the digests go out, so that what it adds is in them.
    "run-duty-clock": {"task": "lms.tasks.run_duty_clock", "schedule": crontab(hour=4, minute=45)},
    "remind": {"task": "accreditation.tasks.remind", "schedule": crontab(hour=6, minute=30)},
    "run-alarms": {"task": "accreditation.tasks.run_alarms", "schedule": crontab(hour=6, minute=15)},
    # Seven in the morning in Flanders: one mail a day with everything small.
    "send-digests": {"task": "people.tasks.send_digests", "schedule": crontab(hour=7, minute=0)},
    "mail-audit-head": {"task": "people.tasks.mail_audit_head", "schedule": crontab(hour=5, minute=30)},
    "forget-import-rows": {"task": "people.tasks.forget_import_rows", "schedule": 86400.0},
    "forget-loose-materials": {"task": "lms.tasks.forget_loose_materials", "schedule": 3600.0},
    "forget-loose-files": {"task": "accreditation.tasks.forget_loose_files", "schedule": 3600.0},
}
