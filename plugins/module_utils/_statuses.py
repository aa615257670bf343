# Copyright (c) 2026 The backupops.veeam_em authors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

"""What the HTTP statuses of EM mean, in words that tell what to do.

PRIVATE to the collection: everything here may change without notice.
"""

from __future__ import annotations

import re
import typing as t

from ansible_collections.backupops.veeam_em.plugins.module_utils import _answer, _errors, _transport

LOGGING_ON = "Cannot log on"
_ABOUT_ONE = re.compile(r"/(?:[0-9a-f-]{36}|task-\d+)(?:/|$)", re.IGNORECASE)
_OTHER_PORTS = (
    "The API of Enterprise Manager listens on port 9398; port 9419 is the API of Backup & Replication, port 9443 the web UI."
)


def error_of(answer: _answer.Answer, doing: str, readers: str = "Portal Administrator") -> _errors.EmError:
    """Return the error that an answer means.

    doing: begins the message, such as "Cannot read tasks". readers: the roles in EM that may do it.
    """
    facts = _facts(answer)
    said = facts["server_message"]
    if answer.media == "html" and answer.status < 500:
        return answer.not_em().while_doing(doing)
    what = f"{doing}: {answer.path} was answered with {answer.status}{f' ({said})' if said else ''}"
    if answer.status < 300:
        return _errors.ProtocolViolation(f"{what} where EM answers 200 with a body.", **facts)
    if answer.status < 400:
        return _errors.ProtocolViolation(
            f"{what}, a redirect to {_errors.shortened(answer.header('Location') or 'nowhere', 200)}. It is not followed: the token"
            " goes to no other address. Give the hostname, port and scheme of Enterprise Manager itself.",
            **facts,
        )
    if answer.status == 401:
        return _errors.AuthenticationFailed(
            f"{what}. The token is not valid or has ended: a logon session ends after 15 idle minutes."
            " Log on again, or give username and password as well.",
            **facts,
        )
    if answer.status == 403:
        return _errors.PermissionDenied(f"{what}. The account needs the role {readers} in Enterprise Manager.", **facts)
    if answer.status == 404 and said is None and not _ABOUT_ONE.search(answer.path):
        return _errors.ProtocolViolation(
            f"{what}, and not in the way of EM: its version may be too old for this, or something else answers. {_OTHER_PORTS}",
            **facts,
        )
    if answer.status == 404:
        return _errors.NotFound(f"{what}. EM does not know it.", **facts)
    if answer.status == 429 or answer.status >= 500:
        return _errors.ServerFailed(f"{what}. {_patience(answer)}", **facts)
    if answer.status in (405, 406, 415):
        return _errors.ProtocolViolation(f"{what}. EM accepts that request, so something else may listen there.", **facts)
    return _errors.BadRequest(f"{what}. Check the options of the task.", **facts)


def logon_error_of(answer: _answer.Answer) -> _errors.EmError:
    """Return the error that the answer to a logon means."""
    if answer.status == 401:
        return _errors.AuthenticationFailed(
            "EM did not accept the user name or the password. Give the name as DOMAIN\\user or user@domain, and make sure that the"
            " account has a role in Enterprise Manager.",
            **_facts(answer),
        ).while_doing(LOGGING_ON)
    if answer.status == 404:
        return _errors.ProtocolViolation(
            f"The server does not know {answer.path}, so it is not the API of Enterprise Manager. {_OTHER_PORTS}", **_facts(answer)
        ).while_doing(LOGGING_ON)
    return error_of(answer, LOGGING_ON)


def version_error_of(answer: _answer.Answer, version: str, supported: t.Sequence[str]) -> _errors.EmError | None:
    """Return the error for an API version that the server lacks, None when that is not what is wrong."""
    if not supported or version in supported:
        return None
    return _errors.BadRequest(
        f"This server has no API version {version} (option api_version). It has {', '.join(supported)}.", **_facts(answer)
    ).while_doing(LOGGING_ON)


def _facts(answer: _answer.Answer) -> dict[str, t.Any]:
    said = answer.server_message() if answer.status >= 400 else None
    return {"status": answer.status, "path": answer.path, "server_message": said}


def _patience(answer: _answer.Answer) -> str:
    wait = answer.retry_after or 0
    if wait > _transport.LONGEST_RETRY_AFTER:
        return f"It asks to wait {wait:.0f} s, longer than a task waits by itself. Run the task again after that."
    return "Try again later, and look at the server's log if it persists."
