# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Queries of every family: exactly the documented fields, and what they find."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock.kinds import JOBS, KINDS, QUERY_TYPES

from .conftest import Client

GUID = "4856ab37-2235-45e8-affe-d515878b01a9"
SERVER = {"BackupServerUid", "BackupServerName"}
RUN = {"Name", "CreationTime", "EndTime", "State", "Result"}
JOB = {"UID", "JobType", "JobUid", "JobName", "IsRetry"} | RUN | SERVER
TASK = {"UID", "Reason", "TotalSize", "JobSessionUid", "JobUid", "JobName", "VmDisplayName"} | RUN | SERVER
CDP = {"Id", "Name", "CreationTimeUTC", "EndTimeUTC", "State"} | SERVER

FIELDS = {
    "backup": JOB,
    "backup_task": TASK,
    "replica": JOB,
    "replica_task": TASK,
    "restore": {"UID", "Type", "VmDisplayName"} | RUN | SERVER,
    "cdp_replica": {"PolicyUid", "PolicyName", "Result", "FailureMessage"} | CDP,
    "cdp_replica_task": {"PolicySessionUid", "PolicySessionName", "Reason", "TotalSize", "VmDisplayName"} | CDP,
    "cloud_failover": {"UID", "Type", "FailureMessage"} | RUN | SERVER,
}
EVERY_FIELD = set().union(*FIELDS.values()) | {"Progress", "PolicyType", "VmUid", "RestoredObjRef", "SessionType"}


def query(client: Client, kind: str, text: str, **parameters: str) -> list[str]:
    rest = "".join(f"&{name}={quote(value)}" for name, value in parameters.items())
    reply = client.get(f"/query?type={KINDS[kind].type}&filter={quote(text)}{rest}")
    assert reply.status == 200, reply.text
    return [ref.get("Name", "") for ref in reply.xml.iter("Ref")]


@pytest.mark.parametrize("kind", FIELDS)
def test_exactly_the_documented_fields(client: Client, kind: str) -> None:
    known = set()
    for field in EVERY_FIELD:
        reply = client.get(f"/query?type={KINDS[kind].type}&sortAsc={field.lower()}")
        assert reply.status == 200 or field.lower() in (reply.xml.get("Message") or "")
        known |= {field} if reply.status == 200 else set()
    assert known == FIELDS[kind]


def test_system_sessions_have_no_type(client: Client) -> None:
    assert set(QUERY_TYPES) == {kind.type.lower() for kind in (*map(KINDS.get, FIELDS), *JOBS.values()) if kind}
    for name in ("SystemSession", "SystemSessions", "CdpPolicySession"):
        reply = client.get(f"/query?type={name}")
        assert (reply.status, name in (reply.xml.get("Message") or "")) == (400, True)


def test_queries_reach_beyond_thirty_days(client: Client) -> None:
    for kind in ("replica", "restore", "cdp_replica", "cloud_failover"):
        client.mock.add_session(kind, name="old", creation_time=-100 * 86400)
        assert query(client, kind, "State==Stopped") == ["old"]


@pytest.mark.parametrize("text", ["Type==RestoreVm", "type==restorevm", 'VmDisplayName=="b; ""c"""', "Result==Failed"])
def test_restore_sessions(client: Client, text: str) -> None:
    client.mock.add_session("restore", name="a", vm_name="b")
    client.mock.add_session("restore", name="found", job_type="RestoreVm", vm_name='b; "c"', result="Failed")
    assert query(client, "restore", text) == ["found"]


@pytest.mark.parametrize("value", ["Type==FileRestore", "State==Idle", "State==InProgress"])
def test_words_of_other_families_are_refused(client: Client, value: str) -> None:
    assert client.get(f"/query?type=RestoreSession&filter={value}").status == 400


@pytest.mark.parametrize(
    "text",
    [
        f"PolicyUid==urn:veeam:CdpPolicy:{GUID}",
        f"PolicyUid=={GUID}",
        'PolicyName=="Found"',
        'CreationTimeUTC>="2026-01-02";EndTimeUTC<"2026-01-04"',
        'FailureMessage=="It broke"',
        "Result==failed",
    ],
)
def test_cdp_sessions(client: Client, text: str) -> None:
    client.mock.add_session("cdp_replica", name="a")
    client.mock.add_session(
        "cdp_replica",
        name="found",
        policy_name="Found",
        policy_id=GUID,
        creation_time="2026-01-02T00:00:00Z",
        result="Failed",
        failure_message="It broke",
    )
    assert query(client, "cdp_replica", text) == ["found"]


def test_cdp_task_sessions(client: Client) -> None:
    one = client.mock.add_session("cdp_replica", name="One@then")
    client.mock.add_session("cdp_replica", name="Two@then", tasks=1)
    task = client.mock.add_session("cdp_replica_task", session_id=one, name="found", total_size=17, result="Failed", reason="No")
    for text in ('PolicySessionName=="One@then"', f"PolicySessionUid=={one}", f"Id=={task}", "TotalSize==17", "Reason==No"):
        assert query(client, "cdp_replica_task", text) == ["found"]


@pytest.mark.parametrize(("parent", "field"), [("backup", "JobSessionUid"), ("replica", "JobSessionUid")])
def test_task_sessions_of_jobs(client: Client, parent: str, field: str) -> None:
    one = client.mock.add_session(parent, job_name="One", tasks=2)
    client.mock.add_session(parent, job_name="Two", tasks=2)
    kind = f"{parent}_task"
    for text in (f"{field}=={one}", "JobName==One"):
        assert len(query(client, kind, text)) == 2
    assert len(query(client, kind, "VmDisplayName==vm02;JobName==Two")) == 1


def test_names_of_cloud_failovers_repeat(client: Client) -> None:
    for result in ("Success", "Failed"):
        client.mock.add_session("cloud_failover", name="Plan", result=result)
    assert query(client, "cloud_failover", 'Name=="Plan"') == ["Plan", "Plan"]
    assert query(client, "cloud_failover", "Type==failoverplan;Result==failed") == ["Plan"]


@pytest.mark.parametrize("kind", FIELDS)
def test_sorted_pages(client: Client, kind: str) -> None:
    parent = KINDS[kind].parent
    session = {"session_id": client.mock.add_session(parent)} if parent else {}
    for hours in (3, 1, 2):
        client.mock.add_session(kind, name=str(hours), creation_time=-3600 * hours, **session)
    field = "CreationTimeUTC" if kind.startswith("cdp") else "CreationTime"
    pages = [query(client, kind, "", sortDesc=field, pageSize="2", page=page) for page in "12"]
    assert pages == [["1", "2"], ["3"]]
