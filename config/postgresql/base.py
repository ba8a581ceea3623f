"""The connection that requests share, one after the other."""

import select
import time
from typing import Any

import psycopg
from django.db.backends.postgresql import base
from psycopg.errors import _WaitTimeout

#: After this many seconds without a question the database is asked whether it is still there, as Django does each time.
RESTED = 20.0
#: Seconds that the question itself may take: who asks still has to make a new connection within the proxy's time.
ASKING = 2.0


class PatientConnection(psycopg.Connection[Any]):
    """Gives up on a reply that stays away.

    `statement_timeout` ends the statement on the server, and says so in a reply. Where replies do not come (a network
    that hangs, a server that is stopped) only the clock of this side is left.
    """

    patience: float | None = None

    def wait(self, gen: Any, interval: float = 0.1, timeout: float | None = None) -> Any:
        """As psycopg does, within `patience` seconds. Raises OperationalError and closes: a late reply is not ours."""
        try:
            return super().wait(gen, interval, self.patience if timeout is None else timeout)
        except _WaitTimeout as error:
            if timeout is not None:
                raise
            self.pgconn.finish()
            raise psycopg.OperationalError("the database does not reply") from error


class DatabaseWrapper(base.DatabaseWrapper):
    """Looks at the socket instead of sending `SELECT 1` before the first query of every request.

    A server that restarts or ends a connection says so on the socket: what was still becomes readable, or hangs up. A
    line that died without a word shows only by asking, so after a rest it is asked. A busy process saves a round trip
    per request, a tenth of what a write costs.
    """

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._asked_at = 0.0

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """A connection that does not wait for ever; `reply_timeout` (seconds) stands among the OPTIONS."""
        given = dict(conn_params)
        patience = given.pop("reply_timeout", None)
        self.isolation_level = psycopg.IsolationLevel.READ_COMMITTED
        connection = PatientConnection.connect(**given)
        connection.patience = patience
        return connection

    def is_usable(self) -> bool:
        """Whether the connection still answers; never raises."""
        now = time.monotonic()
        rested = now - self._asked_at > RESTED
        self._asked_at = now
        if rested or self.connection is None:
            return self._answers()
        return self._is_quiet()

    def _answers(self) -> bool:
        """What the database itself says, soon."""
        if self.connection is None:
            return False
        patience, self.connection.patience = self.connection.patience, ASKING
        try:
            return bool(super().is_usable())
        finally:
            self.connection.patience = patience

    def _is_quiet(self) -> bool:
        """An idle connection has nothing to say; what it says unasked is its end."""
        try:
            if self.connection.closed:
                return False
            poll = select.poll()
            poll.register(self.connection.fileno(), select.POLLIN | select.POLLPRI)
            if not poll.poll(0):
                return True
            # Notices and changed settings come unasked too: let the database itself say.
            return self._answers()
        except (OSError, ValueError, psycopg.Error):
            return False
