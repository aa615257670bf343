# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock.render_xml import escape_attribute, escape_text

from .conftest import Client

ODD = "a&b<c>\"d'e\nf\tg\rh \u00e9\u6771\U0001f5c4 {x} %"


@pytest.mark.parametrize("text", [ODD, "", "plain", "  edges  ", "]]>", "\n", '"', "&amp;", "\r\n"])
def test_a_parser_reads_what_was_written(text: str) -> None:
    root = ElementTree.fromstring(f'<a b="{escape_attribute(text)}">{escape_text(text)}</a>')
    assert root.get("b") == text
    assert (root.text or "") == text


def test_characters_that_xml_cannot_hold_are_replaced() -> None:
    assert escape_text("a\x00\x1fb\ufffe") == "a\ufffd\ufffdb\ufffd"


def start_tag(text: str, name: str) -> list[str]:
    match = re.search(rf"<{name} ([^>]*?)/?>", text)
    assert match is not None
    return re.findall(r"([\w:]+)=", re.sub(r'"[^"]*"', '""', match.group(1)))


def test_attribute_order_of_em_12(client: Client) -> None:
    identity = client.mock.add_session(name="a", tasks=1)
    assert start_tag(client.get("/backupSessions?format=Entity").text, "BackupJobSession") == ["Type", "Href", "Name", "UID"]
    assert start_tag(client.get("/backupSessions").text, "Ref") == ["Type", "Href", "Name", "UID"]
    assert start_tag(client.get("/backupSessions").text, "Link") == ["Rel", "Type", "Href", "Name"]
    tasks = client.get(f"/backupSessions/{identity}/taskSessions?format=Entity").text
    assert start_tag(tasks, "BackupTaskSession") == ["Type", "Href", "Name", "VmDisplayName", "UID"]
    assert start_tag(client.get("/query?type=Task").text, "PagingInfo") == ["PagesCount", "PageSize", "PageNum"]
    assert start_tag(client.get("/backupSessions").text, "EntityReferences") == ["xmlns"]


def test_attribute_order_of_em_13(new_client: Client) -> None:
    client = new_client
    client.mock.add_session(name="a", tasks=1)
    assert start_tag(client.get("/backupSessions?format=Entity").text, "BackupJobSession") == ["Href", "Type", "Name", "UID"]
    assert start_tag(client.get("/backupSessions").text, "Ref") == ["UID", "Name", "Href", "Type"]
    assert start_tag(client.get("/backupSessions").text, "Link") == ["Href", "Name", "Type", "Rel"]
    tasks = client.get("/backupTaskSessions?format=Entity").text
    assert start_tag(tasks, "BackupTaskSession") == ["Href", "Type", "Name", "UID", "VmDisplayName"]
    assert start_tag(client.get("/query?type=Task").text, "PagingInfo") == ["PageNum", "PageSize", "PagesCount"]
    assert start_tag(client.get("/backupSessions").text, "EntityReferences") == ["xmlns:xsd", "xmlns:xsi", "xmlns"]


def test_elements_in_order(client: Client) -> None:
    identity = client.mock.add_session(
        job_name=ODD,
        creation_time="2026-01-02T03:04:05.64Z",
        end_time="2026-01-02T03:14:05Z",
        result="Failed",
        failure_message=" it broke ",
        is_retry=True,
    )
    root = client.get(f"/backupSessions/{identity}?format=Entity").xml
    found = {element.tag: element.text for element in root if element.tag != "Links"}
    job_uid = found.pop("JobUid") or ""
    assert job_uid.startswith("urn:veeam:Job:")
    assert list(found.items()) == [
        ("JobName", ODD),
        ("JobType", "Backup"),
        ("CreationTimeUTC", "2026-01-02T03:04:05.64Z"),
        ("EndTimeUTC", "2026-01-02T03:14:05Z"),
        ("State", "Stopped"),
        ("Result", "Failed"),
        ("Progress", "100"),
        ("FailureMessage", " it broke "),
        ("IsRetry", "true"),
    ]
    assert root.get("Name") == f"{ODD}@2026-01-02 03:04:05"


def test_a_running_session_has_no_end_and_no_message(client: Client) -> None:
    identity = client.mock.add_session(state="Working")
    root = client.get(f"/backupSessions/{identity}?format=Entity").xml
    assert root.find("EndTimeUTC") is None
    assert root.find("FailureMessage") is None
    assert root.findtext("Result") == "None"


def test_a_task_session(client: Client) -> None:
    session = client.mock.add_session(name="job")
    client.mock.add_session("backup_task", session_id=session, vm_name='a"b', result="Failed", reason="It broke ")
    client.mock.add_session("backup_task", session_id=session, vm_name="fine")
    tasks = client.get(f"/backupSessions/{session}/taskSessions?format=Entity").xml
    failed, fine = sorted(tasks, key=lambda task: task.get("VmDisplayName", ""))
    tags = ["Links", "JobSessionUid", "CreationTimeUTC", "EndTimeUTC", "State", "Result", "Reason", "TotalSize", "VmUid"]
    assert [element.tag for element in failed] == tags
    assert (failed.get("VmDisplayName"), failed.findtext("Reason")) == ('a"b', "It broke ")
    assert fine.findtext("Reason") == ""
    assert int(fine.findtext("TotalSize") or 0) > 2**32
    assert (fine.findtext("VmUid") or "").startswith("urn:VMware:Vm:")


def test_a_byte_order_mark_on_request(client: Client) -> None:
    assert client.get("/tasks").body.startswith(b"<?xml")
    client.mock.settings.change({"bom": True})
    assert client.get("/tasks").body.startswith(b"\xef\xbb\xbf<?xml")
    assert client.get("/tasks", Accept="application/json").body.startswith(b'\xef\xbb\xbf{"')


def test_an_error(client: Client) -> None:
    reply = client.get("/backupSessions/a%22%3C%26")
    assert reply.headers["Content-Type"] == "application/xml; charset=utf-8"
    assert reply.xml.attrib == {"Message": ' ID a"<& is invalid. Type: BackupJobSession', "StatusCode": "400"}
