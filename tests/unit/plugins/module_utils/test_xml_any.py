# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The XML reader where the shape names no items: whatever a query lists, and nothing inside of it."""

from __future__ import annotations

import pytest

from ansible_collections.backupops.veeam_em.plugins.module_utils._errors import ProtocolViolation
from ansible_collections.backupops.veeam_em.plugins.module_utils._records import Paging, Record, Shape
from ansible_collections.backupops.veeam_em.plugins.module_utils._xml import NAMESPACE, read_xml
from ansible_collections.backupops.veeam_em.tests.unit.support import GUID, QUERY_SHAPE, body_of, in_pieces

ANY = Shape(roots=("QueryResult",), items=(), container="")
UID = f"urn:veeam:Job:{GUID}"
PAGING = '<PagingInfo PageNum="2" PageSize="9" PagesCount="3"><Links><Link Rel="First" Href="x"/></Links></PagingInfo>'


def read(content: str, paging: Paging | None = None) -> list[Record]:
    body = f'<QueryResult xmlns="{NAMESPACE}">{content}</QueryResult>'.encode()
    return list(read_xml([body], ANY, paging or Paging()))


def test_entities_of_any_type() -> None:
    paging, expected_paging = Paging(), Paging()
    body = body_of("sessions.query.xml")
    assert list(read_xml([body], ANY, paging)) == list(read_xml([body], QUERY_SHAPE, expected_paging))
    assert paging == expected_paging


def test_the_boundaries_of_chunks_do_not_matter() -> None:
    body = body_of("sessions.query.xml")
    whole = list(read_xml([body], ANY, Paging()))
    for size in (1, 7, 100):
        assert list(read_xml(in_pieces(body, size), ANY, Paging())) == whole


@pytest.mark.parametrize("group", ["Entities", "Resources"])
@pytest.mark.parametrize(
    ("around", "item"), [("Jobs", "Job"), ("CdpReplicaSessions", "CdpPolicySession"), ("Tasks", "Task"), ("A", "A")]
)
def test_what_is_listed_under_entities_and_resources(group: str, around: str, item: str) -> None:
    items = f'<{item} UID="{UID}" Name="N"><State>Idle</State></{item}><{item} UID="b"/>'
    assert read(f"<{group}><{around}>{items}</{around}></{group}>") == [
        {"uid": UID, "name": "N", "state": "Idle"},
        {"uid": "b"},
    ]


def test_references() -> None:
    link = '<Links><Link Rel="Up" Href="h" Type="T"/></Links>'
    assert read(f'<Refs><Ref UID="{UID}" Name="N">{link}</Ref></Refs>') == [
        {"uid": UID, "name": "N", "links": [{"rel": "Up", "href": "h", "type": "T"}]}
    ]


def test_lists_inside_of_what_is_listed_belong_to_it() -> None:
    inner = "<Entities><Parts><Part Name='inner'/></Parts></Entities><Refs><Ref Name='r'/></Refs>"
    (record,) = read(f'<Entities><Jobs><Job UID="{UID}">{inner}</Job></Jobs></Entities>')
    assert record["uid"] == UID
    assert record["entities"] == {"parts": [{"name": "inner"}]}


@pytest.mark.parametrize(
    "content", ["", "<Refs/>", "<Entities/>", "<Entities><Jobs/></Entities>", "<Links><Link Rel='x'/></Links>"]
)
def test_an_empty_result_has_no_records_but_tells_its_page(content: str) -> None:
    paging = Paging()
    assert read(content + PAGING, paging) == []
    assert (paging.number, paging.count) == (2, 3)


def test_another_root_is_refused() -> None:
    with pytest.raises(ProtocolViolation, match="references"):
        list(read_xml([body_of("references.xml")], ANY, Paging()))
