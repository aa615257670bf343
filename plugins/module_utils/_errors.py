# Copyright (c) 2026 The backupops.veeam_em authors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

"""What can go wrong, as one family of exceptions.

PRIVATE to the collection: everything here may change without notice.
Nothing below the module layer knows AnsibleModule; it raises one of these, and _module.py turns it into a failed result.
"""

from __future__ import annotations

import typing as t

from ansible_collections.backupops.veeam_em.plugins.module_utils import _outcome

# Stands where a text was cut.
CUT = "…"


class EmError(Exception):
    """Root of all errors that the collection raises on purpose.

    message: one sentence for a person: what was being done, what happened, what to do.
    status: the HTTP status, when the server answered. path: path of the URL, without host and query.
    server_message: what the server said in its own words. outcome: what was done before it, where something was.
    """

    kind: t.ClassVar[str] = "server"

    def __init__(
        self,
        message: str,
        *,
        status: int | None = None,
        path: str | None = None,
        server_message: str | None = None,
    ) -> None:
        super().__init__(printable(message))
        self.status = status
        self.path = path
        self.server_message = None if server_message is None else printable(server_message)
        self.outcome: _outcome.Outcome | None = None

    def while_doing(self, doing: str) -> EmError:
        """Put what was being done, such as "Cannot read tasks", and the path of it before the message; return the same error."""
        words = str(self)
        where = f" ({self.path})" if self.path and self.path not in words else ""
        self.args = (f"{printable(doing)}{where}: {words}",)
        return self

    def hide(self, hidden: t.Callable[[str], str]) -> None:
        """Let a function take the secrets out of all that the error says."""
        self.args = (hidden(str(self)),)
        self.path = None if self.path is None else hidden(self.path)
        self.server_message = None if self.server_message is None else hidden(self.server_message)

    def payload(self, with_diff: bool = False) -> dict[str, t.Any]:
        """Return the keyword arguments of a failed module result, with what was done all the same."""
        error = {"kind": self.kind, "status": self.status, "path": self.path, "server_message": self.server_message}
        done = self.outcome.payload(with_diff) if self.outcome else {}
        return {"msg": str(self), "error": error, **done}


class ConnectionFailed(EmError):
    """Nothing listens, the name is not known, or the connection broke."""

    kind = "connection"


class TimedOut(EmError):
    """The server kept silent for longer than the option timeout."""

    kind = "timeout"


class ConnectTimedOut(TimedOut):
    """Not even a connection came about in that time."""


class TlsFailed(EmError):
    """The server's certificate was not accepted, or it does not speak TLS."""

    kind = "tls"


class AuthenticationFailed(EmError):
    """User name and password, or the token of a logon session, were not accepted."""

    kind = "authentication"


class PermissionDenied(EmError):
    """The account's EM role does not allow the request."""

    kind = "permission"


class NotFound(EmError):
    """EM has no such object."""

    kind = "not_found"


class BadRequest(EmError):
    """The options of the task are at fault."""

    kind = "request"


class Refused(EmError):
    """EM understood the action and would not do it."""

    kind = "refused"


class ServerFailed(EmError):
    """EM failed (5xx) or asked for patience (429)."""

    kind = "server"


class ProtocolViolation(EmError):
    """The answer is not what the EM REST API answers."""

    kind = "protocol"


class ReferencesOnly(ProtocolViolation):
    """A collection came as references, although entities were asked for: readers fall back to a query."""


class MissingLibrary(EmError):
    """A Python library that the modules need is not installed where the module runs."""

    kind = "missing_library"


class WaitTimeout(EmError):
    """What was waited for did not happen in time."""

    kind = "wait_timeout"


def printable(text: str) -> str:
    """Return text with control characters written as escapes, so that no terminal obeys what a server sent."""
    return "".join(c if c.isprintable() or c in "\n\t" else c.encode("unicode_escape").decode("ascii") for c in text)


def shortened(text: str, most: int = 300) -> str:
    """Return text in one line of at most so many characters."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1] + CUT
