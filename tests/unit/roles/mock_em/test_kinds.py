# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock.content import Style, entity, reference
from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock.defaults import complete
from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock.kinds import BACKUP, BACKUP_TASK, KINDS, children_of
from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock.schema import Kind, Record
from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock.times import parse_given_time

NOW = parse_given_time("2025-02-19T15:33:00Z")
OLD = Style(12, "own:1", "other:2")
NEW = OLD._replace(em_version=13)


def session(**values: Any) -> Record:
    return Record(BACKUP, complete(BACKUP, {"id": "SELF", "server_id": "server", "job_id": "job", "name": "n", **values}, NOW))


def links(record: Record, shape: str, style: Style = OLD) -> list[tuple[str, str | None, str, str | None]]:
    made = entity(record, style, "x") if shape == "entity" else reference(record, style, "x")
    prefix = "https://other:2/api/"
    assert made.links is not None
    assert all(link.href.startswith(prefix) for link in made.links)
    return [(link.rel, link.type, link.href[len(prefix) :], link.name) for link in made.links]


SERVER = ("Up", "BackupServerReference", "backupServers/server", "vbr01.example.test")
JOB = ("Up", "JobReference", "jobs/job", "Nightly Backup")
AGENT_JOB = ("Up", "JobReference", "agents/jobs/job", "Nightly Backup")
PARENT = ("Up", "BackupJobSessionReference", "backupSessions/top", "Parent session")
CHILDREN = ("Alternate", "BackupJobSessionReferenceList", "backupSessions/self/agentManagementSessions", None)
TO_REFERENCE = ("Alternate", "BackupJobSessionReference", "backupSessions/self", "n")
TO_ENTITY = ("Alternate", "BackupJobSession", "backupSessions/self?format=Entity", "n")
TASKS = ("Down", "BackupTaskSessionReferenceList", "backupSessions/self/taskSessions", None)
STOP = ("Stop", None, "backupSessions/self?action=stop", None)


@pytest.mark.parametrize(
    ("values", "of_entity", "of_reference"),
    [
        ({}, [SERVER, JOB, TO_REFERENCE, TASKS, STOP], [SERVER, JOB, TO_ENTITY, TASKS]),
        (
            {"job_type": "AgentBackup"},
            [SERVER, AGENT_JOB, CHILDREN, TO_REFERENCE, TASKS, STOP],
            [SERVER, AGENT_JOB, CHILDREN, TO_ENTITY, TASKS],
        ),
        (
            {"job_type": "AgentManagement", "parent_id": "top"},
            [SERVER, AGENT_JOB, PARENT, TO_REFERENCE, TASKS, STOP],
            [SERVER, AGENT_JOB, PARENT, TO_ENTITY, TASKS],
        ),
        ({"job_type": "NasBackup"}, [SERVER, JOB, TO_REFERENCE, TASKS, STOP], [SERVER, JOB, TO_ENTITY, TASKS]),
    ],
)
def test_links_of_a_session_in_order(values: dict[str, Any], of_entity: list[Any], of_reference: list[Any]) -> None:
    assert links(session(**values), "entity") == of_entity
    assert links(session(**values), "reference") == of_reference


def test_restore_points_are_named_by_version() -> None:
    record = session(restore_points=[("p1", NOW), ("p2", "")])
    related = [("Related", "RestorePointReference", "restorePoints/p1", "Feb 19 2025  3:33PM")]
    related.append(("Related", "RestorePointReference", "restorePoints/p2", ""))
    assert links(record, "entity")[-2:] == related
    assert links(record, "entity", NEW)[-2][3] == "2025-02-19T15:33:00Z"
    assert len(links(record, "reference")) == 4


def test_links_of_a_task_session_in_order() -> None:
    parent = session()
    values = {"id": "TASK", "name": "t", "restore_points": [("point", "vm@then")]}
    task = Record(BACKUP_TASK, complete(BACKUP_TASK, values, NOW, parent))
    assert links(task, "entity") == [
        SERVER,
        ("Up", "BackupJobSessionReference", "backupSessions/self", "n"),
        ("Alternate", "BackupTaskSessionReference", "backupTaskSessions/task", "t"),
        ("Related", "VmRestorePoint", "vmRestorePoints/point?format=Entity", "vm@then"),
    ]
    assert [link[1] for link in links(task, "reference")] == [
        "BackupServerReference",
        "BackupJobSessionReference",
        "BackupTaskSession",
    ]


def test_own_hrefs_carry_another_host_than_links() -> None:
    assert entity(session(), OLD, "x").head["Href"] == "https://own:1/api/backupSessions/self?format=Entity"
    assert reference(session(), OLD, "x").head["Href"] == "https://own:1/api/backupSessions/self"
    assert reference(session(), OLD, "x").head["Type"] == "BackupJobSessionReference"


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_the_table_is_whole(kind: Kind) -> None:
    parent = Record(KINDS[kind.parent], complete(KINDS[kind.parent], {}, NOW)) if kind.parent else None
    values = complete(kind, {}, NOW, parent)
    elements = [inner for element in kind.elements for inner in ([element] if element.key else element.children)]
    keys = {element.key for element in elements} | {field.key for field in kind.fields} | kind.owner_keys
    keys |= {key for dummy, key in kind.attributes} | {rule.each for rule in kind.links if rule.each}
    assert keys <= set(values)
    assert {listing.path.lower() for listing in kind.listings} >= {kind.path.lower()}


def test_children_belong_to_their_own_family() -> None:
    families = {kind.name: [child.name for child in children_of(kind)] for kind in KINDS.values()}
    children = {"backup": ["backup_task"], "replica": ["replica_task"], "cdp_replica": ["cdp_replica_task"]}
    assert families == {name: children.get(name, []) for name in KINDS}


@pytest.mark.parametrize(
    ("kind", "result", "state"),
    [
        ("backup", "Success", "Stopped"),
        ("restore", "Failed", "Stopped"),
        ("cdp_replica_task", "Warning", "Completed"),
        ("system", "CompletedSuccessfully", "CompletedSuccessfully"),
        ("system", "Success", "CompletedSuccessfully"),
        ("system", "Warning", "CompletedWarning"),
        ("system", "Failed", "Failed"),
    ],
)
def test_how_a_session_ends(kind: str, result: str, state: str) -> None:
    assert KINDS[kind].end_state(result) == state


def test_system_sessions_say_their_state_again() -> None:
    system = KINDS["system"]
    assert [system.end_result(state) for state in system.finished_states] == list(system.finished_states)
    assert KINDS["backup"].end_result("Stopped") == "Success"
