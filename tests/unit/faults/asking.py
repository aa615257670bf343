# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Faults in the words of the simulated EM: what goes wrong, and with which requests."""

from __future__ import annotations

import typing as t

Fault = dict[str, t.Any]

# Reads are the only GETs, the logout is the only DELETE.
READ: Fault = {"method": "GET"}
LOGON: Fault = {"path": "sessionMngr"}
LOGOUT: Fault = {"method": "DELETE"}
QUERY: Fault = {"path": "query"}
STOP: Fault = {"method": "POST", "path": "backupSessions"}
TASK: Fault = {"path": "tasks"}
ONCE: Fault = {"times": 1}
# longer than the timeout of a case in which an answer stays away
SILENT = 3.0


def reset(where: Fault, when: str = "before", **more: t.Any) -> Fault:
    """Return a reset of the connection at a moment of these requests."""
    return {"kind": "reset", "when": when, **where, **more}


def silence(where: Fault, when: str = "before", **more: t.Any) -> Fault:
    """Return a server that falls silent at a moment of these requests."""
    return {"kind": "delay", "when": when, "seconds": SILENT, **where, **more}


def status(number: int, where: Fault, retry_after: str | int | None = None, **more: t.Any) -> Fault:
    """Return an HTTP status instead of the answer."""
    headers = {} if retry_after is None else {"Retry-After": retry_after}
    return {"kind": "status", "status": number, "headers": headers, **where, **more}


def body(content: t.Any, where: Fault, content_type: str | None = None, **more: t.Any) -> Fault:
    """Return a body instead of the right one: text, bytes, or what a function makes of the right one."""
    headers = {} if content_type is None or content else {"Content-Type": content_type}  # an empty body has no type by itself
    return {"kind": "body", "body": content, "content_type": content_type, "headers": headers, **where, **more}
