# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Logging on: credentials, logon sessions with their tokens and tasks, and their end."""

from __future__ import annotations

import base64
import binascii
import uuid
from dataclasses import dataclass, field
from datetime import datetime

from .messages import Refusal
from .roles import NO_ROLE
from .settings import Settings, User
from .tasks import Task

CHALLENGE = {"WWW-Authenticate": "Basic Realm=RestSvc"}


@dataclass
class LogonSession:
    """One logon session: who, since when it has been idle, and its own tasks."""

    id: str
    user: User
    used: datetime
    tasks: dict[str, Task] = field(default_factory=dict)
    started_tasks: int = 0

    @property
    def token(self) -> str:
        """The token as real servers make it: the session's GUID, as text, in base64."""
        return base64.b64encode(self.id.encode("ascii")).decode("ascii")

    def start_task(self, operation: str, now: datetime, success: bool, message: str) -> Task:
        """A new task; its id counts up from ``task-1`` in each logon session."""
        self.started_tasks += 1
        task = Task(f"task-{self.started_tasks}", operation, now, success, message)
        self.tasks[task.id] = task
        return task


def unauthorized(message: str = "Unauthorized") -> Refusal:
    """A 401 with the server's challenge."""
    return Refusal(401, message, CHALLENGE)


def read_credentials(header: str) -> tuple[str, str] | None:
    """User name and password of a Basic header in UTF-8, or None when it is none. Passwords may contain colons."""
    scheme, dummy, encoded = header.strip().partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        name, colon, password = base64.b64decode(encoded.strip(), validate=True).decode("utf-8").partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return None
    return (name, password) if colon else None


def account_name(user_name: str, href_host: str) -> str:
    """The account as bodies show it, ``DOMAIN\\user``; the server's own name stands in for a missing domain."""
    if "\\" in user_name:
        return user_name
    name, at, domain = user_name.partition("@")
    return f"{(domain if at else href_host).split('.')[0].split(':')[0].upper()}\\{name}"


class LogonSessions:
    """The open logon sessions."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._open: dict[str, LogonSession] = {}

    def open(self, authorization: str, now: datetime) -> LogonSession:
        """Log on with a Basic header; 401 for wrong credentials and for users without a role."""
        credentials = read_credentials(authorization)
        user = self._user(*credentials) if credentials else None
        if user is None or user.role == NO_ROLE:
            raise unauthorized()
        session = LogonSession(str(uuid.uuid4()), user, now)
        self._open[session.id] = session
        return session

    def of_token(self, token: str | None, now: datetime) -> LogonSession | None:
        """The open logon session with this token, or None."""
        return next((session for session in self.all(now) if session.token == token), None)

    def all(self, now: datetime) -> list[LogonSession]:
        """All open logon sessions; those idle for too long are dropped."""
        for session in list(self._open.values()):
            if (now - session.used).total_seconds() > self._settings.idle_timeout:
                del self._open[session.id]
        return list(self._open.values())

    def find(self, identity: str, now: datetime) -> LogonSession:
        """The open logon session with this id. An unknown one is a 500, not a 404: so does the real server."""
        session = next((session for session in self.all(now) if session.id == identity.lower()), None)
        if session is None:
            raise Refusal(500, f"There is no logon session with id [{identity}]")
        return session

    def close(self, session: LogonSession) -> None:
        """End a logon session; its tasks are gone with it."""
        self._open.pop(session.id, None)

    def close_all(self) -> None:
        """End all."""
        self._open.clear()

    def _user(self, name: str, password: str) -> User | None:
        users = self._settings.users
        return next((user for user in users if user.name.lower() == name.lower() and user.password == password), None)
