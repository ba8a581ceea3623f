"""What the public stream says about a recognition. Pure: no ORM, no clock."""

from accreditation.enums import FeedStatus, RecognitionStatus

_SAID: dict[str, FeedStatus | None] = {
    RecognitionStatus.UPCOMING: None,
    RecognitionStatus.VALID: FeedStatus.VALID,
    RecognitionStatus.EXPIRING: FeedStatus.VALID,
    RecognitionStatus.INTERRUPTED: FeedStatus.INTERRUPTED,
    RecognitionStatus.SUSPENDED: FeedStatus.INTERRUPTED,
    RecognitionStatus.GRACE: FeedStatus.EXPIRED,
    RecognitionStatus.EXPIRED: FeedStatus.EXPIRED,
    RecognitionStatus.WITHDRAWN: FeedStatus.WITHDRAWN,
    RecognitionStatus.REPLACED: FeedStatus.REPLACED,
}


def listing_status(*, consents: bool, is_active: bool, status: RecognitionStatus) -> FeedStatus | None:
    """What is said about a recognition with this status; None for one that has not begun: nothing yet.

    Consent goes first: without it the stream says no more than "no longer listed", not even that something ended.
    """
    if not (consents and is_active):
        return FeedStatus.UNLISTED
    return _SAID[status]
