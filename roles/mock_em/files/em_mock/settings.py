# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a simulated Enterprise Manager can be told: the same in Python, on the command line and over HTTP."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from .roles import ROLES

DATASETS = ("small", "generated", "empty")
EM_VERSIONS = (12, 13)
ANSWERS = ("asked", "json")

CHANGEABLE = (
    "em_version",
    "answer",
    "bom",
    "href_host",
    "link_host",
    "idle_timeout",
    "task_seconds",
    "stop_seconds",
    "replay_needs_logon",
)
"""Settings that may change while the server runs (``PATCH /_mock/settings``)."""


@dataclass(frozen=True)
class User:
    """An account: its name as the client gives it, its password, and its role (``none``: known, but not let in)."""

    name: str
    password: str
    role: str = "portal_administrator"

    def __post_init__(self) -> None:
        if self.role not in ROLES:
            raise ValueError(f"unknown role {self.role!r}, expected one of: {', '.join(ROLES)}")


def default_users() -> list[User]:
    """An administrator, a portal user, and one without a role."""
    return [
        User("operator", "demo-password", "portal_administrator"),
        User("viewer", "demo-password", "portal_user"),
        User("guest", "demo-password", "none"),
    ]


@dataclass
class Settings:
    """Everything that can be set. Times are in seconds; ``port`` 0 means any free port.

    ``certificate``: a file with key and certificate (PEM) that is shown as it is, instead of one made on the fly.
    """

    host: str = "127.0.0.1"
    port: int = 0
    tls: bool = False
    certificate_directory: str | None = None
    certificate: str | None = None
    dataset: str = "small"
    sessions: int = 0
    seed: int = 1
    em_version: int = 12
    answer: str = "asked"
    bom: bool = False
    href_host: str = "em01.example.test:9398"
    link_host: str = "localhost:9398"
    idle_timeout: float = 900.0
    task_seconds: float = 0.3
    stop_seconds: float = 1.0
    users: list[User] = field(default_factory=default_users)
    control: bool = True
    replay_needs_logon: bool = True

    def __post_init__(self) -> None:
        self.check()

    def check(self) -> None:
        """Raise ValueError for a value that no server could have."""
        for name, allowed in (("dataset", DATASETS), ("em_version", EM_VERSIONS), ("answer", ANSWERS)):
            if getattr(self, name) not in allowed:
                raise ValueError(f"{name} must be one of {allowed}, not {getattr(self, name)!r}")
        for name in ("idle_timeout", "task_seconds", "stop_seconds", "sessions"):
            if getattr(self, name) < 0:
                raise ValueError(f"{name} must not be negative")

    def change(self, changes: Mapping[str, Any]) -> None:
        """Change some of CHANGEABLE, all or nothing; ValueError says which name or value is wrong."""
        converted: dict[str, Any] = {}
        for name, value in changes.items():
            if name not in CHANGEABLE:
                raise ValueError(f"{name} cannot be changed, only: {', '.join(CHANGEABLE)}")
            kind = getattr(self, name).__class__
            if not _fits(value, kind):
                raise ValueError(f"{name} must be of type {kind.__name__}, not {value!r}")
            converted[name] = kind(value)
        before = {name: getattr(self, name) for name in converted}
        try:
            self._assign(converted)
            self.check()
        except ValueError:
            self._assign(before)
            raise

    def visible(self) -> dict[str, Any]:
        """All settings but the passwords, ready for JSON."""
        shown = {setting.name: getattr(self, setting.name) for setting in fields(self)}
        shown["users"] = [{"name": user.name, "role": user.role} for user in self.users]
        return shown

    def _assign(self, values: Mapping[str, Any]) -> None:
        for name, value in values.items():
            setattr(self, name, value)


def _fits(value: Any, kind: type) -> bool:
    """Whether the value is of this type; an integer will do for a float, but a bool is no number."""
    if isinstance(value, bool):
        return kind is bool
    return isinstance(value, (int, float) if kind is float else kind)
