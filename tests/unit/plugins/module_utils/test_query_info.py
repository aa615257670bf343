# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the module em_query_info does with its options."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.backupops.veeam_em.plugins.module_utils import _errors as errors
from ansible_collections.backupops.veeam_em.plugins.module_utils._outcome import Outcome
from ansible_collections.backupops.veeam_em.plugins.module_utils._query_info import QUERY_OPTIONS, QueryInfo
from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock import MockEm
from ansible_collections.backupops.veeam_em.tests.unit.support import add_running, client_of, queries_to

TYPES = (
    "BackupJobSession",
    "ReplicaJobSession",
    "RestoreSession",
    "BackupTaskSession",
    "ReplicaTaskSession",
    "CdpReplicaSession",
    "CdpReplicaTaskSession",
    "CloudFailoverSession",
    "Job",
    "AgentBackupJob",
    "NasJob",
)


def query(em: MockEm, connection: dict[str, t.Any] | None = None, **changes: t.Any) -> Outcome:
    defaults = {option.name: option.default for option in QUERY_OPTIONS}
    task = QueryInfo({**defaults, "type": "BackupJobSession", **changes})
    with client_of(em, **(connection or {})) as client:
        return task.perform(client, False)


def names(outcome: Outcome) -> list[str]:
    return [resource["name"] for resource in outcome.result["resources"]]


@pytest.mark.parametrize("kind", TYPES)
def test_every_type_in_every_representation(small_em: MockEm, kind: str) -> None:
    results = []
    for version, media_type in ((12, "xml"), (12, "json"), (13, "json")):
        small_em.settings.em_version = version
        outcome = query(small_em, {"media_type": media_type}, type=kind, page_size=3)
        # EM 13 names the restore points in links otherwise
        resources = [{key: value for key, value in one.items() if key != "links"} for one in outcome.result["resources"]]
        results.append(sorted(resources, key=lambda resource: str(resource["id"])))
    assert results[0]
    for resource in results[0]:
        assert resource["uid"] == f"urn:veeam:{kind}:{resource['id']}"
        assert list(resource)[:3] == ["id", "uid", "name"]
    assert results[0] == results[1] == results[2]
    assert {query.get("sortAsc") for query in queries_to(small_em)} == {"Id" if kind.startswith("Cdp") else "UID"}


def test_all_pages_are_read_and_counted(em: MockEm) -> None:
    add_running(em, 7)
    outcome = query(em, page_size=3)
    ids = {resource["id"] for resource in outcome.result["resources"]}
    assert (len(ids), outcome.result["count"], outcome.result["truncated"]) == (7, 7, False)
    assert len(queries_to(em)) == 3


def test_the_filter_is_the_servers(em: MockEm) -> None:
    em.add_session(job_name='A "quoted" one', name="a@2026")
    em.add_session(job_name="Other", name="b@2026")
    assert names(query(em, filter='JobName=="A ""quoted"" one"')) == ["a@2026"]


@pytest.mark.parametrize(("order", "expected"), [("asc", ["a", "b", "c"]), ("desc", ["c", "b", "a"])])
def test_the_order_is_the_servers(em: MockEm, order: str, expected: list[str]) -> None:
    for name in "bca":
        em.add_session(name=name)
    assert names(query(em, sort_by="Name", sort_order=order, page_size=2)) == expected


@pytest.mark.parametrize(("limit", "count", "truncated"), [(1, 1, True), (2, 2, True), (3, 3, False), (9, 3, False)])
def test_the_limit(em: MockEm, limit: int, count: int, truncated: bool) -> None:
    add_running(em, 3)
    result = query(em, limit=limit).result
    assert (result["count"], len(result["resources"]), result["truncated"]) == (count, count, truncated)
    assert [query["pageSize"] for query in queries_to(em)] == [str(limit + 1)]


def test_the_fields(em: MockEm) -> None:
    em.add_session(name="a", job_name="Daily SQL")
    outcome = query(em, fields=["name", "job_name", "nonsense"])
    assert outcome.result["resources"] == [{"name": "a", "job_name": "Daily SQL"}]
    assert outcome.warnings == ["The option fields names 'nonsense', which no resource has."]


def test_nothing_found_is_no_reason_to_warn(em: MockEm) -> None:
    outcome = query(em, fields=["name"])
    assert (outcome.result, list(outcome.warnings)) == ({"resources": [], "count": 0, "truncated": False}, [])


def test_tasks_are_no_entities(em: MockEm) -> None:
    em.settings.task_seconds = 0
    with client_of(em) as client:
        client.post(f"backupSessions/{add_running(em)[0]}?action=stop", "Cannot stop").close()
        token = em.logon_sessions[0].token
        nobody = {"username": None, "password": None, "session_token": token}
        for version, media_type in ((12, "xml"), (12, "json"), (13, "json")):
            em.settings.em_version = version
            (task,) = query(em, {**nobody, "media_type": media_type}, type="Task").result["resources"]
            assert (task["id"], task["uid"], task["task_id"], task["operation"]) == ("task-1", None, "task-1", "StopJobSession")


REFERENCES = """<QueryResult xmlns="http://www.veeam.com/ent/v1.0"><Refs>
<Ref UID="urn:veeam:Job:3f6c0f3a-94d7-4c55-8a1e-5a6f0c2b7d10" Name="Daily SQL" Href="h" Type="JobReference"><Links/></Ref>
</Refs><PagingInfo PageNum="1" PageSize="100" PagesCount="1"/></QueryResult>"""


@pytest.mark.parametrize(
    ("body", "media_type"),
    [
        (REFERENCES, "application/xml"),
        (
            '{"Refs":{"Refs":[{"UID":"urn:veeam:Job:3f6c0f3a-94d7-4c55-8a1e-5a6f0c2b7d10","Name":"Daily SQL","Href":"h"}]},'
            '"Entities":null,"PagingInfo":{"PageNum":1,"PageSize":100,"PagesCount":1}}',
            "application/json",
        ),
    ],
)
def test_references_are_resources_as_well(em: MockEm, body: str, media_type: str) -> None:
    em.replay.add("/api/query", body, content_type=media_type)
    (resource,) = query(em, type="Job").result["resources"]
    assert (resource["id"], resource["name"]) == ("3f6c0f3a-94d7-4c55-8a1e-5a6f0c2b7d10", "Daily SQL")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('{"Refs":{"Refs":[]},"Entities":{"Jobs":{"Jobs":[{"Name":"a"},{"Name":"b"}]}}', [(None, "a"), (None, "b")]),
        ('{"Entities":{"Jobs":null,"Others":{"Others":[{"Id":"7","Name":"a"}]}}', [("7", "a")]),
        ('{"Entities":{"Jobs":{"Jobs":[{"UID":"urn:veeam:Job:3F6C","Id":"7","Name":"a"}]}}', [("3f6c", "a")]),
        ('{"Entities":{"Jobs":null}', []),
        ('{"entities":{"jobs":{"jobs":[]}}', []),
    ],
)
def test_json_of_what_nobody_has_seen(em: MockEm, body: str, expected: list[tuple[str | None, str]]) -> None:
    em.replay.add(
        "/api/query", body + ',"PagingInfo":{"PageNum":1,"PageSize":100,"PagesCount":1}}', content_type="application/json"
    )
    resources = query(em, {"media_type": "json"}, type="Job").result["resources"]
    assert [(resource["id"], resource["name"]) for resource in resources] == expected


@pytest.mark.parametrize(("expression", "passes"), [(None, 1), ("State==Working", 2)])
def test_what_a_filter_can_cease_to_select_is_read_until_nothing_new_comes(em: MockEm, expression: str, passes: int) -> None:
    add_running(em, 5)
    assert query(em, filter=expression, page_size=2).result["count"] == 5
    assert len(queries_to(em)) == 3 * passes


def test_a_type_that_cannot_be_sorted_by_id_is_read_as_it_comes(em: MockEm) -> None:
    add_running(em, 2)
    em.faults.add(kind="status", status=400, query="sortAsc")
    assert query(em).result["count"] == 2
    with pytest.raises(errors.BadRequest, match="Cannot query BackupJobSession"):
        query(em, sort_by="Name")


@pytest.mark.parametrize(
    "changes",
    [
        {"limit": 0},
        {"page_size": 0},
        {"type": " "},
        {"filter": ""},
        {"sort_by": " "},
        {"filter": "(Name==x"},
        {"filter": "Name==x)"},
    ],
)
def test_a_wrong_option_is_told_before_em_is_asked(em: MockEm, changes: dict[str, t.Any]) -> None:
    with pytest.raises(errors.BadRequest):
        query(em, **changes)
    assert em.requests == []


def test_an_unknown_type(em: MockEm) -> None:
    with pytest.raises(errors.BadRequest, match="Cannot query Nonsense"):
        query(em, type="Nonsense")


def test_what_may_not_be_queried(small_em: MockEm) -> None:
    with pytest.raises(errors.PermissionDenied, match="Portal Administrator"):
        query(small_em, {"username": "viewer"}, type="CloudFailoverSession")
