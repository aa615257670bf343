# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What goes in and out of the simulated server, free of sockets: Request, Answer, and Refusal for errors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import unquote, unquote_plus

if TYPE_CHECKING:
    from .auth import LogonSession

XML_TYPE = "application/xml; charset=utf-8"
JSON_TYPE = "application/json; charset=utf-8"
HTML_TYPE = "text/html; charset=utf-8"


def reason(status: int) -> str:
    """The reason phrase in one word, as .NET's enumeration names it: 400 gives ``BadRequest``."""
    try:
        phrase = HTTPStatus(status).phrase
    except ValueError:
        return "Unknown"
    return "".join(character for character in phrase if character.isalnum())


def split_query(raw_query: str) -> list[tuple[str, str, bool]]:
    """Raw parameters in the order sent, as (name, value, had an equals sign); only ``&`` separates them."""
    parts = (part.partition("=") for part in raw_query.split("&") if part)
    return [(name, value, bool(equals)) for name, equals, value in parts]


class Refusal(Exception):
    """The answer is an error: its HTTP status, its message, and headers that go with it."""

    def __init__(self, status: int, message: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.headers = dict(headers or {})


@dataclass
class Request:
    """One request. ``headers`` have lower-case names; ``logon`` is set once the token has been checked."""

    method: str
    path: str
    raw_query: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    logon: LogonSession | None = None

    def __post_init__(self) -> None:
        self.parameters: dict[str, str] = {}
        for name, value, dummy in split_query(self.raw_query):
            self.parameters.setdefault(unquote_plus(name).lower(), unquote_plus(value))
        self.segments = [segment for segment in unquote(self.path).split("/") if segment]

    @property
    def accept(self) -> str:
        """The Accept header as sent, or the empty string."""
        return self.headers.get("accept", "")

    @property
    def token(self) -> str | None:
        """The token: a cookie goes before the header, which is then ignored."""
        for cookie in self.headers.get("cookie", "").split(";"):
            name, equals, value = cookie.strip().partition("=")
            if equals and name.lower() == "x-restsvcsessionid":
                return value.strip().strip('"')
        return self.headers.get("x-restsvcsessionid")


@dataclass
class Answer:
    """One answer. ``content_type`` is sent when there is a body."""

    status: int
    body: bytes = b""
    content_type: str = XML_TYPE
    headers: dict[str, str] = field(default_factory=dict)
