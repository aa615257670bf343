# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What becomes of a read when the status is 200 and the body is another than the right one."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock import MockEm
from ansible_collections.backupops.veeam_em.tests.unit.faults.asking import LOGON, LOGOUT, QUERY, READ, Fault, body
from ansible_collections.backupops.veeam_em.tests.unit.faults.matrix import (
    BY_PAGES,
    JSON,
    LOGGING_ON,
    NOT_CLOSED,
    PLAIN,
    XML,
    Case,
    Record,
    in_each,
    name_of,
    observed,
)

XML_TYPE, JSON_TYPE = "application/xml", "application/json"
EMPTY = '<BackupJobSessions xmlns="http://www.veeam.com/ent/v1.0"/>'
BOM = b"\xef\xbb\xbf"


def refused(fault: str, *asked: Fault, says: str, **more: t.Any) -> Case:
    """Return the case of a body that is none of EM: one error, one request, no second try."""
    return Case(fault, asked, PLAIN, "protocol", says, **more)


def changed(change: t.Callable[[bytes], bytes], content_type: str | None = None) -> Fault:
    """Return the right body with a change."""
    return body(change, READ, content_type)


def declared(encoding: str) -> t.Callable[[bytes], bytes]:
    """Return what lets XML declare an encoding."""
    return lambda right: f'<?xml version="1.0" encoding="{encoding}"?>'.encode() + right.partition(b"?>")[2]


def in_a_name(part: bytes) -> t.Callable[[bytes], bytes]:
    """Return what puts bytes into a name."""
    return lambda right: right.replace("Größe 3".encode(), "Größe 3".encode() + part)


def twice(right: bytes) -> bytes:
    """Return XML with each session doubled."""
    begin, end = right.index(b"<BackupJobSession "), right.index(b"</BackupJobSessions>")
    return right[:begin] + 2 * right[begin:end] + right[end:]


ONLY_XML: dict[str, t.Any] = {"representations": (XML,)}
ONLY_JSON: dict[str, t.Any] = {"representations": (JSON,)}
BODIES = (
    refused("a web page with 200", {"kind": "html", **READ}, says="a web page"),
    Case(
        "a web page in the middle of the pages",
        ({"kind": "html", "after": 1, **QUERY},),
        4,
        "protocol",
        "a web page",
        options=BY_PAGES,
    ),
    Case("a web page on the logon", ({"kind": "html", **LOGON},), 1, "protocol", "sent no token", doing=LOGGING_ON, **ONLY_XML),
    Case("a web page on the logout", ({"kind": "html", **LOGOUT},), PLAIN, left_open=1, warns=NOT_CLOSED, **ONLY_XML),
    refused("plain text with 200", body("hello", READ, "text/plain"), says="the content type text/plain, which EM does not use"),
    refused(
        "JSON although XML alone was asked for",
        body("{}", READ, JSON_TYPE),
        says="answered with JSON although XML was asked for",
        connection={"media_type": "xml"},
        **ONLY_XML,
    ),
    Case("JSON although XML was asked for, which will do", (), PLAIN, settings={"answer": "json"}, **ONLY_XML),
    Case(
        "XML although JSON was asked for",
        (body(lambda dummy: EMPTY.encode(), READ, XML_TYPE),),
        PLAIN,
        "protocol",
        "root element",
        **ONLY_JSON,
    ),
    refused("an empty body", body("", READ, XML_TYPE), says="empty where XML was expected", **ONLY_XML),
    refused("an empty body", body("", READ, JSON_TYPE), says="JSON is broken", **ONLY_JSON),
    refused("truncated XML", changed(lambda right: right[: len(right) // 2]), says="XML is broken", **ONLY_XML),
    refused("XML that lacks its last tag", changed(lambda right: right.rpartition(b"</")[0]), says="XML is broken", **ONLY_XML),
    refused("truncated JSON", changed(lambda right: right[: len(right) // 2]), says="JSON is broken", **ONLY_JSON),
    refused("broken JSON", changed(lambda right: right.replace(b":", b";")), says="JSON is broken", **ONLY_JSON),
    refused(
        "endless JSON",
        body("[1,", READ, JSON_TYPE),
        {"kind": "endless", "size": 2, **READ},
        says=r"JSON is larger than \d+ bytes",
        **ONLY_JSON,
    ),
    refused(
        "endless XML",
        body(f"{EMPTY[:-2]}> ", READ, XML_TYPE),
        {"kind": "endless", "size": 1, **READ},
        says=r"no whole resource in \d+ bytes",
        **ONLY_XML,
    ),
    refused(
        "JSON without a list of sessions", body('{"Message": "ok"}', READ, JSON_TYPE), says="no BackupJobSessions", **ONLY_JSON
    ),
    refused("a wrong root element", body(EMPTY.replace("Backup", "Other"), READ), says="root element OtherJobSessions", **ONLY_XML),
    refused("a wrong namespace", body(EMPTY.replace("veeam", "example"), READ), says="not that of Enterprise Manager", **ONLY_XML),
    refused("no namespace", body("<BackupJobSessions/>", READ), says=r"namespace \(none\)", **ONLY_XML),
    refused(
        "a document type declaration",
        body(f'<!DOCTYPE a [<!ENTITY b "c">]>{EMPTY}', READ),
        says="document type declaration",
        **ONLY_XML,
    ),
    refused("an invalid character", changed(in_a_name(b"\x01")), says="(XML|JSON) is broken"),
    refused("an invalid reference to a character", changed(in_a_name(b"&#1;")), says="XML is broken", **ONLY_XML),
    refused("bytes that are no UTF-8", changed(in_a_name(b"\xff")), says="(XML|JSON) is broken"),
    refused("an encoding declared that there is not", changed(declared("x-none")), says="XML is broken", **ONLY_XML),
    refused("UTF-16 declared, UTF-8 sent", changed(declared("utf-16")), says="XML is broken", **ONLY_XML),
    Case("another charset in the Content-Type", (changed(bytes, f"{XML_TYPE}; charset=utf-16"),), PLAIN, **ONLY_XML),
    Case("another charset in the Content-Type", (changed(bytes, f"{JSON_TYPE}; charset=utf-16"),), PLAIN, **ONLY_JSON),
    Case("a byte order mark", (), PLAIN, settings={"bom": True}),
    Case("each session twice in one answer", (changed(twice),), PLAIN, **ONLY_XML),
)


@pytest.mark.parametrize(("case", "representation"), in_each(BODIES), ids=name_of)
def test_bodies(em: MockEm, case: Case, representation: str, record: Record) -> None:
    record("Reading: bodies", observed(em, case, representation))
