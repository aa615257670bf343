# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

from urllib.parse import quote

import pytest

from .conftest import Client


def query(client: Client, text: str, **parameters: str) -> list[str]:
    rest = "".join(f"&{name}={quote(value)}" for name, value in parameters.items())
    root = client.get(f"/query?type=BackupJobSession&format=Entities&filter={quote(text)}{rest}").xml
    return [item.get("Name", "") for item in root.iter("BackupJobSession")]


def test_references_and_entities(client: Client) -> None:
    client.mock.add_session(name="a")
    assert [element.tag for element in client.get("/query?type=BackupJobSession").xml] == ["Refs", "PagingInfo"]
    root = client.get("/query?type=backupjobsession&FORMAT=entities").xml
    assert [element.tag for element in root] == ["Entities", "PagingInfo"]
    assert [element.tag for element in root[0]] == ["BackupJobSessions"]
    assert [element.tag for element in root[0][0]] == ["BackupJobSession"]
    assert client.get("/query?type=BackupJobSession&format=Entity").xml[0].tag == "Refs"


def test_queries_reach_beyond_thirty_days(client: Client) -> None:
    client.mock.add_session(name="old", creation_time=-100 * 86400)
    assert query(client, "State==Stopped") == ["old"]


def test_odd_names_are_found_when_quoted(client: Client) -> None:
    odd = 'Backup "Gold"; daily, (full) & final + \u6771\u4eac'
    client.mock.add_session(name="odd", job_name=odd)
    client.mock.add_session(name="other", job_name="other")
    doubled = odd.replace('"', '""')
    assert query(client, f'JobName=="{doubled}"') == ["odd"]


def test_a_bare_ampersand_ends_the_filter(client: Client) -> None:
    client.mock.add_session(name="a", job_type="Backup")
    client.mock.add_session(name="b", job_type="NasBackup")
    reply = client.get("/query?type=BackupJobSession&filter=JobType==Backup&Result==Failed")
    assert [ref.get("Name") for ref in reply.xml.iter("Ref")] == ["a"]


def test_pages_in_order(client: Client) -> None:
    for hours in (5, 1, 3, 2, 4):
        client.mock.add_session(name=str(hours), creation_time=-3600 * hours)
    seen = [query(client, "", sortDesc="creationtime", pageSize="2", page=str(page)) for page in (1, 2, 3, 4)]
    assert seen == [["1", "2"], ["3", "4"], ["5"], []]
    assert query(client, "", sortAsc="CreationTime") == ["5", "4", "3", "2", "1"]


def test_paging_info(client: Client, new_client: Client) -> None:
    for one in (client, new_client):
        root = one.get("/query?type=BackupJobSession").xml
        info = root.find("PagingInfo")
        assert info is not None
        assert dict(info.attrib) == {"PageNum": "1", "PageSize": "100", "PagesCount": "1"}
        assert [link.get("Rel") for link in info.iter("Link")] == ["First", "Last"]
        hrefs = {link.get("Href") for link in info.iter("Link")}
        assert hrefs == {"https://localhost:9398/api/query?type=BackupJobSession&pageSize=100&page=1"}


def test_without_sorting_the_order_changes(client: Client) -> None:
    for number in range(12):
        client.mock.add_session(name=f"{number:02d}")
    assert len({tuple(query(client, "")) for dummy in range(4)}) == 4


@pytest.mark.parametrize(
    ("rest", "culprit"),
    [
        ("type=Sausage", "Sausage"),
        ("", "''"),
        ("type=SystemSession", "SystemSession"),
        ("type=BackupJobSession&filter=Colour==red", "Colour"),
        ("type=BackupJobSession&filter=State==Red", "Red"),
        ("type=BackupJobSession&filter=(State==Stopped", "malformed"),
        ("type=BackupJobSession&sortAsc=Colour", "Colour"),
        ("type=BackupJobSession&pageSize=many", "pageSize"),
    ],
)
def test_what_cannot_be_understood_is_named(client: Client, rest: str, culprit: str) -> None:
    reply = client.get(f"/query?{rest}")
    assert reply.status == 400
    assert culprit in (reply.xml.get("Message") or "")


def test_tasks_come_as_resources(client: Client) -> None:
    identity = client.mock.add_session(state="Working")
    client.post(f"/backupSessions/{identity}?action=stop")
    client.post(f"/backupSessions/{identity}?action=stop")
    for rest in ("", "&format=Entities"):
        root = client.get(f"/query?type=Task{rest}").xml
        assert [element.tag for element in root] == ["Resources", "PagingInfo"]
        assert sorted(task.findtext("TaskId") or "" for task in root.iter("Task")) == ["task-1", "task-2"]
    root = client.get("/query?type=Task&filter=TaskId%3D%3D%22task-2%22").xml
    assert [task.findtext("TaskId") for task in root.iter("Task")] == ["task-2"]


def test_task_sessions_are_found_by_their_job(client: Client) -> None:
    one = client.mock.add_session(job_name="One", tasks=2)
    client.mock.add_session(job_name="Two", tasks=1)
    for text in (f"JobSessionUid=={one}", "JobName==One", 'VmDisplayName=="vm02"'):
        root = client.get(f"/query?type=BackupTaskSession&format=Entities&filter={quote(text)}").xml
        owners = {task.findtext("JobSessionUid") for task in root.iter("BackupTaskSession")}
        assert owners == {f"urn:veeam:BackupJobSession:{one}"}


def test_words_that_come_with_a_change_are_known_to_filters(client: Client) -> None:
    client.mock.add_session(name="a", state="Postprocessing")
    assert query(client, "State==postprocessing") == ["a"]


def test_json_results_have_doubled_names_and_null_slots(client: Client, new_client: Client) -> None:
    client.mock.add_session(name="a")
    path = "/query?type=BackupJobSession"
    body = client.get(path, Accept="application/json").json
    assert list(body) == ["Refs", "Entities", "Resources", "Links", "PagingInfo"]
    assert [ref["Name"] for ref in body["Refs"]["Refs"]] == ["a"]
    assert list(body["PagingInfo"]) == ["Links", "PageNum", "PageSize", "PagesCount"]
    entities = client.get(f"{path}&format=Entities", Accept="application/json").json["Entities"]
    assert len(entities) == 49
    assert [name for name, value in entities.items() if value is not None] == ["BackupJobSessions"]
    assert len(entities["BackupJobSessions"]["BackupJobSessions"]) == 1
    new_client.mock.add_session(name="a")
    body = new_client.get(f"{path}&format=Entities", Accept="application/json").json
    assert body["entities"]["backupJobSessions"]["backupJobSessions"][0]["uid"]
    assert {"nasJobs", "vAppRestorePoints", "enterpiseRoles"} <= set(body["entities"])
    assert body["pagingInfo"]["pageSize"] == 100
    tasks = client.get("/query?type=Task", Accept="application/json").json["Resources"]
    assert tasks["Tasks"] == {"Tasks": []}
    assert tasks["sInObjectJob"] is None
