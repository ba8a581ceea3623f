class LedgerError(Exception):
    """Something about the audit trail or the outbox is not as it must be."""


class UnknownTopicError(LedgerError):
    """An event was written for a topic that nobody delivers."""
