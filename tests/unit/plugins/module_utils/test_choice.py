# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What options choose: the server's part and ours."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.backupops.veeam_em.plugins.module_utils._choice import Choice, choose, divided
from ansible_collections.backupops.veeam_em.plugins.module_utils._errors import BadRequest
from ansible_collections.backupops.veeam_em.plugins.module_utils._families import (
    AGENT_BACKUP,
    BACKUP,
    BACKUP_TASK,
    CDP_REPLICA,
    CDP_REPLICA_TASK,
    CLOUD_FAILOVER,
    FAMILIES,
    NAS_BACKUP,
    REPLICA_TASK,
    RESTORE,
    SYSTEM,
)
from ansible_collections.backupops.veeam_em.plugins.module_utils._family import Family
from ansible_collections.backupops.veeam_em.plugins.module_utils._query import Condition
from ansible_collections.backupops.veeam_em.plugins.module_utils._sessions import SessionBuilder
from ansible_collections.backupops.veeam_em.tests.unit.support import GUID, OTHER_GUID

NOW = 1_772_582_400.75  # 2026-03-04T00:00:00.75Z
SINCE = {"created_after": "2026-03-01"}
CDP_TASKS = f'PolicySessionUid=="{GUID}";EndTimeUTC<"2026-03-03T00:00:00Z"'
AGENTS = '(JobType=="AgentBackup",JobType=="AgentManagement")'


def passes(choice: Choice, family: Family, **record: t.Any) -> bool:
    """Tell whether the session of a record passes the test of a choice."""
    if choice.test is None:
        raise AssertionError("there is no test")
    return choice.test(SessionBuilder(family, lambda: NOW).build(record))


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({}, None),
        ({"name": None, "running": None, "created_after": None}, None),
        ({"name": ["a"]}, 'Name=="a"'),
        ({"name": ["a", 'b"']}, '(Name=="a",Name=="b""")'),
        ({"job_name": ["a"]}, 'JobName=="a"'),
        ({"job_type": ["backup", "NASBACKUP"]}, '(JobType=="backup",JobType=="NASBACKUP")'),
        ({"state": ["working"]}, 'State=="working"'),
        ({"result": ["failed", "Warning"]}, '(Result=="failed",Result=="Warning")'),
        ({"backup_server": ["vbr01"]}, 'BackupServerName=="vbr01"'),
        ({"job_id": [GUID.upper(), f"urn:veeam:NasJob:{OTHER_GUID}"]}, f'(JobUid=="{GUID}",JobUid=="{OTHER_GUID}")'),
        ({"is_retry": True}, 'IsRetry=="true"'),
        ({"is_retry": False}, 'IsRetry=="false"'),
        ({"running": True}, 'State!="Stopped"'),
        ({"running": False}, 'State=="Stopped"'),
        ({"created_after": "2026-03-01"}, 'CreationTime>="2026-03-01T00:00:00Z"'),
        ({"created_before": "2026-03-01T12:00:00+02:00"}, 'CreationTime<"2026-03-01T10:00:00Z"'),
        ({"ended_after": "24h"}, 'EndTime>="2026-03-03T00:00:00Z"'),
        ({"ended_before": "90m"}, 'EndTime<"2026-03-03T22:30:00Z"'),
        ({"filter": "Result==Failed"}, "(Result==Failed)"),
        ({"filter": None}, None),
    ],
)
def test_each_option_is_a_term_of_the_filter(options: dict[str, t.Any], expected: str | None) -> None:
    assert choose(options, BACKUP, NOW) == Choice(expected, None)


def test_options_of_different_names_are_anded() -> None:
    options = {"job_name": ["a", "b"], "running": False, **SINCE, "filter": "Result==Failed,IsRetry==true"}
    assert choose(options, BACKUP, NOW).filter == (
        '(JobName=="a",JobName=="b");State=="Stopped";CreationTime>="2026-03-01T00:00:00Z";(Result==Failed,IsRetry==true)'
    )


@pytest.mark.parametrize(
    ("family", "options", "expected"),
    [
        (BACKUP_TASK, {"vm_name": ["a"], "session_id": [GUID]}, f'VmDisplayName=="a";JobSessionUid=="{GUID}"'),
        (BACKUP_TASK, {"job_name": ["a"], "job_id": [GUID]}, f'JobName=="a";JobUid=="{GUID}"'),
        (BACKUP_TASK, {"running": True}, 'State!="Completed"'),
        (REPLICA_TASK, {"job_name": ["a"], "running": False}, 'JobName=="a";State=="Completed"'),
        (RESTORE, {"job_type": ["RestoreVm"], "vm_name": ["a"]}, 'Type=="RestoreVm";VmDisplayName=="a"'),
        (CDP_REPLICA, {"policy_name": ["a"], **SINCE}, 'PolicyName=="a";CreationTimeUTC>="2026-03-01T00:00:00Z"'),
        (CDP_REPLICA, {"policy_id": [f"urn:veeam:CdpPolicy:{GUID}"]}, f'PolicyUid=="{GUID}"'),
        (CDP_REPLICA_TASK, {"session_id": [GUID], "ended_before": "24h"}, CDP_TASKS),
        (CLOUD_FAILOVER, {"job_type": ["FailoverPlan"], "result": ["Failed"]}, 'Result=="Failed";Type=="FailoverPlan"'),
        (AGENT_BACKUP, {"name": ["a"]}, f'{AGENTS};Name=="a"'),
        (AGENT_BACKUP, {"job_type": ["AgentBackup"]}, f'{AGENTS};JobType=="AgentBackup"'),
        (NAS_BACKUP, {}, 'JobType=="NasBackup"'),
    ],
)
def test_the_names_are_those_of_the_family(family: Family, options: dict[str, t.Any], expected: str) -> None:
    assert choose(options, family, NOW) == Choice(expected, None)


def test_further_conditions_are_anded_and_a_raw_filter_comes_last() -> None:
    more = [Condition("creation_time", ">=", ("2026-03-01T00:00:00Z",))]
    found = choose({"name": ["a"], "filter": "IsRetry==true"}, BACKUP, NOW, more)
    assert found.filter == 'Name=="a";CreationTime>="2026-03-01T00:00:00Z";(IsRetry==true)'


def test_what_the_server_cannot_select_by_is_tested_here() -> None:
    """CDP's task sessions cannot be filtered by result: the one condition goes to the server, the other does not."""
    choice = choose({"result": ["failed"], "vm_name": ["a"]}, CDP_REPLICA_TASK, NOW)
    assert choice.filter == 'VmDisplayName=="a"'
    assert passes(choice, CDP_REPLICA_TASK, result="Failed")
    assert not passes(choice, CDP_REPLICA_TASK, result="Success")


def test_a_retry_of_a_policy_is_told_here() -> None:
    choice = choose({"is_retry": True}, CDP_REPLICA, NOW)
    assert choice.filter is None
    assert [passes(choice, CDP_REPLICA, is_retry=text) for text in ("true", "false")] == [True, False]


SESSION = {
    "name": "Collect Job @then",
    "session_type": "CollectJob",
    "state": "CompletedWarning",
    "result": {"result": "CompletedWarning", "message": "No"},
    "creation_time_utc": "2026-03-01T00:00:00Z",
    "end_time_utc": "2026-03-01T00:05:00Z",
}


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"name": ["x", "Collect Job @then"]}, True),
        ({"name": ["collect job @then"]}, False),
        ({"session_type": ["collectjob"]}, True),
        ({"session_type": ["LogExport"]}, False),
        ({"state": ["completedwarning"]}, True),
        ({"result": ["Warning"]}, True),
        ({"result": ["CompletedWarning"]}, True),
        ({"result": ["Failed"]}, False),
        ({"running": True}, False),
        ({"running": False}, True),
        ({"created_after": "2026-03-01"}, True),
        ({"created_before": "2026-03-01"}, False),
        ({"ended_after": "2026-03-01T00:05:00.1Z"}, False),
        ({"ended_before": "2026-03-01T00:05:01Z"}, True),
        ({"match": {"message": "^N"}}, True),
        ({"match": {"message": "^N"}, "running": True}, False),
        ({"session_type": ["CollectJob"], "result": ["Success"]}, False),
    ],
)
def test_without_a_query_everything_is_tested_here(options: dict[str, t.Any], expected: bool) -> None:
    choice = choose(options, SYSTEM, NOW)
    assert choice.filter is None
    assert passes(choice, SYSTEM, **SESSION) is expected


def test_without_a_query_no_raw_filter_can_be_given() -> None:
    with pytest.raises(BadRequest, match="option filter cannot select system sessions"):
        choose({"filter": "State==Failed"}, SYSTEM, NOW)


@pytest.mark.parametrize("family", [BACKUP, SYSTEM], ids=["backup", "system"])
def test_match_is_always_tested_here(family: Family) -> None:
    choice = choose({"match": {"name": "^a"}, **SINCE}, family, NOW)
    times = {"creation_time_utc": "2026-03-02T00:00:00Z"}
    assert [passes(choice, family, name=name, **times) for name in ("a", "b")] == [True, False]
    assert (choice.filter is None) is (family is SYSTEM)


@pytest.mark.parametrize(
    ("kind", "option"),
    [
        ("restore", "job_name"),
        ("system", "vm_name"),
        ("cdp_replica", "job_id"),
        ("backup", "policy_name"),
        ("cloud_failover", "nonsense"),
    ],
)
def test_what_a_family_does_not_have_is_refused_and_named(kind: str, option: str) -> None:
    with pytest.raises(BadRequest, match=f"option {option} cannot select {FAMILIES[kind].titles}"):
        divided([Condition(option, "==", (GUID,))], FAMILIES[kind])


@pytest.mark.parametrize(
    "options",
    [
        {"filter": "Result=="},
        {"filter": " "},
        {"match": {}},
        {"name": [""]},
        {"match": {"nonsense": "x"}},
        {"created_after": "soon"},
        {"job_id": ["4711"]},
    ],
)
def test_wrong_options_are_refused(options: dict[str, t.Any]) -> None:
    with pytest.raises(BadRequest, match="option"):
        choose(options, BACKUP, NOW)


def test_conditions_on_other_fields_are_divided_like_those_of_options() -> None:
    conditions = [
        Condition("id", "==", (GUID,)),
        Condition("progress", "==", ("42",)),
        Condition("state", "!=", ("Idle", "Stopped")),
    ]
    terms, (test,) = divided(conditions, BACKUP)
    assert terms == [f'UID=="{GUID}"', '(State!="Idle";State!="Stopped")']
    assert [test({"progress": number}) for number in (42, 4)] == [True, False]


@pytest.mark.parametrize(
    ("family", "options"),
    [
        (CLOUD_FAILOVER, {"result": ["Failed"], "job_type": ["failoverplan"], **SINCE}),
        (BACKUP, {"result": ["Failed"], "job_type": ["failoverplan"], **SINCE}),
    ],
    ids=["cloud_failover", "backup"],
)
def test_all_can_be_tested_here_where_the_server_is_not_to_select(family: Family, options: dict[str, t.Any]) -> None:
    choice = choose(options, family, NOW, here=True)
    assert choice.filter is None
    record = {"result": "Failed", "job_type": "FailoverPlan", "creation_time_utc": "2026-03-02T00:00:00Z"}
    assert passes(choice, family, **record)
    for other in ({"result": "Success"}, {"job_type": "x"}, {"creation_time_utc": "2026-02-02T00:00:00Z"}):
        assert not passes(choice, family, **{**record, **other})


def test_what_makes_a_family_can_be_tested_here_too() -> None:
    choice = choose({}, AGENT_BACKUP, NOW, here=True)
    assert [passes(choice, AGENT_BACKUP, job_type=kind) for kind in ("AgentBackup", "agentmanagement", "Backup")] == [
        True,
        True,
        False,
    ]
