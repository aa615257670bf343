# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The API's root, logging on and out, logon sessions, and the tasks of a logon session."""

from __future__ import annotations

from .auth import LogonSession, account_name
from .content import Link, Member, Resource, Style
from .exchange import Exchange
from .logon_links import logon_links
from .messages import Answer, Refusal
from .tasks import Task

VERSIONS = ("v1_5", "v1_6", "v1_7")


def root(exchange: Exchange) -> Answer:
    """``GET /api/``: the versions and where to log on; needs no token."""
    style = exchange.renderer.style
    versions = [
        Resource("SupportedVersion", attributes=(("Name", version),), links=[_logon_link(version, style)]) for version in VERSIONS
    ]
    body = Resource(
        "EnterpriseManager",
        "resource",
        links=[Link("Down", style.link("logonSessions"), "LogonSessionList"), _logon_link("latest", style)],
        members=[Member("SupportedVersions", versions)],
    )
    return exchange.document(body)


def log_on(exchange: Exchange) -> Answer:
    """``POST /api/sessionMngr/``: 201 with the token in a header and in a cookie."""
    version = exchange.request.parameters.get("v", "latest")
    if version.lower() not in (*VERSIONS, "latest"):
        raise Refusal(400, f"API version '{version}' is not supported")
    session = exchange.em.logon_sessions.open(exchange.request.headers.get("authorization", ""), exchange.now)
    exchange.request.logon = session
    headers = {
        "X-RestSvcSessionId": session.token,
        "Set-Cookie": f"X-RestSvcSessionId={session.token}; Path=/api;",
    }
    return exchange.document(_logon_resource(session, exchange.renderer.style), 201, headers)


def list_logon_sessions(exchange: Exchange) -> Answer:
    """``GET /api/logonSessions``."""
    renderer = exchange.renderer
    sessions = exchange.em.logon_sessions.all(exchange.now)
    fragments = [renderer.fragment(_logon_resource(session, renderer.style)) for session in sessions]
    return exchange.answer(renderer.collection("LogonSessions", fragments))


def show_logon_session(exchange: Exchange, identity: str) -> Answer:
    """``GET /api/logonSessions/{id}``; 500 for an unknown one."""
    session = exchange.em.logon_sessions.find(identity, exchange.now)
    return exchange.document(_logon_resource(session, exchange.renderer.style))


def log_out(exchange: Exchange, identity: str) -> Answer:
    """``DELETE /api/logonSessions/{id}``: 204; 500 for an unknown one."""
    exchange.em.logon_sessions.close(exchange.em.logon_sessions.find(identity, exchange.now))
    return Answer(204)


def task_resource(exchange: Exchange, task: Task) -> Resource:
    """A task as it is now."""
    state = task.state(exchange.now, exchange.em.settings.task_seconds)
    return task.resource(state, exchange.renderer.style)


def list_tasks(exchange: Exchange) -> Answer:
    """``GET /api/tasks``: those of this logon session only."""
    renderer = exchange.renderer
    fragments = [renderer.fragment(task_resource(exchange, task)) for task in exchange.logon.tasks.values()]
    return exchange.answer(renderer.collection("Tasks", fragments))


def show_task(exchange: Exchange, identity: str) -> Answer:
    """``GET /api/tasks/{id}``."""
    return exchange.document(task_resource(exchange, _find_task(exchange, identity)))


def delete_task(exchange: Exchange, identity: str) -> Answer:
    """``DELETE /api/tasks/{id}``: 204."""
    del exchange.logon.tasks[_find_task(exchange, identity).id]
    return Answer(204)


def _find_task(exchange: Exchange, identity: str) -> Task:
    """The task; an unknown one, or another logon session's, is a 500 on the real server too."""
    task = exchange.logon.tasks.get(identity.lower())
    if task is None:
        raise Refusal(500, f"There is no backup task with id [{identity}] in current rest session")
    return task


def _logon_link(version: str, style: Style) -> Link:
    return Link("Create", style.link(f"sessionMngr/?v={version}"), "LogonSession")


def _logon_resource(session: LogonSession, style: Style) -> Resource:
    path = f"logonSessions/{session.id}"
    links: list[Link] = [*logon_links(session.user.role, style), Link("Delete", style.link(path))]
    return Resource(
        "LogonSession",
        "resource",
        {"Type": "LogonSession", "Href": style.href(path)},
        links=links,
        members=[
            Member("UserName", account_name(session.user.name, style.href_host)),
            Member("SessionId", session.id),
        ],
    )
