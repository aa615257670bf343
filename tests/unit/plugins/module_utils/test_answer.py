# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One answer: headers, kinds of bodies, and bodies that break off."""

from __future__ import annotations

import typing as t

import pytest
import requests

from ansible_collections.backupops.veeam_em.plugins.module_utils import _answer
from ansible_collections.backupops.veeam_em.plugins.module_utils._answer import Answer
from ansible_collections.backupops.veeam_em.plugins.module_utils._errors import (
    ConnectionFailed,
    EmError,
    ProtocolViolation,
    TimedOut,
)
from ansible_collections.backupops.veeam_em.plugins.module_utils._records import Paging
from ansible_collections.backupops.veeam_em.tests.unit.support import COLLECTION_SHAPE, body_of, in_pieces

DATE = "Wed, 04 Mar 2026 00:00:00 GMT"
DATE_SECONDS = 1_772_582_400.0
XML, JSON = "application/xml; charset=utf-8", "application/json; charset=utf-8"


class FakeResponse:
    """What Answer uses of a response of requests."""

    def __init__(
        self, body: bytes = b"", status: int = 200, error: Exception | None = None, piece: int = 100, **headers: t.Any
    ) -> None:
        self.status_code = status
        named = {name.replace("_", "-"): value for name, value in headers.items() if value is not None}
        self.headers = requests.structures.CaseInsensitiveDict(named)
        self._body = body
        self._error = error
        self._piece = piece
        self.read = 0
        self.closed = False

    def iter_content(self, size: int) -> t.Iterator[bytes]:
        for piece in in_pieces(self._body, min(size, self._piece)):
            self.read += len(piece)
            yield piece
        if self._error:
            raise self._error

    def close(self) -> None:
        self.closed = True


def explained(error: Exception) -> EmError:
    return TimedOut("late") if isinstance(error, requests.exceptions.Timeout) else ConnectionFailed(str(error))


def answer_of(response: FakeResponse, path: str = "backupSessions?format=Entity") -> Answer:
    return Answer(response, path, explained)


def test_the_path_is_without_host_and_query() -> None:
    assert answer_of(FakeResponse()).path == "/api/backupSessions"


def test_headers_in_any_case() -> None:
    answer = answer_of(FakeResponse(X_RestSvcSessionId="token"))
    assert answer.header("x-restsvcsessionid") == "token"
    assert answer.header("X-Other") is None


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (DATE, DATE_SECONDS),
        ("yesterday", None),
        ("", None),
        (None, None),
        ("Wed, 31 Dec 1969 23:59:59 GMT", None),
        ("Thu, 01 Jan 1970 00:00:00 GMT", 0.0),
        ("Tue, 31 Dec 8999 23:59:59 GMT", 221_845_391_999.0),
        ("Wed, 01 Jan 9000 00:00:00 GMT", None),
        ("Fri, 31 Dec 9999 23:59:59 GMT", None),
    ],
)
def test_the_clock_of_the_server(value: str | None, expected: float | None) -> None:
    answer = answer_of(FakeResponse(Date=value))
    assert answer.date == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("7", 7.0),
        (" 0 ", 0.0),
        ("86400", 86400.0),
        ("Wed, 04 Mar 2026 00:00:20 GMT", 20.0),
        ("Tue, 03 Mar 2026 00:00:00 GMT", 0.0),
        ("soon", None),
        ("-5", None),
        (None, None),
    ],
)
def test_how_long_to_wait_by_the_clock_of_the_server(value: str | None, expected: float | None) -> None:
    assert answer_of(FakeResponse(Date=DATE, Retry_After=value)).retry_after == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, "xml"),
        (XML, "xml"),
        ("text/xml", "xml"),
        ("APPLICATION/XML", "xml"),
        (JSON, "json"),
        ("text/json", "json"),
        ("text/html; charset=utf-8", "html"),
        ("application/xhtml+xml", "html"),
        ("text/plain", None),
        ("application/octet-stream; name=x.xml", None),
    ],
)
def test_the_representation_by_the_content_type(value: str | None, expected: str | None) -> None:
    response = FakeResponse(Content_Type=value)
    assert answer_of(response).media == expected


@pytest.mark.parametrize(("name", "kind"), [("sessions.collection.xml", XML), ("sessions.collection.em13.json", JSON)])
def test_records_by_the_reader_of_the_representation(name: str, kind: str) -> None:
    records = list(answer_of(FakeResponse(body_of(name), Content_Type=kind)).records(COLLECTION_SHAPE, Paging()))
    assert [record["state"] for record in records] == ["Stopped", "Working"]


def test_broken_records_are_told_with_status_and_path() -> None:
    answer = answer_of(FakeResponse(b"<a", Content_Type=XML))
    with pytest.raises(ProtocolViolation) as caught:
        list(answer.records(COLLECTION_SHAPE, Paging()))
    assert (caught.value.status, caught.value.path) == (200, "/api/backupSessions")


@pytest.mark.parametrize(("kind", "words"), [("text/html", "web page.*9398"), ("text/plain", "text/plain")])
def test_what_is_neither_xml_nor_json_is_refused(kind: str, words: str) -> None:
    answer = answer_of(FakeResponse(b"<html/>", Content_Type=kind))
    for read in (lambda: list(answer.records(COLLECTION_SHAPE, Paging())), answer.small):
        with pytest.raises(ProtocolViolation, match=words):
            read()


@pytest.mark.parametrize(("name", "kind", "root"), [("error.xml", XML, "Error"), ("error.em12.json", JSON, "")])
def test_a_small_body(name: str, kind: str, root: str) -> None:
    found, record = answer_of(FakeResponse(body_of(name), Content_Type=kind)).small()
    assert found == root
    assert record["status_code"] == "400"


def test_a_small_body_that_is_not_small_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_answer, "MOST_SMALL_BYTES", 500)
    response = FakeResponse(b" " * 100_000, Content_Type=XML)
    with pytest.raises(ProtocolViolation, match="larger"):
        answer_of(response).small()
    assert response.read < 1000


def test_the_bound_of_a_small_body_is_exact() -> None:
    body = b'{"message": "whole"}'.ljust(1_048_576)
    assert answer_of(FakeResponse(body, piece=65536, Content_Type=JSON)).small() == ("", {"message": "whole"})
    with pytest.raises(ProtocolViolation, match="larger"):
        answer_of(FakeResponse(body + b" ", piece=65536, Content_Type=JSON)).small()


@pytest.mark.parametrize(
    ("body", "kind", "expected"),
    [
        (body_of("error.xml"), XML, "ID 4711 is invalid. Type: BackupJobSession"),
        (body_of("error.em12.json"), JSON, "ID 4711 is invalid. Type: BackupJobSession"),
        (b'{"message": "camel"}', JSON, "camel"),
        (b'{"FirstChanceExceptionMessage": "inner", "Message": null}', JSON, "inner"),
        (b'{"Message": {"odd": [1]}}', JSON, None),
        (b"[1]", JSON, None),
        (b"", XML, None),
        (b"<html>no</html>", "text/html", None),
        (b"{broken", JSON, None),
    ],
)
def test_what_an_error_body_says(body: bytes, kind: str, expected: str | None) -> None:
    assert answer_of(FakeResponse(body, status=400, Content_Type=kind)).server_message() == expected


def test_what_an_error_body_says_is_one_short_line() -> None:
    body = ('{"Message": "' + "many words \\n " * 100 + '"}').encode()
    words = answer_of(FakeResponse(body, Content_Type=JSON)).server_message() or ""
    assert len(words) <= 300
    assert "\n" not in words


def test_a_body_that_is_shorter_than_announced_broke_off() -> None:
    answer = answer_of(FakeResponse(b"x" * 250, Content_Length="300"))
    with pytest.raises(ConnectionFailed, match="250 of 300"):
        list(answer.chunks())


@pytest.mark.parametrize("length", ["200", "-300", "many", "9" * 5000])
def test_a_length_that_cannot_be_meant_is_no_failure(length: str) -> None:
    assert b"".join(answer_of(FakeResponse(b"x" * 250, Content_Length=length)).chunks()) == b"x" * 250


@pytest.mark.parametrize("encoding", ["br", "gzip", "zstd"])
def test_an_encoding_that_was_not_asked_for_is_refused(encoding: str) -> None:
    answer = answer_of(FakeResponse(b"x" * 250, Content_Encoding=encoding))
    with pytest.raises(ProtocolViolation, match=f"in the encoding {encoding}") as caught:
        list(answer.chunks())
    assert (caught.value.status, caught.value.path) == (200, "/api/backupSessions")


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (requests.exceptions.ChunkedEncodingError("cut"), ConnectionFailed),
        (requests.exceptions.ReadTimeout("late"), TimedOut),
        (OSError("reset"), ConnectionFailed),
    ],
)
def test_an_error_in_mid_body_is_explained(error: Exception, expected: type[EmError]) -> None:
    answer = answer_of(FakeResponse(b"x" * 150, error=error))
    with pytest.raises(expected) as caught:
        list(answer.chunks())
    assert caught.value.__cause__ is None


@pytest.mark.parametrize("most", [150, 200])
def test_only_the_beginning_of_a_body_is_read(most: int) -> None:
    response = FakeResponse(b"x" * 10_000, Content_Length="10000")
    with answer_of(response) as answer:
        assert len(answer.beginning(most)) == 200
    assert (response.read, response.closed) == (200, True)


@pytest.mark.parametrize(("length", "read"), [("5000", 5000), ("500000", 0), (None, 0)])
def test_closing_reads_a_short_rest_and_drops_a_long_one(length: str | None, read: int) -> None:
    response = FakeResponse(b"x" * 5000, Content_Length=length)
    with answer_of(response):
        pass
    assert (response.read, response.closed) == (read, True)


def test_closing_is_never_an_error() -> None:
    response = FakeResponse(b"x", Content_Length="9", error=OSError("reset"))
    answer_of(response).close()
    assert response.closed
