from ledger.models.audit import AuditEntry, AuditHead
from ledger.models.hold import DeliveryHold
from ledger.models.outbox import OutboxEvent

__all__ = ["AuditEntry", "AuditHead", "DeliveryHold", "OutboxEvent"]
