"""The ground floor: the audit trail and the outbox."""

from ledger.domain.append_only import append_only_operation
from ledger.domain.append_only import install as guard_append_only
from ledger.domain.append_only import remove as release_append_only
from ledger.domain.audit import AuditVerdict, record_audit, ref, verify_audit, wait_for_turn
from ledger.domain.broker import hand_over
from ledger.domain.migration_steps import CreateTogether, RunOnConnection
from ledger.domain.outbox import (
    OutboxMessage,
    OutboxStatus,
    drain,
    forget_events,
    hold_deliveries,
    outbox_status,
    publish,
    register_handler,
    release_deliveries,
)
from ledger.exceptions import LedgerError, UnknownTopicError
from ledger.personal_data import OnErasure, PersonalData

__all__ = [
    "AuditVerdict",
    "CreateTogether",
    "LedgerError",
    "OnErasure",
    "OutboxMessage",
    "OutboxStatus",
    "PersonalData",
    "RunOnConnection",
    "UnknownTopicError",
    "append_only_operation",
    "drain",
    "forget_events",
    "guard_append_only",
    "hand_over",
    "hold_deliveries",
    "outbox_status",
    "publish",
    "record_audit",
    "ref",
    "register_handler",
    "release_append_only",
    "release_deliveries",
    "verify_audit",
    "wait_for_turn",
]
