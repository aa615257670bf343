# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Reading sessions when something goes wrong."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.backupops.veeam_em.plugins.module_utils import _errors as errors
from ansible_collections.backupops.veeam_em.plugins.module_utils._query import Query
from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock import MockEm
from ansible_collections.backupops.veeam_em.tests.unit.plugins.module_utils.reading import add_sessions, by_query, ids, read
from ansible_collections.backupops.veeam_em.tests.unit.support import Pauses, client_of, sent


@pytest.mark.parametrize("media_type", ["xml", "json"])
@pytest.mark.parametrize(
    "fault",
    [
        {"kind": "reset", "when": "body"},
        {"kind": "truncate"},
        {"kind": "reset", "when": "headers"},
        {"kind": "status", "status": 502},
    ],
)
def test_a_page_that_breaks_off_is_read_again_and_nothing_comes_twice(
    em: MockEm, pauses: Pauses, fault: dict[str, t.Any], media_type: str
) -> None:
    wanted = add_sessions(em, 30)
    em.faults.add(path="query", after=1, times=2, **fault)
    query = Query("BackupJobSession", sort="CreationTime", page_size=20)
    assert ids(read(em, by_query(query), pauses=pauses, media_type=media_type)) == wanted
    assert len(pauses) == 2
    assert len(sent(em, "GET", "query")) == 4


def test_the_collection_that_breaks_off_is_read_again_and_nothing_comes_twice(em: MockEm) -> None:
    wanted = add_sessions(em, 30)
    em.faults.add(kind="reset", when="body", path="backupSessions", times=1, size=20_000)
    found = ids(read(em, lambda reader: reader.collection()))
    assert sorted(found) == sorted(wanted)


def test_a_page_that_always_breaks_off_is_an_error(em: MockEm, pauses: Pauses) -> None:
    add_sessions(em, 3)
    em.faults.add(kind="truncate", path="query")
    with pytest.raises(errors.ConnectionFailed, match="Cannot read backup job sessions"):
        read(em, by_query(), pauses=pauses, retries=2)
    assert (len(pauses), len(sent(em, "GET", "query"))) == (2, 3)


def test_a_body_that_is_cut_off_without_a_sign_is_broken_xml(em: MockEm) -> None:
    add_sessions(em, 3)
    em.faults.add(kind="truncate", path="query", clean_end=True)
    with pytest.raises(errors.ProtocolViolation, match=r"Cannot read backup job sessions \(/api/query\): .*broken"):
        read(em, by_query())


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        ({"kind": "status", "status": 400}, "request"),
        ({"kind": "status", "status": 403}, "permission"),
        ({"kind": "status", "status": 404}, "not_found"),
        ({"kind": "status", "status": 500}, "server"),
        ({"kind": "html"}, "protocol"),
        ({"kind": "redirect", "location": "https://example.com/"}, "protocol"),
        ({"kind": "unauthorized"}, "authentication"),
        ({"kind": "body", "body": "<Jobs/>"}, "protocol"),
        ({"kind": "body", "body": "[1]", "content_type": "application/json"}, "protocol"),
        ({"kind": "status", "status": 204}, "protocol"),
    ],
)
def test_an_answer_that_is_no_page_is_an_error_of_its_kind(em: MockEm, fault: dict[str, t.Any], kind: str) -> None:
    em.faults.add(path="query", **fault)
    with pytest.raises(errors.EmError, match=r"^Cannot read backup job sessions") as caught:
        read(em, by_query())
    assert caught.value.kind == kind


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ('<QueryResult xmlns="http://www.veeam.com/ent/v1.0"><PagingInfo PageNum="1" PagesCount="many"/></QueryResult>', "xml"),
        ('{"Entities": {"BackupJobSessions": []}, "PagingInfo": {"PageNum": 1, "PagesCount": "many"}}', "json"),
    ],
)
def test_a_page_count_that_is_no_number_is_broken(em: MockEm, body: str, kind: str) -> None:
    em.faults.add(kind="body", path="query", body=body, content_type=f"application/{kind}")
    with pytest.raises(errors.ProtocolViolation):
        read(em, by_query())


def test_a_wrong_filter_is_a_matter_of_the_options_and_says_what_em_says(em: MockEm) -> None:
    with pytest.raises(errors.BadRequest, match="'Nonsense' is unknown"):
        read(em, by_query(Query("BackupJobSession", filter='Nonsense=="x"')))


def test_a_role_that_may_not_read_is_told_which_may(em: MockEm) -> None:
    em.faults.add(kind="status", status=403, path="query")
    with pytest.raises(errors.PermissionDenied, match="Portal Administrator or Portal User"):
        read(em, by_query())


def test_a_logon_session_that_ends_between_two_pages_is_renewed(em: MockEm) -> None:
    wanted = add_sessions(em, 9)
    em.faults.add(kind="expire", path="query", after=1, times=1)
    assert ids(read(em, by_query())) == wanted
    assert em.logon_sessions == []


def test_another_session_than_was_asked_for_is_not_taken_for_it(em: MockEm) -> None:
    """By its id, and in what a query for ids answers."""
    other, asked = add_sessions(em, 2)
    with client_of(em) as client, client.get(f"backupSessions/{other}?format=Entity", "Cannot read") as answer:
        body = b"".join(answer.chunks())
    em.replay.add(f"/api/backupSessions/{asked}", body)
    with pytest.raises(errors.ProtocolViolation, match="answered with another backup job session"):
        read(em, lambda reader: reader.by_ids([asked]))
    with client_of(em) as client, client.get("query?type=BackupJobSession&format=Entities", "Cannot read") as answer:
        em.replay.add("/api/query", b"".join(answer.chunks()))
    assert ids(read(em, lambda reader: iter(reader.several([asked])))) == [asked]
