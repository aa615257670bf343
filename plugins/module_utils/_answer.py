# Copyright (c) 2026 The backupops.veeam_em authors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

"""One answer of the server, read only as far as it is needed.

PRIVATE to the collection: everything here may change without notice.
"""

from __future__ import annotations

import contextlib
import email.utils
import re
import time
import types
import typing as t

from ansible_collections.backupops.veeam_em.plugins.module_utils import _errors, _records, _xml

_CHUNK_BYTES = 128 * 1024
_LOGON_ID = re.compile(r"(logonSessions/)[^/]+")
# What brings less than this within the patience hardly comes at all.
_LEAST_BYTES = 1024
MOST_SMALL_BYTES = 1024 * 1024
# Of a number of bytes; of a longer one Python may refuse to make an integer.
_LONGEST_NUMBER = 19
# The year 9000: what is reckoned from a later clock could be no date any more.
_END_OF_TIME = 221_845_392_000
# Seconds.
_LONGEST_DRAINING = 1.0


class Answer:
    """Status, headers and body of a response of requests, which has been opened as a stream.

    explained: turns an exception of requests into one of ours. path: below /api/. patience: seconds within which something has to
    come.
    """

    def __init__(
        self, response: t.Any, path: str, explained: t.Callable[[Exception], _errors.EmError], patience: float = 60
    ) -> None:
        self._response = response
        self._patience = patience
        self._begun = False
        self._explained = explained
        self.status: int = response.status_code
        self.path = shown_path(path)

    def __enter__(self) -> Answer:
        return self

    def __exit__(self, *dummy: object) -> None:
        self.close()

    def close(self) -> None:
        """Give the connection back. A short body that nobody wanted is read first, to keep the connection; any other is dropped."""
        if not self._begun and self._length is not None and self._length <= _CHUNK_BYTES:
            end = time.monotonic() + _LONGEST_DRAINING
            with contextlib.suppress(Exception):
                for dummy in self._arriving():
                    if time.monotonic() > end:
                        break
        self._response.close()

    def header(self, name: str) -> str | None:
        """Return a header, its name in any case."""
        value = self._response.headers.get(name)
        return None if value is None else str(value)

    @property
    def _length(self) -> int | None:
        """The bytes that the body is announced to have; None where that is not said in a number that can be meant."""
        value = self.header("Content-Length") or ""
        return int(value) if value.isdecimal() and len(value) < _LONGEST_NUMBER else None

    @property
    def date(self) -> float | None:
        """The server's clock when it answered, in seconds since 1970."""
        return _http_date(self.header("Date"))

    @property
    def retry_after(self) -> float | None:
        """Seconds that the server asks to wait, given as a number or as a date by its own clock."""
        value = self.header("Retry-After")
        if value is None:
            return None
        if value.strip().isdecimal():
            return float(value)
        then = _http_date(value)
        return None if then is None else max(0.0, then - (self.date or time.time()))

    @property
    def media(self) -> str | None:
        """The representation of the body by its Content-Type: xml (also where there is none), json, html, or None for others."""
        kind = (self.header("Content-Type") or "xml").partition(";")[0].lower()
        return next((media for media in ("json", "html", "xml") if media in kind), None)

    def chunks(self) -> t.Iterator[bytes]:
        """Yield the body as it arrives. Raises ConnectionFailed when it breaks off, TimedOut when nothing comes any more."""
        expected = self._length
        self._begun, received = True, 0
        try:
            for chunk in self._arriving():
                received += len(chunk)
                yield chunk
        except _errors.EmError:
            raise
        except Exception as exc:
            raise self._explained(exc) from None
        # older urllib3 takes a short body for a whole one
        if expected is not None and received < expected:
            raise _errors.ConnectionFailed(
                f"The answer to {self.path} broke off after {received} of {expected} bytes.", path=self.path
            )

    def _arriving(self) -> t.Iterator[bytes]:
        """Yield what has arrived, as soon as it has; then the connection can serve the next request.

        The library waits for a whole chunk, however slowly its bytes come, so they are taken from below it, where none of the
        timeouts of the single bytes can hide that the answer as a whole hardly comes.
        """
        encoding = (self.header("Content-Encoding") or "identity").strip()
        if encoding.lower() != "identity":
            # a kilobyte can become a megabyte, and some versions of the library would have it in memory at once
            raise _errors.ProtocolViolation(
                f"{self.path} was answered with a body in the encoding {_errors.shortened(encoding, 40)}, which was not asked for.",
                status=self.status,
                path=self.path,
            )
        raw = getattr(self._response, "raw", None)
        original = getattr(raw, "_original_response", None)
        if raw is None or original is None:
            yield from self._response.iter_content(_CHUNK_BYTES)
            return
        begin, arrived = time.monotonic(), 0
        while chunk := original.read1(_CHUNK_BYTES):
            arrived += len(chunk)
            if time.monotonic() - begin >= self._patience:
                if arrived < _LEAST_BYTES:
                    raise _errors.TimedOut(
                        f"The answer to {self.path} brought only {arrived} bytes in {self._patience} s (option timeout)."
                        " Give a busy server more time, or ask for less at once.",
                        path=self.path,
                    )
                begin, arrived = time.monotonic(), 0
            yield chunk
        original.close()
        raw.release_conn()

    def records(self, shape: _records.Shape, paging: _records.Paging) -> t.Iterator[_records.Record]:
        """Yield the records of the body. Raises what chunks raises, ProtocolViolation, ReferencesOnly."""
        if self.media == "xml":
            read = _xml.read_xml
        elif self.media == "json":
            read = _json_room().read_json
        else:
            raise self.not_em()
        try:
            yield from read(self.chunks(), shape, paging)
        except _errors.ProtocolViolation as error:
            error.status, error.path = self.status, self.path
            raise

    def small(self) -> tuple[str, _records.Record]:
        """Return a small body as (name of its root or '', record). Raises what chunks raises and ProtocolViolation."""
        if self.media not in ("xml", "json"):
            raise self.not_em()
        body = self.beginning(MOST_SMALL_BYTES + 1)
        if len(body) > MOST_SMALL_BYTES:
            raise _errors.ProtocolViolation(f"The answer to {self.path} is larger than any that EM gives there.", path=self.path)
        if self.media == "xml":
            return _xml.parse_xml(body)
        data = _json_room().parse_json(body)
        return "", _json_room().record_of(data) if isinstance(data, dict) else {"items": data}

    def beginning(self, most: int) -> bytes:
        """Return the body's first bytes, at least so many unless it is shorter."""
        body = b""
        for chunk in self.chunks():
            body += chunk
            if len(body) >= most:
                break
        return body

    def server_message(self) -> str | None:
        """Return what an Error body says, None when there is none or it cannot be read."""
        try:
            dummy, record = self.small()
        except _errors.EmError:
            return None
        words = record.get("message") or record.get("first_chance_exception_message")
        return _errors.shortened(words) if isinstance(words, str) else None

    def not_em(self) -> _errors.ProtocolViolation:
        """Return the error for a body that is neither XML nor JSON."""
        if self.media == "html":
            said = "a web page. That is the web UI, a proxy or another server; the API of Enterprise Manager listens on port 9398"
        else:
            said = f"the content type {self.header('Content-Type') or '(none)'}, which EM does not use"
        return _errors.ProtocolViolation(f"{self.path} was answered with {said}.", status=self.status, path=self.path)


def _json_room() -> types.ModuleType:
    """Return what reads JSON. Most tasks read XML, and in the form in which Ansible runs a module, each import is a compilation."""
    from ansible_collections.backupops.veeam_em.plugins.module_utils import _json

    return _json


def shown_path(path: str) -> str:
    """Return a path below /api/ as messages show it: without its query, and without the id of a logon session, of which the token
    can be made."""
    return "/api/" + _LOGON_ID.sub(r"\1...", path.partition("?")[0])


def _http_date(value: str | None) -> float | None:
    try:
        seconds = email.utils.parsedate_to_datetime(value or "").timestamp()
    except (TypeError, ValueError, OverflowError, IndexError):
        return None
    return seconds if 0 <= seconds < _END_OF_TIME else None
