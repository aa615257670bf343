# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The JSON reader: the records of the XML reader, whichever version wrote them."""

from __future__ import annotations

import contextlib
import json
import typing as t

import pytest

from ansible_collections.backupops.veeam_em.plugins.module_utils import _json
from ansible_collections.backupops.veeam_em.plugins.module_utils._errors import ProtocolViolation, ReferencesOnly
from ansible_collections.backupops.veeam_em.plugins.module_utils._json import parse_json, read_json
from ansible_collections.backupops.veeam_em.plugins.module_utils._records import Paging, Record, Shape
from ansible_collections.backupops.veeam_em.plugins.module_utils._xml import parse_xml, read_xml
from ansible_collections.backupops.veeam_em.tests.unit.support import (
    COLLECTION_SHAPE,
    GUID,
    QUERY_SHAPE,
    body_of,
    in_pieces,
)

VERSIONS = ("em12", "em13")
ENTITY_SHAPE = Shape(roots=("BackupJobSession",), items=("BackupJobSession",), container="BackupJobSessions")
TASKS_SHAPE = Shape(roots=("Tasks",), items=("Task",), container="Tasks")
LINK = {"Rel": "Up", "Type": "JobReference", "Href": "https://em.invalid/api/jobs/1", "Name": "Job"}
ENTITY = {"UID": f"urn:veeam:BackupJobSession:{GUID}", "Name": "N", "Links": [LINK]}


def read(body: t.Any, shape: Shape = COLLECTION_SHAPE, paging: Paging | None = None) -> list[Record]:
    encoded = body if isinstance(body, bytes) else json.dumps(body).encode()
    return list(read_json([encoded], shape, paging or Paging()))


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize(
    ("name", "shape"),
    [
        ("sessions.query", QUERY_SHAPE),
        ("sessions.collection", COLLECTION_SHAPE),
        ("session.entity", ENTITY_SHAPE),
        ("tasks", TASKS_SHAPE),
    ],
)
def test_records_equal_those_of_xml(name: str, shape: Shape, version: str) -> None:
    paging, paging_of_xml = Paging(), Paging()
    expected = list(read_xml([body_of(f"{name}.xml")], shape, paging_of_xml))
    assert read(body_of(f"{name}.{version}.json"), shape, paging) == expected
    assert len(expected) >= 1
    assert paging == paging_of_xml


@pytest.mark.parametrize("version", VERSIONS)
def test_a_byte_order_mark_is_nothing(version: str) -> None:
    body = body_of(f"sessions.query.{version}.json")
    assert read(b"\xef\xbb\xbf" + body, QUERY_SHAPE) == read(body, QUERY_SHAPE)


def test_the_boundaries_of_chunks_do_not_matter() -> None:
    body = body_of("sessions.query.em13.json")
    whole = read(body, QUERY_SHAPE)
    for size in (1, 2, 3, 7, 1000, len(body), len(body) + 1):
        assert list(read_json(in_pieces(body, size), QUERY_SHAPE, Paging())) == whole


@pytest.mark.parametrize(
    "body",
    [
        [ENTITY],
        {"BackupJobSessions": [ENTITY]},
        {"BackupJobSessions": {"BackupJobSessions": [ENTITY]}},
        {"backupJobSessions": {"backupJobSessions": [ENTITY]}},
        {"BackupJobSessions": {"BackupJobSession": [ENTITY]}},
        {"Entities": {"Jobs": None, "BackupJobSessions": {"BackupJobSessions": [ENTITY]}}},
        {"Entities": {"BackupJobSessions": [ENTITY]}},
        {"Entities": {"SomethingElse": {"Items": [ENTITY]}}},
        {"Entities": {"Jobs": {"Jobs": [{"UID": "x"}]}, "BackupJobSessions": {"BackupJobSessions": [ENTITY]}}},
        ENTITY,
    ],
)
def test_the_list_is_found_however_it_is_wrapped(body: t.Any) -> None:
    expected = {
        "uid": ENTITY["UID"],
        "name": "N",
        "links": [{"rel": "Up", "type": "JobReference", "href": LINK["Href"], "name": "Job"}],
    }
    assert read(body) == [expected]


@pytest.mark.parametrize(
    "body",
    [
        {"BackupJobSessions": {"BackupJobSession": ENTITY}},
        {"BackupJobSessions": {"BackupJobSessions": ENTITY}},
        {"BackupJobSessions": ENTITY},
    ],
)
def test_a_single_object_is_a_list_of_one(body: t.Any) -> None:
    assert [record.get("uid") for record in read(body)] == [ENTITY["UID"]]


@pytest.mark.parametrize(
    "body",
    [
        [],
        {"BackupJobSessions": []},
        {"BackupJobSessions": {"BackupJobSessions": []}},
        {"BackupJobSessions": {"BackupJobSessions": None}},
        {"Refs": None, "Entities": {"BackupJobSessions": None, "Jobs": None}, "PagingInfo": {"PagesCount": 1}},
    ],
)
def test_an_empty_result_has_no_records(body: t.Any) -> None:
    assert read(body) == []


@pytest.mark.parametrize(
    ("name", "shape"),
    [("references.em12.json", COLLECTION_SHAPE), ("references.query.em12.json", QUERY_SHAPE)],
)
def test_references_instead_of_entities_are_told_apart(name: str, shape: Shape) -> None:
    with pytest.raises(ReferencesOnly):
        read(body_of(name), shape)


@pytest.mark.parametrize("body", [b"", b"<a/>", b"{", b'{"a":', b"\xff\xfe", b"nonsense", b"[" * 200_000])
def test_what_is_no_json_is_refused(body: bytes) -> None:
    with pytest.raises(ProtocolViolation, match="broken"):
        read(body)


@pytest.mark.parametrize("part", [0.2, 0.5, 0.9, 0.99])
def test_a_body_that_is_cut_off_is_refused(part: float) -> None:
    body = body_of("sessions.query.em12.json").rstrip()
    with pytest.raises(ProtocolViolation, match="broken"):
        read(body[: int(len(body) * part)], QUERY_SHAPE)


@pytest.mark.parametrize("body", ["words", 5, True, None, ["words"], [[ENTITY]], {"BackupJobSessions": ["words"]}])
def test_something_else_than_a_list_of_objects_is_refused(body: t.Any) -> None:
    with pytest.raises(ProtocolViolation):
        read(body)


@pytest.mark.parametrize("body", [{"error": "no", "code": 1}, {"Message": "boom", "StatusCode": 500}])
def test_an_object_of_something_else_is_not_an_empty_result(body: t.Any) -> None:
    with pytest.raises(ProtocolViolation):
        read(body, QUERY_SHAPE)


def test_several_lists_of_other_things_are_refused() -> None:
    with pytest.raises(ProtocolViolation, match="several"):
        read({"data": [], "pagination": {"total": 0}})


def test_a_body_without_end_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_json, "MOST_BYTES", 1000)
    taken = []

    def endless() -> t.Iterator[bytes]:
        while True:
            taken.append(1)
            yield b" " * 100

    with pytest.raises(ProtocolViolation, match="page_size"):
        list(read_json(endless(), COLLECTION_SHAPE, Paging()))
    assert len(taken) == 11


def test_a_small_body_says_what_the_xml_says() -> None:
    message = parse_json(body_of("error.em12.json"))["Message"]
    assert message == parse_xml(body_of("error.xml"))[1]["message"]


@pytest.mark.parametrize("part", ["[],", "{},", "1,", '"a",'])
def test_a_body_of_too_many_values_is_refused_before_it_is_read(part: str) -> None:
    with pytest.raises(ProtocolViolation, match="more than 600000 values"):
        parse_json(b"[" + part.encode() * 600_001 + b"1]")


@pytest.mark.parametrize("depth", [900, 5000, 200_000])
def test_a_body_that_is_nested_too_deeply_is_broken_or_read(depth: int) -> None:
    """How deep that is depends on the Python."""
    body = b'{"BackupJobSessions":[{"UID":"a","X":' + b'{"a":' * depth + b"1" + b"}" * depth + b"}]}"
    with contextlib.suppress(ProtocolViolation):
        assert len(list(read_json([body], COLLECTION_SHAPE, Paging()))) == 1
