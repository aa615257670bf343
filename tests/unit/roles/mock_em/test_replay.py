# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

from pathlib import Path

from .conftest import Client, Start

XML = "<Backups xmlns='http://www.veeam.com/ent/v1.0'/>"


def test_a_path_is_answered_with_what_was_recorded(client: Client) -> None:
    client.mock.replay.add("/api/backups", body=XML)
    reply = client.get("/BACKUPS?format=Entity")
    assert (reply.status, reply.text, reply.headers["Content-Type"]) == (200, XML, "application/xml")
    assert client.get("/backup").status == 404
    assert client.post("/backups").status == 404


def test_a_path_with_its_query_goes_first(client: Client) -> None:
    client.mock.replay.add("/query", body="any")
    client.mock.replay.add("/query?type=Backup", body=b'\xef\xbb\xbf{"Backups": []}')
    assert client.get("/query?type=Backup").json == {"Backups": []}
    assert client.get("/query?type=Backup").headers["Content-Type"] == "application/json"
    assert client.get("/query?type=backup").text == "any"


def test_status_type_method_and_file(client: Client, tmp_path: Path) -> None:
    file = tmp_path / "body"
    file.write_bytes(b"\xff\x00")
    client.mock.replay.add("/backups/1", file=file, method="POST", status=202, content_type="text/plain")
    reply = client.post("/backups/1")
    assert (reply.status, reply.body, reply.headers["Content-Type"]) == (202, b"\xff\x00", "text/plain")


def test_it_stands_behind_the_token_check(start: Start) -> None:
    client = start()
    client.mock.replay.add("/backups", body=XML)
    assert client.get("/backups").status == 401
    client.mock.settings.change({"replay_needs_logon": False})
    assert client.get("/backups").status == 200


def test_even_the_logon_can_be_replayed(start: Start) -> None:
    client = start()
    client.mock.replay.add("/sessionMngr/", body="<html/>", method="POST")
    assert client.post("/sessionMngr").text == "<html/>"


def test_clearing(client: Client) -> None:
    client.mock.replay.add("/backups", body=XML)
    client.mock.replay.clear()
    assert client.get("/backups").status == 404
