# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

from .conftest import Client

GUID = "4856ab37-2235-45e8-affe-d515878b01a9"
OLD = -100 * 86400


def test_events_of_a_session_of_any_age(client: Client) -> None:
    identity = client.mock.add_session("system", creation_time=OLD)
    root = client.get(f"/SYSTEMSESSIONS/{identity}/EVENTS").xml
    assert root.tag == "SystemSessionEvents"
    events = [child for child in root if child.tag == "Events"]
    assert [event.findtext("Order") for event in events] == ["1", "2", "3"]
    assert not any((event.findtext("CreationTimeUTC") or "Z").endswith("Z") for event in events)


def test_a_running_session_has_begun_only(client: Client) -> None:
    identity = client.mock.add_session("system", state="InProgress")
    assert len(client.get(f"/systemSessions/{identity}/events").xml.findall("Events")) == 2


def test_a_session_without_events(client: Client) -> None:
    identity = client.mock.add_session("system", events=[])
    path = f"/systemSessions/{identity}/events"
    assert [child.tag for child in client.get(path).xml] == ["Links"]
    assert client.get(path, Accept="application/json").json["Events"] == []


def test_ids_are_those_of_sessions(client: Client) -> None:
    assert client.get(f"/systemSessions/{GUID}/events").status == 404
    reply = client.get("/systemSessions/17/events")
    assert (reply.status, reply.xml.get("Message")) == (400, " ID 17 is invalid. Type: SystemSession")
    assert client.post(f"/systemSessions/{GUID}/events").status == 405


def test_json(client: Client, new_client: Client) -> None:
    values = {"events": [("2026-01-02T03:04:05.5Z", "One"), ("2026-01-02T03:04:06Z", "Two")], "name": "n"}
    identity = client.mock.add_session("system", **values)
    body = client.get(f"/systemSessions/{identity}/events", Accept="application/json").json
    assert list(body) == ["Events", "Links", "Href", "Type"]
    assert body["Events"] == [
        {"CreationTimeUTC": "2026-01-02T03:04:05.5", "Message": "One", "Order": 1},
        {"CreationTimeUTC": "2026-01-02T03:04:06", "Message": "Two", "Order": 2},
    ]
    assert [(link["Rel"], link["Type"], link["Name"]) for link in body["Links"]] == [("Up", "BackupJobSession", "n")]
    assert body["Type"] == "SystemSessionEvents"
    identity = new_client.mock.add_session("system", **values)
    body = new_client.get(f"/systemSessions/{identity}/events", Accept="application/json").json
    assert body["events"][0] == {"creationTimeUTC": "2026-01-02T03:04:05.5", "message": "One", "order": 1}
