# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Answers that want to lead somewhere else, by links, headers, cookies or ids: requests go to the one host, to addresses of EM."""

from __future__ import annotations

import re
import typing as t
from xml.sax.saxutils import escape

import pytest

from ansible_collections.backupops.veeam_em.plugins.module_utils._backup_session import StopSessions
from ansible_collections.backupops.veeam_em.plugins.module_utils._errors import EmError
from ansible_collections.backupops.veeam_em.plugins.module_utils._family import Family
from ansible_collections.backupops.veeam_em.plugins.module_utils._logon_session_info import LogonSessionInfo
from ansible_collections.backupops.veeam_em.plugins.module_utils._query_info import QUERY_OPTIONS, QueryInfo
from ansible_collections.backupops.veeam_em.plugins.module_utils._session_wait import SessionWait
from ansible_collections.backupops.veeam_em.plugins.module_utils._stop_options import SELECTION, STOP_OPTIONS
from ansible_collections.backupops.veeam_em.plugins.module_utils._wait_options import SELECTING, WAIT_FOR, WAITING
from ansible_collections.backupops.veeam_em.plugins.module_utils._xml import NAMESPACE
from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock import MockEm, Settings
from ansible_collections.backupops.veeam_em.tests.unit.attack import content as c
from ansible_collections.backupops.veeam_em.tests.unit.attack.hostile import (
    SESSION_ID,
    TOKEN,
    HostileServer,
    Received,
    answer,
    head,
)
from ansible_collections.backupops.veeam_em.tests.unit.attack.reading import client_to, read_from
from ansible_collections.backupops.veeam_em.tests.unit.plugins.families import EACH, add_one, running_state
from ansible_collections.backupops.veeam_em.tests.unit.support import GUID, client_of, read_info

# The addresses that the modules have any reason to ask for, whatever a body says.
_GUID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
OURS = re.compile(
    rf"/api/(sessionMngr/\?v=latest|logonSessions/{_GUID}|query\?[^#]*|tasks(/task-\d+)?"
    rf"|\w+Sessions(\?format=Entity|/{_GUID}(\?format=Entity|\?action=stop|/events)))"
)
NOT_OURS = [
    "..",
    "../../x",
    "a?b",
    "a#b",
    "a b",
    "a\nb",
    "%2e%2e",
    "%2f..",
    "\\..\\x",
    "",
    "x" * 9000,
    ".",
    "http://x/",
    "\u202e",
    ";x",
    "@x",
]


def outcome_of(server: HostileServer, task: t.Any) -> tuple[str, str]:
    """Return what a task comes to against a server: (kind or 'done', message or result)."""
    try:
        with client_to(server.port) as client:
            client.sleep = lambda dummy: None
            return "done", str(task.perform(client, False).result)
    except EmError as error:
        return error.kind, str(error)


def only_ours(server: HostileServer) -> bool:
    """Tell whether all that was asked for are addresses of EM."""
    return all(OURS.fullmatch(request.target) for request in server.requests)


def options(*groups: t.Iterable[t.Any], **given: t.Any) -> dict[str, t.Any]:
    return {**{option.name: option.default for group in groups for option in group}, **given}


def stopping(**given: t.Any) -> StopSessions:
    return StopSessions(options(SELECTION, STOP_OPTIONS, job_name=["x"], wait_timeout=0, **given))


def waiting(**given: t.Any) -> SessionWait:
    return SessionWait(options(WAIT_FOR, SELECTING, WAITING, wait_timeout=0, wait_interval=0, **given))


@EACH
@pytest.mark.parametrize("em_version", [12, 13])
def test_links_are_never_followed(elsewhere: HostileServer, family: Family, em_version: int) -> None:
    """Those of entities, of references, of pages and of a logon session."""
    other = f"127.0.0.1:{elsewhere.port}"
    with MockEm(Settings(dataset="empty", href_host=other, link_host=other, em_version=em_version)) as em:
        guids = [add_one(em, family, state=running_state(family)) for dummy in range(3)]
        include = [*(include.name for include in family.includes), "links"]
        for media_type in ("xml", "json"):
            for given in (
                {},
                {"id": guids},
                {"created_after": "9d", "page_size": 1} if family.has_query else {"created_after": "9d"},
            ):
                found = read_info(em, family.kind, include=include, connection={"media_type": media_type}, **given).result
                assert found["count"] == 3
                assert found["sessions"][0]["links"] == [] or other in str(found["sessions"][0]["links"])
        assert em.logon_sessions == []


@pytest.mark.parametrize("until", ["idle", "finished"])
def test_nor_are_they_by_the_other_modules(elsewhere: HostileServer, until: str) -> None:
    other = f"127.0.0.1:{elsewhere.port}"
    settings = Settings(dataset="empty", href_host=other, link_host=other, task_seconds=0, stop_seconds=0)
    with MockEm(settings) as em, client_of(em) as client:
        em.add_session(job_name="x", state="Working")
        query = QueryInfo(options(QUERY_OPTIONS, type="BackupJobSession", page_size=1))
        assert query.perform(client, False).result["count"] == 1
        assert len(LogonSessionInfo().perform(client, False).result["logon_sessions"]) == 1
        assert stopping().perform(client, False).result["stopped_count"] == 1
        assert SessionWait(options(WAIT_FOR, SELECTING, WAITING, until=until)).perform(client, False).result["sessions"] == []


LEADING = [
    "Location",
    "Content-Location",
    "Link",
    "Refresh",
    "Alt-Svc",
    "WWW-Authenticate",
    "Proxy-Authenticate",
    "Set-Cookie",
    "Host",
    "Origin",
]


@pytest.mark.parametrize("status", [200, 201, 202, 300, 301, 302, 303, 305, 307, 308, 401, 407, 429, 503])
def test_headers_lead_nowhere(elsewhere: HostileServer, status: int) -> None:
    where = f"http://127.0.0.1:{elsewhere.port}/"
    values = {
        "Link": f"<{where}>; rel=next",
        "Refresh": f"0; url={where}",
        "Alt-Svc": f'h2="127.0.0.1:{elsewhere.port}"',
        "WWW-Authenticate": f'Digest realm="x", domain="{where}", nonce="x"',
        "Set-Cookie": "X-RestSvcSessionId=stolen; Path=/; Domain=127.0.0.1",
    }
    lines = [f"{name}: {values.get(name, where)}" for name in LEADING]

    def attack(dummy: Received) -> t.Iterator[bytes]:
        return answer([f"{c.ROOT}{c.ONE}{c.END}".encode()], "xml", *lines, status=f"{status} x")

    with HostileServer(attack, *lines) as server:
        try:
            kind = str(read_from(server.port).result["count"])
        except EmError as error:
            kind = error.kind
        assert kind == {200: "1", 401: "authentication", 407: "request", 429: "server", 503: "server"}.get(status, "protocol")
        assert only_ours(server)
        names = [name for request in server.requests for name, dummy in request.headers]
        assert {"Cookie", "Proxy-Authorization"}.isdisjoint(names)
        tokens = {value for request in server.requests for name, value in request.headers if name == "X-RestSvcSessionId"}
        assert tokens == {TOKEN}
        assert names.count("Authorization") == sum(request.method == "POST" for request in server.requests)


def test_a_redirect_asks_nobody_for_credentials(elsewhere: HostileServer, monkeypatch: pytest.MonkeyPatch, tmp_path: t.Any) -> None:
    """Not even those that the user keeps for another host are looked up."""
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login stranger password wrong\n", encoding="ascii")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    where = f"Location: http://127.0.0.1:{elsewhere.port}/"
    with (
        HostileServer(lambda dummy: answer([], "xml", where, status="302 x")) as server,
        pytest.raises(EmError, match="not followed"),
    ):
        read_from(server.port)
    assert "stranger" not in str(server.requests)


@pytest.mark.parametrize("name", NOT_OURS)
def test_the_id_of_a_logon_session(name: str) -> None:
    """It is the one that the token tells, where the body tells none."""
    body = f'<LogonSession xmlns="{NAMESPACE}"><SessionId>{escape(name)}</SessionId></LogonSession>'
    with HostileServer(c.calm, "Location: http://127.0.0.1:9/", logon_body=lambda: [body.encode()]) as server:
        assert read_from(server.port).result["count"] == 1
    assert [request.target for request in server.requests if request.method == "DELETE"] == [f"/api/logonSessions/{SESSION_ID}"]


def em_with(session: str, task: str = "task-1") -> t.Callable[[Received], t.Iterable[bytes]]:
    """Return a server with one session that runs, as only the query by which it is selected shows it, and a task of that name."""
    running = f'<BackupJobSession UID="{escape(session)}" Name="n"><State>Working</State></BackupJobSession>'

    def attack(request: Received) -> t.Iterable[bytes]:
        if request.method == "POST":
            body = f'<Task xmlns="{NAMESPACE}"><TaskId>{escape(task)}</TaskId><State>Running</State></Task>'
            return answer([body.encode()], status="202 Accepted")
        if "/query" in request.target:
            return answer([c.query_result(*([running] if "UID%3D%3D" not in request.target or GUID in session else [])).encode()])
        return [head("500 x", "Content-Type: application/xml")]

    return attack


@pytest.mark.parametrize("name", NOT_OURS)
def test_the_id_of_a_task(name: str) -> None:
    """It is not asked for; the session has to say what came of its stop, and is not stopped again."""
    with HostileServer(em_with(c.UID, name)) as server:
        outcome_of(server, stopping(wait=False))
        assert only_ours(server)
        assert [request.target for request in server.requests if request.method == "POST"][1:] == [
            f"/api/backupSessions/{GUID}?action=stop"
        ]


@pytest.mark.parametrize(
    "name", [*NOT_OURS, "urn:veeam:BackupJobSession:..", "urn:veeam:BackupJobSession:", f"{GUID}/../x", f"x:{GUID}#"]
)
def test_the_id_of_a_session(name: str) -> None:
    """One that runs and has none is neither stopped nor waited for: that is an error before anything is done."""
    for task in (stopping(wait=False), stopping(), waiting(until="finished")):
        with HostileServer(em_with(name)) as server:
            kind, message = outcome_of(server, task)
            assert only_ours(server)
            assert [request.target for request in server.requests if request.method == "POST"] == ["/api/sessionMngr/?v=latest"]
        assert (kind, "id" in message) == ("protocol", True), message


@pytest.mark.parametrize("name", NOT_OURS)
def test_the_id_of_a_session_with_related_facts(name: str) -> None:
    session = f'<Sessions UID="{escape(name)}" Name="n"><State>Failed</State></Sessions>'
    body = f'<SystemSessions xmlns="{NAMESPACE}">{session}</SystemSessions>'
    with HostileServer(c.always(body)) as server:
        with pytest.raises(EmError) as caught:
            read_from(server.port, "system", include=["events"])
        assert only_ours(server)
    assert caught.value.kind == "protocol"
