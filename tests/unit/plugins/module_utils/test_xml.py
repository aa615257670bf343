# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The XML reader: records, and refusal of everything that EM does not send."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.backupops.veeam_em.plugins.module_utils._errors import ProtocolViolation, ReferencesOnly
from ansible_collections.backupops.veeam_em.plugins.module_utils._records import Paging, Record, Shape
from ansible_collections.backupops.veeam_em.plugins.module_utils._xml import NAMESPACE, parse_xml, read_xml
from ansible_collections.backupops.veeam_em.tests.unit.support import (
    COLLECTION_SHAPE,
    GUID,
    OTHER_GUID,
    QUERY_SHAPE,
    body_of,
    in_pieces,
)

PADDING = b"<!-- " + b"x" * 5000 + b" -->"
BOMB = (
    b'<!DOCTYPE q [<!ENTITY a "aaaaaaaaaa">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
    + b"]>"
)
EXTERNAL = b'<!DOCTYPE q [<!ENTITY x SYSTEM "file:///etc/hostname">]>'


def read(body: bytes, shape: Shape = COLLECTION_SHAPE, paging: Paging | None = None) -> list[Record]:
    return list(read_xml([body], shape, paging or Paging()))


def read_small(body: bytes) -> list[Record]:
    return [parse_xml(body)[1]]


READERS = (read, read_small)


def one_session(inner: str = "", attributes: str = "") -> bytes:
    item = f'<BackupJobSession UID="urn:veeam:BackupJobSession:{GUID}" Name="N"{attributes}>{inner}</BackupJobSession>'
    return f'<BackupJobSessions xmlns="{NAMESPACE}">{item}</BackupJobSessions>'.encode()


def test_a_page_of_a_query() -> None:
    paging = Paging()
    records = read(body_of("sessions.query.xml"), QUERY_SHAPE, paging)
    assert [record["uid"][-36:] for record in records] == [GUID, OTHER_GUID]
    assert (paging.number, paging.count) == (2, 3)


def test_the_whole_collection_has_the_same_records_and_no_paging() -> None:
    paging = Paging()
    assert read(body_of("sessions.collection.xml"), COLLECTION_SHAPE, paging) == read(body_of("sessions.query.xml"), QUERY_SHAPE)
    assert (paging.number, paging.count) == (None, 1)


def test_a_single_entity_has_the_same_record() -> None:
    shape = Shape(roots=("BackupJobSession",), items=("BackupJobSession",), container="BackupJobSessions")
    assert read(body_of("session.entity.xml"), shape) == read(body_of("sessions.query.xml"), QUERY_SHAPE)[:1]


def test_attributes_elements_and_text_of_a_record() -> None:
    record = read(body_of("sessions.collection.xml"))[0]
    assert record["name"] == 'Night "A" & <B>; Z\u00fcrich, \u2116 7\\x@2026-03-03 21:15:00'
    assert record["failure_message"] == "Line one\nline two"
    assert record["is_retry"] == "true"
    assert record["progress"] == "100"


def test_nested_and_unknown_elements_of_a_record() -> None:
    record = read(body_of("sessions.collection.xml"))[0]
    assert record["proxy_notes"] == {"level": "2", "text": "slow", "empty": None}
    assert record["hosts"] == [{"name": "esx1"}, {"name": "esx2"}]
    assert record["tags"] == ["gold"]
    assert record["links"][0]["name"] == "vbr-north.example.com"
    assert set(record["links"][3]) == {"rel", "href"}


@pytest.mark.parametrize("empty", ["<State/>", "<State></State>"])
def test_an_empty_element_is_none(empty: str) -> None:
    assert read(one_session(empty))[0]["state"] is None


@pytest.mark.parametrize("only", [(), ("Links",)])
def test_links_that_nobody_needs_are_left_out(only: tuple[str, ...]) -> None:
    links = "".join(
        f'<Link Rel="{rel}" Type="{kind}" Href="h/{rel}" />' for rel, kind in (("Up", "A"), ("Up", "BReference"), ("X", "B"))
    )
    body = one_session(f"<Links>{links}<Link Rel='Up' Href='h' /></Links>")
    wanted = frozenset({("Up", "BReference")})
    assert read(body, COLLECTION_SHAPE._replace(only=only, links=wanted))[0]["links"] == [
        {"rel": "Up", "type": "BReference", "href": "h/Up"}
    ]
    assert read(body, COLLECTION_SHAPE._replace(only=only, links=frozenset()))[0]["links"] == []
    assert len(read(body, COLLECTION_SHAPE._replace(only=only))[0]["links"]) == 4


def test_an_empty_attribute_is_none() -> None:
    assert read(one_session(attributes=' VmDisplayName=""'))[0]["vm_display_name"] is None


def test_attributes_of_a_foreign_namespace_are_left_out() -> None:
    body = one_session('<EndTimeUTC xmlns:i="http://www.w3.org/2001/XMLSchema-instance" i:nil="true"/>')
    assert read(body)[0]["end_time_utc"] is None


def test_comments_and_processing_instructions_are_nothing() -> None:
    assert read(one_session("<?do this?><!-- that --><State>Wor<!-- x -->king</State>"))[0]["state"] == "Working"


def test_an_empty_collection_has_no_records() -> None:
    assert read(f'<BackupJobSessions xmlns="{NAMESPACE}" />'.encode()) == []


def test_a_namespace_prefix_changes_nothing() -> None:
    body = f'<v:BackupJobSessions xmlns:v="{NAMESPACE}"><v:BackupJobSession UID="u"/></v:BackupJobSessions>'
    assert read(body.encode()) == [{"uid": "u"}]


def test_a_byte_order_mark_is_nothing() -> None:
    assert read(b"\xef\xbb\xbf" + body_of("sessions.collection.xml")) == read(body_of("sessions.collection.xml"))


def test_utf_16_is_read_too() -> None:
    text = body_of("sessions.collection.xml").decode("utf-8").replace('encoding="utf-8"', 'encoding="utf-16"')
    assert read(text.encode("utf-16")) == read(body_of("sessions.collection.xml"))


def test_the_boundaries_of_chunks_do_not_matter() -> None:
    body = b"\xef\xbb\xbf" + body_of("sessions.query.xml").replace(b"  <Entities>", PADDING + b"  <Entities>")
    whole = read(body, QUERY_SHAPE)
    for size in (*range(1, 40), 1000, 4095, 4096, 4097, len(body) - 1, len(body), len(body) + 1):
        paging = Paging()
        assert list(read_xml(in_pieces(body, size), QUERY_SHAPE, paging)) == whole
        assert (paging.number, paging.count) == (2, 3)


def test_records_come_while_the_body_still_arrives() -> None:
    head, session = one_session("<State>Stopped</State>").replace(b"</BackupJobSessions>", b"").split(b">", 1)
    taken: list[int] = []

    def arriving() -> t.Iterator[bytes]:
        yield head + b">"
        for number in range(2000):
            taken.append(number)
            yield session
        yield b"</BackupJobSessions>"

    records = read_xml(arriving(), COLLECTION_SHAPE, Paging())
    next(records)
    assert len(taken) < 100
    assert len(list(records)) == 1999


@pytest.mark.parametrize("doctype", [BOMB, EXTERNAL, b"<!DOCTYPE q>", b'<!DOCTYPE q SYSTEM "http://127.0.0.1:9/x.dtd">'])
@pytest.mark.parametrize("before", [b"", b'<?xml version="1.0"?>', b"\xef\xbb\xbf", b" \n"])
def test_a_document_type_declaration_is_refused(doctype: bytes, before: bytes) -> None:
    if before == b" \n":
        doctype = doctype.replace(b"<!DOCTYPE", b"<!DOCTYPE\n")
    body = before + doctype + one_session("<State>x</State>")
    for reading in READERS:
        with pytest.raises(ProtocolViolation, match="document type"):
            reading(body)


def test_a_document_type_declaration_in_utf_16_is_refused() -> None:
    body = (b'<?xml version="1.0" encoding="utf-16"?>' + EXTERNAL + one_session("<State>&x;</State>")).decode().encode("utf-16")
    for reading in READERS:
        with pytest.raises(ProtocolViolation):
            reading(body)


@pytest.mark.parametrize("doctype", [BOMB, EXTERNAL])
def test_a_document_type_declaration_far_behind_is_refused(doctype: bytes) -> None:
    body = PADDING * 20 + doctype + one_session("<State>x</State>")
    with pytest.raises(ProtocolViolation):
        list(read_xml(in_pieces(body, 4096), COLLECTION_SHAPE, Paging()))


def test_a_foreign_root_far_behind_is_refused() -> None:
    body = PADDING * 20 + b"<html><body>Log on</body></html>"
    with pytest.raises(ProtocolViolation):
        list(read_xml(in_pieces(body, 4096), COLLECTION_SHAPE, Paging()))


def test_an_entity_that_nobody_declared_is_refused() -> None:
    with pytest.raises(ProtocolViolation, match="broken"):
        read(one_session("<State>&secret;</State>"))


def test_a_depth_that_no_body_has_is_refused() -> None:
    with pytest.raises(ProtocolViolation, match="broken"):
        read(one_session("<a>" * 3000 + "</a>" * 3000))


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b'<BackupJobSessions xmlns="http://example.com/other"/>', "http://example.com/other"),
        (b"<BackupJobSessions/>", "none"),
        (b"<html><body/></html>", "html"),
        (f'<Jobs xmlns="{NAMESPACE}"/>'.encode(), "Jobs instead of BackupJobSessions"),
        (body_of("error.xml"), "Error"),
    ],
)
def test_another_root_is_refused_by_name(body: bytes, words: str) -> None:
    with pytest.raises(ProtocolViolation, match=words):
        read(body)


@pytest.mark.parametrize("body", [b"", b"  \r\n", b"\xef\xbb\xbf"])
def test_an_empty_body_is_refused(body: bytes) -> None:
    with pytest.raises(ProtocolViolation):
        read(body)


@pytest.mark.parametrize("body", [b"plain words", b"{}", b"<", b"<a><b></a>", b"\x00\x01\x02", b"\xff\xfe\xff"])
def test_what_is_no_xml_is_refused(body: bytes) -> None:
    for reading in READERS:
        with pytest.raises(ProtocolViolation):
            reading(body)


@pytest.mark.parametrize("part", [0.2, 0.5, 0.9, 0.99])
def test_a_body_that_is_cut_off_is_refused(part: float) -> None:
    body = body_of("sessions.query.xml").rstrip()
    with pytest.raises(ProtocolViolation, match="broken"):
        read(body[: int(len(body) * part)], QUERY_SHAPE)


def test_a_second_root_is_refused() -> None:
    with pytest.raises(ProtocolViolation, match="broken"):
        read(body_of("sessions.collection.xml") * 2)


@pytest.mark.parametrize(
    ("name", "shape"),
    [("references.xml", COLLECTION_SHAPE), ("references.xml", QUERY_SHAPE), ("references.query.xml", QUERY_SHAPE)],
)
def test_references_instead_of_entities_are_told_apart(name: str, shape: Shape) -> None:
    with pytest.raises(ReferencesOnly):
        read(body_of(name), shape)


def test_a_small_body() -> None:
    root, record = parse_xml(body_of("error.xml"))
    assert root == "Error"
    assert record["message"] == " ID 4711 is invalid. Type: BackupJobSession"
    assert record["status_code"] == "400"
    assert record["first_chance_exception_message"] == "inner words"


def test_a_small_body_of_a_foreign_namespace_is_refused() -> None:
    with pytest.raises(ProtocolViolation, match="none"):
        parse_xml(b"<Error Message='x'/>")


def test_repeated_elements_beside_others_are_all_kept() -> None:
    (record,) = read(one_session("<State>x</State><Tag>a</Tag><Tag>b</Tag><Tag>c</Tag>"))
    assert (record["state"], record["tag"]) == ("x", ["a", "b", "c"])
