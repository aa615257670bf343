# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One request being answered: the request, the server's state, and the faults that hit it."""

from __future__ import annotations

from collections.abc import Mapping

from .auth import LogonSession, unauthorized
from .content import Resource
from .faults import ActiveFaults
from .manager import EnterpriseManager, Renderer
from .messages import Answer, Refusal, Request


class Exchange:
    """What the resources need to answer one request."""

    def __init__(self, em: EnterpriseManager, request: Request, faults: ActiveFaults) -> None:
        self.em = em
        self.request = request
        self.faults = faults
        self.now = em.clock.now()

    @property
    def renderer(self) -> Renderer:
        """JSON when the Accept header mentions it anywhere, or the server answers nothing else; else XML."""
        as_json = self.em.settings.answer == "json" or "application/json" in self.request.accept.lower()
        return self.em.renderer(as_json)

    @property
    def logon(self) -> LogonSession:
        """The logon session of the request; 401 when it has none."""
        if self.request.logon is None:
            raise unauthorized()
        return self.request.logon

    def allow(self, roles: frozenset[str]) -> None:
        """403 unless the user's role is one of these."""
        if self.logon.user.role not in roles:
            raise Refusal(403, "Access denied")

    def answer(self, text: str, status: int = 200, headers: Mapping[str, str] | None = None) -> Answer:
        """A body in the renderer's format, with a byte order mark where the settings ask for one."""
        mark = b"\xef\xbb\xbf" if self.em.settings.bom else b""
        return Answer(status, mark + text.encode("utf-8"), self.renderer.content_type, dict(headers or {}))

    def document(self, resource: Resource, status: int = 200, headers: Mapping[str, str] | None = None) -> Answer:
        """One resource as the whole body."""
        return self.answer(self.renderer.document(resource), status, headers)

    def refuse(self, refusal: Refusal) -> Answer:
        """An Error body in the format that was asked for."""
        return self.answer(self.renderer.error(refusal.status, refusal.message), refusal.status, refusal.headers)
