# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The JSON reader where the shape names no items: whatever a query lists comes out as from XML."""

from __future__ import annotations

import json
import typing as t

import pytest

from ansible_collections.backupops.veeam_em.plugins.module_utils._errors import ProtocolViolation
from ansible_collections.backupops.veeam_em.plugins.module_utils._json import read_json
from ansible_collections.backupops.veeam_em.plugins.module_utils._records import Paging, Record, Shape
from ansible_collections.backupops.veeam_em.plugins.module_utils._xml import read_xml
from ansible_collections.backupops.veeam_em.tests.unit.support import GUID, QUERY_SHAPE, body_of

ANY = Shape(roots=("QueryResult",), items=(), container="")
EVENTS = Shape(roots=("SystemSessionEvents",), items=("Events",), container="Events", keys=("order",))
ENTITY = {"UID": f"urn:veeam:Job:{GUID}", "Name": "N"}
RECORD = {"uid": f"urn:veeam:Job:{GUID}", "name": "N"}
PAGING = {"PageNum": 1, "PagesCount": 1}


def read(body: t.Any, shape: Shape = ANY) -> list[Record]:
    encoded = body if isinstance(body, bytes) else json.dumps(body).encode()
    return list(read_json([encoded], shape, Paging()))


@pytest.mark.parametrize("version", ["em12", "em13"])
def test_entities_of_any_type_equal_those_of_xml(version: str) -> None:
    expected = list(read_xml([body_of("sessions.query.xml")], QUERY_SHAPE, Paging()))
    assert read(body_of(f"sessions.query.{version}.json")) == expected


def test_references_equal_those_of_xml() -> None:
    expected = list(read_xml([body_of("references.query.xml")], ANY, Paging()))
    found = read(body_of("references.query.em12.json"))
    assert [record["uid"] for record in found] == [record["uid"] for record in expected]
    assert len(found) >= 1


@pytest.mark.parametrize(
    "body",
    [
        {"Refs": None, "Entities": {"Jobs": {"Jobs": [ENTITY]}, "Backups": None}, "Resources": None, "PagingInfo": PAGING},
        {"entities": {"jobs": {"jobs": [ENTITY]}}, "pagingInfo": PAGING},
        {"Entities": {"CdpReplicaSessions": {"CdpPolicySessions": [ENTITY]}}},
        {"Entities": None, "Resources": {"Tasks": {"Tasks": [ENTITY]}}},
        {"Refs": {"Refs": [ENTITY]}, "Entities": None, "Resources": None, "PagingInfo": PAGING},
        {"Refs": [ENTITY]},
        {"refs": {"refs": [ENTITY]}},
        {"Refs": {"Refs": []}, "Entities": {"Jobs": {"Jobs": [ENTITY]}}},
    ],
)
def test_the_one_list_is_found(body: t.Any) -> None:
    assert read(body) == [RECORD]


@pytest.mark.parametrize(
    "body",
    [
        {"Refs": {"Refs": []}},
        {"Refs": []},
        {"Entities": {"Jobs": {"Jobs": []}}},
        {"Entities": {"Jobs": None}},
        {"Refs": None, "Entities": None, "Resources": None, "PagingInfo": PAGING},
    ],
)
def test_an_empty_result_has_no_records(body: t.Any) -> None:
    assert read(body) == []


@pytest.mark.parametrize(
    "body", [{"Message": "no", "StatusCode": 500}, {"Refs": "words"}, {"Refs": [1]}, {"Entities": {"A": [], "B": []}}]
)
def test_something_else_is_refused(body: t.Any) -> None:
    with pytest.raises(ProtocolViolation):
        read(body)


def test_without_items_to_expect_whatever_is_listed_is_one() -> None:
    assert read({"Entities": {"Things": {"Things": [{"Name": "n"}, {"Size": 5}]}}}) == [{"name": "n"}, {"size": "5"}]


EVENT = {"CreationTimeUTC": "2026-03-01T20:00:09", "Message": "Begun", "Order": 1}


@pytest.mark.parametrize(
    "body",
    [
        {"Events": [EVENT], "Links": [{"Rel": "Up"}], "Href": "x", "Type": "SystemSessionEvents"},
        {"events": [{"creationTimeUTC": EVENT["CreationTimeUTC"], "message": "Begun", "order": 1}], "links": None},
        {"Events": {"Events": [EVENT]}, "Links": None},
        [EVENT],
    ],
)
def test_items_without_a_uid_are_told_by_another_key(body: t.Any) -> None:
    assert read(body, EVENTS) == [{"creation_time_utc": "2026-03-01T20:00:09", "message": "Begun", "order": "1"}]


@pytest.mark.parametrize("body", [{"Events": [], "Links": []}, {"Events": None, "Links": None, "Href": "x", "Type": "y"}])
def test_no_items_without_a_uid(body: t.Any) -> None:
    assert read(body, EVENTS) == []


def test_items_that_lack_the_key_are_refused() -> None:
    with pytest.raises(ProtocolViolation, match="something else than Events"):
        read({"Events": [{"Message": "x"}]}, EVENTS)
