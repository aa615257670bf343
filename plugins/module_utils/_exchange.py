# Copyright (c) 2026 The backupops.veeam_em authors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

"""One request and its answer: the representation that is asked for, the token that goes along, the server's clock.

PRIVATE to the collection: everything here may change without notice.
"""

from __future__ import annotations

import time
import typing as t

from ansible_collections.backupops.veeam_em.plugins.module_utils import _answer, _connection, _errors, _transport

TOKEN_HEADER = "X-RestSvcSessionId"


class Exchange:
    """Sends requests to one EM, in the representation that it turns out to speak. sleep: how to pause, in seconds."""

    def __init__(self, connection: _connection.Connection, sleep: t.Callable[[float], None]) -> None:
        self._connection = connection
        self._transport = _transport.Transport(connection, sleep)
        self._json = connection.media_type == "json"
        self._clock: tuple[float, float] | None = None

    @property
    def reads_json(self) -> bool:
        """Whether JSON is asked for by now."""
        return self._json

    @property
    def notes(self) -> list[str]:
        """Sentences about what was tried again."""
        return self._transport.notes

    def pause(self, attempt: int, reason: str) -> None:
        """Wait before the next attempt."""
        self._transport.pause(attempt, reason)

    def close(self) -> None:
        """Close the connection."""
        self._transport.close()

    def now(self) -> float:
        """Return the server's clock, in seconds since 1970: as its last answer told it, or ours before there was one."""
        if self._clock is None:
            return time.time()
        date, heard = self._clock
        return date + time.monotonic() - heard

    def learn_clock(self) -> None:
        """Make sure that now() is the server's clock; costs a request only where no answer has told it yet."""
        if self._clock is None:
            self.send("GET", "", "Cannot read the server's clock", safe=True, token=None).close()

    def send(self, method: str, path: str, doing: str, *, safe: bool, token: str | None, basic: bool = False) -> _answer.Answer:
        """Send one request in the representation asked for by now; learn from the answer which one that is, and the time."""
        headers = {"Accept": "application/json" if self._json else "application/xml"}
        if token:
            headers[TOKEN_HEADER] = token
        if basic:
            headers["Authorization"] = self._connection.basic_credentials
        try:
            answer = self._transport.send(method, path, headers, safe=safe)
        except _errors.EmError as error:
            error.while_doing(doing)
            raise
        if answer.date is not None:
            self._clock = (answer.date, time.monotonic())
        if self._json or self._connection.media_type == "xml":
            return answer
        if answer.status in (406, 415):
            self._json = True
            answer.close()
            return self.send(method, path, doing, safe=safe, token=token, basic=basic)
        if answer.media == "json" and answer.status < 300:
            self._json = True
        return answer

    def check_media(self, answer: _answer.Answer, doing: str) -> None:
        """Refuse JSON where the user asked for XML and nothing else."""
        if self._connection.media_type == "xml" and answer.media == "json" and answer.status < 300:
            answer.close()
            raise _errors.ProtocolViolation(
                f"{doing}: {answer.path} was answered with JSON although XML was asked for. Give media_type auto or json.",
                status=answer.status,
                path=answer.path,
            )
