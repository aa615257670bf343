# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Reading sessions: by id, as a collection, page by page."""

from __future__ import annotations

import pytest

from ansible_collections.backupops.veeam_em.plugins.module_utils import _errors as errors
from ansible_collections.backupops.veeam_em.plugins.module_utils._families import (
    AGENT_BACKUP,
    BACKUP,
    FAMILIES,
    NAS_BACKUP,
    REPLICA,
    SYSTEM,
)
from ansible_collections.backupops.veeam_em.plugins.module_utils._family import Family
from ansible_collections.backupops.veeam_em.plugins.module_utils._query import Query
from ansible_collections.backupops.veeam_em.plugins.module_utils._reading import SessionReader
from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock import MockEm
from ansible_collections.backupops.veeam_em.tests.unit.plugins.families import EACH, EACH_WITH_QUERY, add_one
from ansible_collections.backupops.veeam_em.tests.unit.plugins.module_utils.reading import (
    UNKNOWN,
    Sessions,
    add_sessions,
    by_query,
    ids,
    read,
)
from ansible_collections.backupops.veeam_em.tests.unit.support import body_of, client_of, sent

MEDIA = pytest.mark.parametrize("media_type", ["xml", "json"])


# -- by id -------------------------------------------------------------------------------------------------------------


@MEDIA
def test_by_id_in_the_order_given_one_request_each(em: MockEm, media_type: str) -> None:
    first, second, third = add_sessions(em, 3)
    found = read(em, lambda reader: reader.by_ids([third, first, second]), media_type=media_type)
    assert ids(found) == [third, first, second]
    assert sent(em, "GET") == [f"backupSessions/{guid}?format=Entity" for guid in (third, first, second)]


def test_by_id_reaches_beyond_the_thirty_days(em: MockEm) -> None:
    old = em.add_session(creation_time=-400 * 86400)
    assert ids(read(em, lambda reader: reader.by_ids([old]))) == [old]


@EACH
@MEDIA
def test_every_family_is_read_by_id(em: MockEm, family: Family, media_type: str) -> None:
    wanted = add_one(em, family)
    (found,) = read(em, lambda reader: reader.by_ids([wanted]), family, media_type=media_type)
    assert (found["kind"], found["id"], found["uid"]) == (family.kind, wanted, f"urn:veeam:{family.uid_kind}:{wanted}")
    assert sent(em, "GET") == [f"{family.by_id}/{wanted}?format=Entity"]


def test_agents_and_file_shares_are_read_by_id_among_backup_sessions() -> None:
    assert {family.by_id for family in (BACKUP, AGENT_BACKUP, NAS_BACKUP)} == {"backupSessions"}


@pytest.mark.parametrize(
    ("kind", "job_type"), [("agent_backup", "NasBackup"), ("nas_backup", "Backup"), ("agent_backup", "Backup")]
)
def test_the_id_of_another_family_is_not_found_and_says_where_it_is(em: MockEm, kind: str, job_type: str) -> None:
    guid = em.add_session(job_type=job_type)
    with pytest.raises(errors.NotFound, match=f"{guid}.*{job_type}.*em_backup_session_info") as caught:
        read(em, lambda reader: reader.by_ids([guid]), FAMILIES[kind])
    assert caught.value.path == f"/api/backupSessions/{guid}"


def test_a_type_that_is_known_of_no_family_is_passed_through(em: MockEm) -> None:
    guid = em.add_session(job_type="AgentSomethingNew")
    assert ids(read(em, lambda reader: reader.by_ids([guid]), AGENT_BACKUP)) == [guid]


def test_a_backup_session_is_read_by_id_whatever_its_type(em: MockEm) -> None:
    guids = [em.add_session(job_type=job_type) for job_type in ("AgentBackup", "NasBackup", "SomethingNew")]
    assert ids(read(em, lambda reader: reader.by_ids(guids))) == guids


def test_an_answer_without_a_session_is_not_found(em: MockEm) -> None:
    em.faults.add(kind="body", path="replicaSessions", body="[]", content_type="application/json")
    with pytest.raises(errors.NotFound, match=f"{UNKNOWN}: EM answered with no replica job session"):
        read(em, lambda reader: reader.by_ids([UNKNOWN]), REPLICA)


def test_an_unknown_id_is_named(em: MockEm) -> None:
    (known,) = add_sessions(em, 1)
    with pytest.raises(errors.NotFound, match=f"Cannot read backup job sessions {UNKNOWN}") as caught:
        read(em, lambda reader: reader.by_ids([known, UNKNOWN]))
    assert caught.value.status == 404
    assert UNKNOWN in (caught.value.server_message or "")


# -- those that are there ----------------------------------------------------------------------------------------------


@EACH_WITH_QUERY
def test_several_are_found_by_one_query_and_unknown_ones_omitted(em: MockEm, family: Family) -> None:
    wanted = [add_one(em, family, creation_time=-60 * number) for number in (1, 2)]
    with client_of(em) as client:
        found = SessionReader(client, family).several([wanted[1], UNKNOWN, wanted[0]])
    assert ids(found) == wanted
    assert [path.partition("&")[0] for path in sent(em, "GET")] == [f"query?type={family.uid_kind}"]


def test_several_of_more_than_a_hundred(em: MockEm) -> None:
    wanted = [em.add_session() for dummy in range(101)]
    with client_of(em) as client:
        found = SessionReader(client, BACKUP).several(wanted)
    assert sorted(ids(found)) == sorted(wanted)
    assert len(sent(em, "GET", "query")) == 2


def test_of_another_family_there_are_none(em: MockEm) -> None:
    guid = em.add_session(job_type="NasBackup")
    with client_of(em) as client:
        assert SessionReader(client, AGENT_BACKUP).several([guid]) == []
        assert SessionReader(client, AGENT_BACKUP).one(guid) is None
        assert ids(SessionReader(client, NAS_BACKUP).several([guid])) == [guid]


@EACH
def test_one_is_there_or_not(em: MockEm, family: Family) -> None:
    wanted = add_one(em, family)
    with client_of(em) as client:
        reader = SessionReader(client, family)
        found = reader.one(wanted)
        assert found is not None
        assert found["id"] == wanted
        assert reader.one(UNKNOWN) is None


@pytest.mark.parametrize(
    ("family", "expected"),
    [(BACKUP, ["query", f"backupSessions/{UNKNOWN}"]), (SYSTEM, ["systemSessions/{0}", f"systemSessions/{UNKNOWN}"])],
    ids=["backup", "system"],
)
def test_those_present_by_id_and_what_a_query_omits_is_asked_for_by_itself(em: MockEm, family: Family, expected: list[str]) -> None:
    wanted = add_one(em, family)
    with client_of(em) as client:
        found = SessionReader(client, family).present([wanted, UNKNOWN])
    assert {guid: session["id"] for guid, session in found.items()} == {wanted: wanted}
    assert [path.partition("?")[0] for path in sent(em, "GET")] == [path.format(wanted) for path in expected]


def test_a_session_that_a_query_omits_is_present_all_the_same(em: MockEm) -> None:
    guid = em.add_session()
    em.faults.add(
        kind="body",
        path="query",
        body='<QueryResult xmlns="http://www.veeam.com/ent/v1.0"><PagingInfo PageNum="1" PagesCount="1"/></QueryResult>',
    )
    with client_of(em) as client:
        assert set(SessionReader(client, BACKUP).present([guid])) == {guid}


# -- the whole collection ----------------------------------------------------------------------------------------------


def test_the_collection_is_one_request(em: MockEm) -> None:
    wanted = add_sessions(em, 5)
    found = read(em, lambda reader: reader.collection())
    assert set(ids(found)) == set(wanted)
    assert sent(em, "GET") == ["backupSessions?format=Entity"]


@EACH
def test_every_family_has_a_collection_with_its_sessions_only(em: MockEm, family: Family) -> None:
    wanted = [add_one(em, family), add_one(em, family)]
    add_one(em, family, creation_time=-31 * 86400)
    for job_type in ("Backup", "NasBackup", "AgentBackup"):
        if family.types and job_type not in family.types:
            em.add_session(job_type=job_type)
    found = read(em, lambda reader: reader.collection(), family)
    assert set(ids(found)) == set(wanted)
    assert {session["kind"] for session in found} == {family.kind}
    assert sent(em, "GET") == [f"{family.path}?format=Entity"]


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


@EACH_WITH_QUERY
def test_json_which_could_only_be_read_whole_sends_the_caller_to_the_query(em: MockEm, family: Family) -> None:
    add_one(em, family)
    with pytest.raises(errors.ReferencesOnly):
        read(em, lambda reader: reader.collection(), family, media_type="json")


def test_json_is_read_whole_where_nothing_else_is_left(em: MockEm) -> None:
    wanted = add_one(em, FAMILIES["cloud_failover"])
    collection = read(em, lambda reader: reader.collection(streamed_only=False), FAMILIES["cloud_failover"], media_type="json")
    assert ids(collection) == [wanted]


def test_a_session_that_is_none_is_told_with_what_was_being_read(em: MockEm) -> None:
    body = '<BackupJobSession xmlns="http://www.veeam.com/ent/v1.0"><State><A>x</A></State></BackupJobSession>'
    em.replay.add(f"backupSessions/{UNKNOWN}", body)
    with pytest.raises(errors.ProtocolViolation, match=r"^Cannot read backup job sessions: .*State"):
        read(em, lambda reader: reader.by_ids([UNKNOWN]))


@pytest.mark.parametrize("em_version", [12, 13])
def test_without_a_query_json_is_read_whole(em: MockEm, em_version: int) -> None:
    em.settings.em_version = em_version
    wanted = [add_one(em, SYSTEM) for dummy in range(3)]
    assert set(ids(read(em, lambda reader: reader.collection(), SYSTEM, media_type="json"))) == set(wanted)


# -- queries -----------------------------------------------------------------------------------------------------------


@EACH_WITH_QUERY
@MEDIA
def test_every_family_is_read_by_query(em: MockEm, family: Family, media_type: str) -> None:
    wanted = [add_one(em, family, creation_time=-60 * number) for number in (1, 2, 3)]
    found = read(em, by_query(Query(family.uid_kind, sort=family.sort_by_creation, page_size=2)), family, media_type=media_type)
    assert ids(found) == wanted
    assert {session["kind"] for session in found} == {family.kind}


def test_links_come_along_when_they_are_asked_for(em: MockEm) -> None:
    add_sessions(em, 1)
    with client_of(em) as client:
        (found,) = SessionReader(client, BACKUP, with_links=True).collection()
    assert "Stop" in {link["rel"] for link in found["links"]}
