# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Reading sessions: by id, as a collection, page by page."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.backupops.veeam_em.plugins.module_utils import _errors as errors
from ansible_collections.backupops.veeam_em.plugins.module_utils._families import BACKUP, BACKUP_TASK, Family
from ansible_collections.backupops.veeam_em.plugins.module_utils._query import Query
from ansible_collections.backupops.veeam_em.plugins.module_utils._reading import SessionReader
from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock import MockEm
from ansible_collections.backupops.veeam_em.tests.unit.support import Pauses, body_of, client_of, sent

UNKNOWN = "3f6c0f3a-94d7-4c55-8a1e-5a6f0c2b7d10"
BY_TIME = Query("BackupJobSession", sort="CreationTime", page_size=3)

Sessions = list[dict[str, t.Any]]
Read = t.Callable[[SessionReader], t.Iterable[dict[str, t.Any]]]


def read(em: MockEm, reading: Read, family: Family = BACKUP, pauses: Pauses | None = None, **changes: t.Any) -> Sessions:
    with client_of(em, pauses, **changes) as client:
        return list(reading(SessionReader(client, family)))


def by_query(query: Query = BY_TIME) -> Read:
    return lambda reader: reader.query(query)


def ids(sessions: t.Iterable[dict[str, t.Any]]) -> list[str]:
    return [session["id"] for session in sessions]


def add_sessions(em: MockEm, number: int) -> list[str]:
    """Add sessions; return their ids, the newest first."""
    return [em.add_session(creation_time=-60 * (index + 20)) for index in range(number)]


# -- every representation ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("media_type", ["auto", "json"])
@pytest.mark.parametrize("em_version", [12, 13])
def test_the_sessions_are_the_same_in_every_representation(small_em: MockEm, em_version: int, media_type: str) -> None:
    query = Query("BackupJobSession", sort="CreationTime", page_size=7)
    expected = read(small_em, by_query(query), media_type="xml")
    small_em.settings.em_version = em_version
    small_em.settings.bom = True
    found = read(small_em, by_query(query), media_type=media_type)
    small_em.settings.em_version = 12
    for session in (*expected, *found):
        if session["running"]:
            session.pop("duration")
    assert found == expected
    assert len(found) > 30


@pytest.mark.parametrize("media_type", ["xml", "json"])
def test_tasks_are_the_same_in_every_representation(small_em: MockEm, media_type: str) -> None:
    query = Query("BackupTaskSession", filter='State=="Completed"', sort="Name")
    expected = read(small_em, by_query(query), BACKUP_TASK)
    small_em.settings.em_version = 13
    assert read(small_em, by_query(query), BACKUP_TASK, media_type=media_type) == expected
    assert {session["kind"] for session in expected} == {"backup_task"}


# -- by id -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("media_type", ["xml", "json"])
def test_by_id_in_the_order_given_one_request_each(em: MockEm, media_type: str) -> None:
    first, second, third = add_sessions(em, 3)
    found = read(em, lambda reader: reader.by_ids([third, first, second]), media_type=media_type)
    assert ids(found) == [third, first, second]
    assert sent(em, "GET") == [f"backupSessions/{guid}?format=Entity" for guid in (third, first, second)]


def test_by_id_reaches_beyond_the_thirty_days(em: MockEm) -> None:
    old = em.add_session(creation_time=-400 * 86400)
    assert ids(read(em, lambda reader: reader.by_ids([old]))) == [old]


def test_an_unknown_id_is_named(em: MockEm) -> None:
    (known,) = add_sessions(em, 1)
    with pytest.raises(errors.NotFound, match=f"Cannot read backup job sessions {UNKNOWN}") as caught:
        read(em, lambda reader: reader.by_ids([known, UNKNOWN]))
    assert caught.value.status == 404
    assert UNKNOWN in (caught.value.server_message or "")


# -- the whole collection ----------------------------------------------------------------------------------------------


def test_the_collection_is_one_request(em: MockEm) -> None:
    wanted = add_sessions(em, 5)
    found = read(em, lambda reader: reader.collection())
    assert set(ids(found)) == set(wanted)
    assert sent(em, "GET") == ["backupSessions?format=Entity"]


def test_the_collection_is_read_as_a_stream(em: MockEm) -> None:
    em.generate(1000)
    em.faults.add(kind="reset", when="body", path="backupSessions", size=500_000)
    found: Sessions = []
    with client_of(em, retries=0) as client, pytest.raises(errors.ConnectionFailed):
        found.extend(SessionReader(client, BACKUP).collection())
    assert 50 < len(found) < 1000


@pytest.mark.parametrize("name", ["references.xml", "references.em12.json"])
def test_references_send_the_caller_to_the_query(em: MockEm, name: str) -> None:
    em.replay.add("backupSessions", body_of(name))
    with pytest.raises(errors.ReferencesOnly):
        read(em, lambda reader: reader.collection())


def test_json_which_could_only_be_read_whole_sends_the_caller_to_the_query(em: MockEm) -> None:
    add_sessions(em, 1)
    with pytest.raises(errors.ReferencesOnly):
        read(em, lambda reader: reader.collection(), media_type="json")


# -- page by page ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("media_type", ["xml", "json"])
@pytest.mark.parametrize(("number", "pages"), [(0, 1), (1, 1), (3, 1), (4, 2), (7, 3)])
def test_all_pages_are_read_and_no_more(em: MockEm, number: int, pages: int, media_type: str) -> None:
    wanted = add_sessions(em, number)
    assert ids(read(em, by_query(), media_type=media_type)) == wanted
    assert len(sent(em, "GET", "query")) == pages


def test_pages_are_asked_for_by_number_on_the_configured_host(em: MockEm) -> None:
    add_sessions(em, 4)
    read(em, by_query())
    assert sent(em, "GET", "query") == [BY_TIME.path(1), BY_TIME.path(2)]


def test_what_is_not_consumed_is_not_asked_for(em: MockEm) -> None:
    add_sessions(em, 9)
    with client_of(em) as client:
        next(SessionReader(client, BACKUP).query(BY_TIME))
    assert len(sent(em, "GET", "query")) == 1


def test_sessions_that_move_to_the_next_page_come_once(em: MockEm) -> None:
    wanted = add_sessions(em, 7)
    found = []
    with client_of(em) as client:
        for session in SessionReader(client, BACKUP).query(BY_TIME):
            found.append(session["id"])
            if len(found) == 3:
                em.add_session(creation_time=-10)
    assert found == wanted


@pytest.mark.parametrize("media_type", ["xml", "json"])
def test_a_page_count_that_lies_does_not_lead_on_for_ever(em: MockEm, media_type: str) -> None:
    wanted = add_sessions(em, 4)
    em.faults.add(kind="page_count", pages=1_000_000)
    assert ids(read(em, by_query(), media_type=media_type)) == wanted
    assert len(sent(em, "GET", "query")) <= 5


def test_a_page_with_nothing_new_does_not_end_the_reading_too_early(em: MockEm) -> None:
    """Three new sessions push a whole page to the next one."""
    wanted = add_sessions(em, 9)
    found = []
    with client_of(em) as client:
        for session in SessionReader(client, BACKUP).query(BY_TIME):
            found.append(session["id"])
            if len(found) == 3:
                for seconds in (1, 2, 3):
                    em.add_session(creation_time=-seconds)
    assert found == wanted


def test_sessions_that_end_while_they_are_read_hide_no_other(em: MockEm) -> None:
    """Those that run slip to a page that has been read, when others end: the query is read again."""
    guids = [em.add_session(state="Working", creation_time=-60 * (n + 1)) for n in range(6)]
    query = Query("BackupJobSession", 'State!="Stopped"', sort="CreationTime", page_size=2, volatile=True)
    with client_of(em) as client:
        stream = SessionReader(client, BACKUP).query(query)
        found = [next(stream)["id"], next(stream)["id"]]
        em.settings.stop_seconds = 0
        with client_of(em) as other:
            for guid in guids[:2]:
                other.post(f"backupSessions/{guid}?action=stop", "Cannot stop").close()
        found.extend(ids(stream))
    assert sorted(found) == sorted(guids)


def test_a_page_that_is_not_the_one_asked_for_is_an_error(em: MockEm) -> None:
    add_sessions(em, 3)
    body = '<QueryResult xmlns="http://www.veeam.com/ent/v1.0"><PagingInfo PageNum="7" PageSize="2" PagesCount="9"/></QueryResult>'
    em.faults.add(kind="body", path="query", body=body)
    with pytest.raises(errors.ProtocolViolation, match="page 1 was asked for, page 7 came"):
        read(em, by_query())


def test_a_page_that_does_not_say_how_many_there_are_is_an_error(em: MockEm) -> None:
    em.faults.add(kind="body", path="query", body='<QueryResult xmlns="http://www.veeam.com/ent/v1.0"/>')
    with pytest.raises(errors.ProtocolViolation, match=r"page \(none\) came"):
        read(em, by_query())
