# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One answer as a stream of records."""

from __future__ import annotations

import pytest

from ansible_collections.backupops.veeam_em.plugins.module_utils import _errors as errors
from ansible_collections.backupops.veeam_em.plugins.module_utils._pages import Request, read_page
from ansible_collections.backupops.veeam_em.plugins.module_utils._records import Paging, Record
from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock import MockEm
from ansible_collections.backupops.veeam_em.tests.unit.support import (
    COLLECTION_SHAPE,
    GUID,
    OTHER_GUID,
    QUERY_SHAPE,
    Pauses,
    body_of,
    client_of,
    sent,
)

UID = "urn:veeam:BackupJobSession:"
COLLECTION = Request("backupSessions?format=Entity", "Cannot read things", COLLECTION_SHAPE, readers="Portal King")
QUERY = Request("query?type=BackupJobSession", "Cannot read things", QUERY_SHAPE)


@pytest.fixture(autouse=True)
def _two_sessions(em: MockEm) -> None:
    em.replay.add("backupSessions", body_of("sessions.collection.xml"))
    em.replay.add("query", body_of("sessions.query.xml"))


def read(
    em: MockEm, request: Request, pauses: Pauses | None = None, paging: Paging | None = None, seen: set[str] | None = None
) -> list[Record]:
    with client_of(em, pauses) as client:
        return list(read_page(client, request, paging or Paging(), set() if seen is None else seen))


def test_records_and_what_the_page_says_of_itself(em: MockEm) -> None:
    paging, seen = Paging(), {"another"}
    records = read(em, QUERY, paging=paging, seen=seen)
    assert [record["uid"] for record in records] == [UID + GUID, UID + OTHER_GUID]
    assert (paging.number, paging.count) == (2, 3)
    assert seen == {"another", UID + GUID, UID + OTHER_GUID}


def test_what_has_been_seen_does_not_come_again(em: MockEm) -> None:
    assert [record["uid"] for record in read(em, COLLECTION, seen={UID + GUID})] == [UID + OTHER_GUID]


def test_records_without_a_uid_are_all_new(em: MockEm) -> None:
    body = '<BackupJobSessions xmlns="http://www.veeam.com/ent/v1.0"><BackupJobSession/><BackupJobSession/></BackupJobSessions>'
    em.replay.add("backupSessions", body)
    assert len(read(em, COLLECTION)) == 2


def test_a_body_that_breaks_off_is_read_again_and_nothing_comes_twice(em: MockEm, pauses: Pauses) -> None:
    size = body_of("sessions.collection.xml").index(OTHER_GUID.encode())
    em.faults.add(kind="truncate", path="backupSessions", times=2, size=size + 200)
    assert [record["uid"] for record in read(em, COLLECTION, pauses)] == [UID + GUID, UID + OTHER_GUID]
    assert (len(pauses), len(sent(em, "GET"))) == (2, 3)


def test_a_body_that_always_breaks_off_is_an_error(em: MockEm, pauses: Pauses) -> None:
    em.faults.add(kind="truncate", path="backupSessions")
    with pytest.raises(errors.ConnectionFailed, match=r"^Cannot read things: "):
        read(em, COLLECTION, pauses)
    assert (len(pauses), len(sent(em, "GET"))) == (3, 4)


def test_a_status_can_mean_that_there_is_nothing(em: MockEm) -> None:
    em.faults.add(kind="status", status=500, path="backupSessions")
    assert read(em, COLLECTION._replace(nothing=frozenset({500}))) == []
    with pytest.raises(errors.ServerFailed, match=r"^Cannot read things"):
        read(em, COLLECTION)


def test_a_refusal_names_who_may(em: MockEm) -> None:
    em.faults.add(kind="status", status=403, path="backupSessions")
    with pytest.raises(errors.PermissionDenied, match=r"^Cannot read things.*role Portal King"):
        read(em, COLLECTION)


def test_broken_records_are_told_with_what_was_being_done(em: MockEm) -> None:
    em.replay.add("backupSessions", b"<broken")
    with pytest.raises(errors.ProtocolViolation, match=r"^Cannot read things \(/api/backupSessions\): .*broken"):
        read(em, COLLECTION)


@pytest.mark.parametrize("name", ["sessions.collection.xml", "sessions.collection.em12.json"])
def test_json_is_left_alone_where_only_a_stream_will_do(em: MockEm, name: str) -> None:
    em.replay.add("backupSessions", body_of(name))
    assert len(read(em, COLLECTION)) == 2
    streamed = COLLECTION._replace(streamed_only=True)
    if name.endswith("xml"):
        assert len(read(em, streamed)) == 2
    else:
        with pytest.raises(errors.ReferencesOnly):
            read(em, streamed)


def test_what_nothing_tells_apart_is_kept_until_the_answer_is_whole(em: MockEm, pauses: Pauses) -> None:
    body = '<BackupJobSessions xmlns="http://www.veeam.com/ent/v1.0">{}</BackupJobSessions>'
    em.replay.add("backupSessions", body.format("<BackupJobSession><Name>same</Name></BackupJobSession>" * 50))
    em.faults.add(kind="truncate", path="backupSessions", times=1, size=1500)
    seen: set[str] = set()
    assert len(read(em, COLLECTION._replace(whole=True), pauses, seen=seen)) == 50
    assert (len(pauses), seen) == (1, set())
