# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The control URL, ``/_mock/…``: what tests do to the simulated server over HTTP. JSON in and out, no token needed."""

from __future__ import annotations

import json
from base64 import b64decode
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, Callable

from .faults import from_json
from .manager import EnterpriseManager
from .messages import JSON_TYPE, Answer, Request

PREFIX = "/_mock/"

Body = Mapping[str, Any]
Action = Callable[[EnterpriseManager, Body], Any]


def answer_control(em: EnterpriseManager, request: Request) -> Answer:
    """Carry out a control request: 200 and its result, 404 for an unknown one, 400 for a body that makes no sense."""
    action = ACTIONS.get((request.method, request.path.lower()[len(PREFIX) :].strip("/")))
    if action is None:
        known = ", ".join(f"{method} {PREFIX}{path}" for method, path in ACTIONS)
        return _json(404, {"error": f"unknown control request, expected one of: {known}"})
    try:
        body = json.loads(request.body or b"{}")
        if not isinstance(body, dict):
            raise ValueError("the body must be a JSON object")
        with em.lock:
            em.clock.settle()
            return _json(200, action(em, body))
    except (ValueError, TypeError, KeyError, OSError) as error:
        return _json(400, {"error": f"{type(error).__name__}: {error}"})


def _json(status: int, value: Any) -> Answer:
    return Answer(status, json.dumps(value, default=str).encode("utf-8"), JSON_TYPE)


def _requests(em: EnterpriseManager, dummy: Body) -> Any:
    return {"requests": [asdict(entry) for entry in em.requests]}


def _forget_requests(em: EnterpriseManager, dummy: Body) -> Any:
    del em.requests[:]
    return {}


def _logon_sessions(em: EnterpriseManager, dummy: Body) -> Any:
    sessions = em.logon_sessions.all(em.clock.now())
    return {"logon_sessions": [{"id": session.id, "user": session.user.name} for session in sessions]}


def _clock(em: EnterpriseManager, body: Body) -> Any:
    em.clock.advance(float(body.get("advance", 0)))
    em.clock.settle()
    return {"now": em.clock.now().isoformat()}


def _settings(em: EnterpriseManager, dummy: Body) -> Any:
    return em.settings.visible()


def _change_settings(em: EnterpriseManager, body: Body) -> Any:
    em.settings.change(body)
    return em.settings.visible()


def _faults(em: EnterpriseManager, dummy: Body) -> Any:
    return {"faults": [fault.visible() for fault in em.faults.all()]}


def _add_fault(em: EnterpriseManager, body: Body) -> Any:
    return em.faults.add(**from_json(body)).visible()


def _clear_faults(em: EnterpriseManager, dummy: Body) -> Any:
    em.faults.clear()
    return {}


def _add_session(em: EnterpriseManager, body: Body) -> Any:
    return {"id": em.add_session(**body)}


def _change_session(em: EnterpriseManager, body: Body) -> Any:
    values = dict(body)
    em.change_session(values.pop("id"), **values)
    return {}


def _remove_session(em: EnterpriseManager, body: Body) -> Any:
    em.remove_session(body["id"], body.get("kind", "backup"))
    return {}


def _add_job(em: EnterpriseManager, body: Body) -> Any:
    return {"id": em.add_job(**body)}


def _remove_job(em: EnterpriseManager, body: Body) -> Any:
    em.remove_job(body["id"])
    return {}


def _generate(em: EnterpriseManager, body: Body) -> Any:
    em.generate(int(body["sessions"]), int(body.get("seed", em.settings.seed)))
    return {}


def _add_replay(em: EnterpriseManager, body: Body) -> Any:
    values = dict(body)
    if "body_base64" in values:
        values["body"] = b64decode(values.pop("body_base64"))
    em.replay.add(**values)
    return {}


def _clear_replay(em: EnterpriseManager, dummy: Body) -> Any:
    em.replay.clear()
    return {}


def _reset(em: EnterpriseManager, dummy: Body) -> Any:
    em.reset()
    return {}


ACTIONS: dict[tuple[str, str], Action] = {
    ("GET", "requests"): _requests,
    ("DELETE", "requests"): _forget_requests,
    ("GET", "logon-sessions"): _logon_sessions,
    ("GET", "clock"): _clock,
    ("POST", "clock"): _clock,
    ("GET", "settings"): _settings,
    ("PATCH", "settings"): _change_settings,
    ("GET", "faults"): _faults,
    ("POST", "faults"): _add_fault,
    ("DELETE", "faults"): _clear_faults,
    ("POST", "sessions"): _add_session,
    ("PATCH", "sessions"): _change_session,
    ("DELETE", "sessions"): _remove_session,
    ("POST", "jobs"): _add_job,
    ("DELETE", "jobs"): _remove_job,
    ("POST", "generate"): _generate,
    ("POST", "replay"): _add_replay,
    ("DELETE", "replay"): _clear_replay,
    ("POST", "reset"): _reset,
}
