# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Answers that break the rules of HTTP: right data or one error, and never a crash, an endless wait, or memory without bound."""

from __future__ import annotations

import itertools
import time
import typing as t

import pytest

from ansible_collections.backupops.veeam_em.plugins.module_utils._errors import EmError
from ansible_collections.backupops.veeam_em.tests.unit.attack import content as c
from ansible_collections.backupops.veeam_em.tests.unit.attack.hostile import HostileServer, Received, answer, head
from ansible_collections.backupops.veeam_em.tests.unit.attack.measured import MOST_MEMORY, Measurer
from ansible_collections.backupops.veeam_em.tests.unit.attack.reading import read_from

BODY = f"{c.ROOT}{c.ONE}{c.END}".encode()
CHUNKED = "Transfer-Encoding: chunked"
DIGITS = "9" * 5000


def outcome_of(*answers: t.Callable[[], t.Iterable[bytes]], **connection: t.Any) -> tuple[str, str]:
    """Return (kind or 'read', message) of a read whose resource is answered so, by the last of them again and again."""
    left = list(answers)

    def attack(dummy: Received) -> t.Iterable[bytes]:
        return (left.pop(0) if len(left) > 1 else left[0])()

    with HostileServer(attack) as server:
        try:
            return "read", str(read_from(server.port, connection=connection).result["count"])
        except EmError as error:
            return error.kind, str(error)


@pytest.mark.parametrize(
    ("name", "chunks", "lines", "kind", "cause"),
    [
        ("a size that is none", [b"zz\r\n", BODY], [CHUNKED], "connection", "broke"),
        ("a size without end", [b"f" * 5000, b"\r\n", BODY], [CHUNKED], "connection", "broke"),
        ("a size below nothing", [b"-5\r\n", BODY], [CHUNKED], "connection", "broke"),
        ("a size of too many digits", [b"0" * 70000], [CHUNKED], "connection", "chunk size"),
        ("a long extension", [b"5;" + b"x" * 70000, b"\r\n"], [CHUNKED], "connection", "chunk size"),
        ("no last chunk", [b"%x\r\n" % len(BODY), BODY, b"\r\n"], [CHUNKED], "connection", "broke"),
        ("a short extension", [b"%x;a=b\r\n" % len(BODY), BODY, b"\r\n0\r\n\r\n"], [CHUNKED], "read", "1"),
        ("trailers", [b"%x\r\n" % len(BODY), BODY, b"\r\n0\r\nX: y\r\n\r\n"], [CHUNKED], "read", "1"),
        ("a length of too many digits", [BODY], [f"Content-Length: {DIGITS}"], "read", "1"),
        ("a length below nothing", [BODY], ["Content-Length: -1"], "read", "1"),
        ("two lengths", [BODY], ["Content-Length: 5", "Content-Length: 6"], "protocol", "Content-Length"),
        ("a length that is too great", [BODY], ["Content-Length: 99999"], "connection", "broke"),
        ("a length that is too small", [BODY], ["Content-Length: 30"], "protocol", "broken"),
        ("headers by the thousand", [BODY], ["X: y"] * 5000, "connection", "100 headers"),
        ("a header of megabytes", [BODY], ["X: " + "y" * 3_000_000], "connection", "header line"),
        ("a header without a name", [BODY], [": x"], "read|connection", ""),
        ("a header over two lines", [BODY], ["X: y\r\n z"], "read", "1"),
        ("a type of megabytes", [BODY], ["Content-Type: x/" + "y" * 60000], "protocol|read", ""),
        ("a year that is none", [BODY], [f"Date: Mon, 01 Jan {DIGITS[:20]} 00:00:00 GMT"], "read", "1"),
        ("a zone that is none", [BODY], [f"Date: Mon, 01 Jan 2026 00:00:00 +{DIGITS[:20]}"], "read", "1"),
        ("a date of too many digits", [BODY], [f"Date: {DIGITS}"], "read", "1"),
        ("the last of all dates", [BODY], ["Date: Fri, 31 Dec 9999 23:59:59 GMT"], "read", "1"),
        ("a date without a zone", [BODY], ["Date: Mon, 01 Jan 0100 00:00:00 -0000"], "read", "1"),
    ],
)
def test_headers_and_chunks(name: str, chunks: list[bytes], lines: list[str], kind: str, cause: str) -> None:
    found, message = outcome_of(lambda: answer(chunks, "xml", *lines))
    assert found in kind.split("|"), message
    assert cause in message
    assert len(message) < 1000


@pytest.mark.parametrize(
    ("first", "kind"),
    [
        (b"", "connection"),
        (b"\r\n\r\n", "connection"),
        (b"garbage\r\n\r\n", "connection"),
        (b"x" * 3_000_000, "connection"),
        (b"HTTP/9.9 200 OK\r\n\r\n", "connection"),
        (b"HTTP/1.1 1000 OK\r\n\r\n", "connection"),
        (b"HTTP/1.1 -1 OK\r\n\r\n", "connection"),
        (b"HTTP/1.1 " + DIGITS.encode() + b" OK\r\n\r\n", "connection"),
        (b"HTTP/1.1 999 OK\r\n\r\n", "server"),
        (b"HTTP/1.1 101 Switching\r\nUpgrade: x\r\n\r\n", "protocol"),
        (b"HTTP/1.1 204 None\r\n\r\n", "protocol"),
        (b"HTTP/1.1 304 Same\r\n\r\n", "protocol"),
        (b"HTTP/1.1 407 Proxy\r\n\r\n", "request"),
    ],
)
def test_status_lines(first: bytes, kind: str) -> None:
    found, message = outcome_of(lambda: [first, BODY] if first else [])
    assert (found, len(message) < 1000) == (kind, True)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize(
    "location", ["http://[bad", "http://\xe9\x80/\xff", "", "//", ":", "x" * 60000, "http://a:b:c/", "\x1b[31m", "%"]
)
def test_a_redirect_to_what_is_no_address(status: int, location: str) -> None:
    found, message = outcome_of(lambda: answer([], "xml", f"Location: {location}", "Content-Length: 0", status=f"{status} x"))
    assert (found, len(message) < 1000) == ("protocol", True)
    assert f"answered with {status}, a redirect" in message


def dripping(beginning: bytes, part: bytes) -> t.Iterator[bytes]:
    yield beginning
    while True:
        time.sleep(0.1)
        yield part


LENGTH = "Content-Length: 60000"


@pytest.mark.parametrize(
    ("chunks", "kind"),
    [
        (lambda: dripping(b"HTTP/1.1 2", b"0"), "timeout"),
        (lambda: dripping(b"HTTP/1.1 200 OK\r\nX: ", b"y"), "timeout"),
        (lambda: itertools.repeat(b"HTTP/1.1 100 Continue\r\n\r\n" * 100), "timeout"),
        (lambda: dripping(head("200 OK", CHUNKED), b"0"), "timeout"),
        (lambda: dripping(head("200 OK", CHUNKED) + b"5;", b"x"), "timeout"),
        (lambda: dripping(head("200 OK", CHUNKED) + b"%x\r\n%s\r\n0\r\n" % (len(BODY), BODY), b"x"), "timeout"),
        (
            lambda: itertools.chain(
                [head("200 OK", CHUNKED), b"%x\r\n%s\r\n0\r\n" % (len(BODY), BODY)], itertools.repeat(b"X: y\r\n" * 100)
            ),
            "timeout",
        ),
        (lambda: dripping(head("302 x", "Location: /x", LENGTH), b"x"), "protocol"),
        (lambda: dripping(head("401 x", "Content-Type: text/plain", LENGTH), b"x"), "authentication"),
        (lambda: dripping(head("404 x", "Content-Type: text/plain", LENGTH), b"x"), "protocol"),
        (lambda: dripping(head("500 x", "Content-Type: application/xml", LENGTH), b"x"), "server"),
    ],
    ids=[
        "status",
        "header",
        "continue",
        "size",
        "extension",
        "trailer",
        "trailers",
        "redirect",
        "unauthorized",
        "not found",
        "error",
    ],
)
def test_what_never_comes_to_an_end_is_given_up(measurer: Measurer, chunks: t.Callable[[], t.Iterable[bytes]], kind: str) -> None:
    with HostileServer(lambda dummy: chunks()) as server:
        found = measurer.read(server, connection={"timeout": 1})
    assert (found.kind, found.growth < MOST_MEMORY) == (kind, True)
    found.names(r"\(option timeout\)" if kind == "timeout" else "answered with")
