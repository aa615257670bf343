# Copyright (c) 2026 The backupops.veeam_em authors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

"""The client of EM: one logon, requests with its token, one logout.

PRIVATE to the collection: everything here may change without notice.
It takes plain values and raises EmError; it knows nothing of Ansible.
"""

from __future__ import annotations

import contextlib
import time
import typing as t

from ansible_collections.backupops.veeam_em.plugins.module_utils import (
    _answer,
    _connection,
    _errors,
    _exchange,
    _logon,
    _records,
    _secrets,
    _statuses,
)


class EmClient:
    """Talks to one EM.

    As a context manager it logs on at its start, unless a token was given or own_logon is False, and logs its own sessions out at
    its end, whatever happened in between. warnings: gets sentences about what went wrong without being an error.
    sleep: how to pause, in seconds.
    """

    def __init__(
        self,
        connection: _connection.Connection,
        own_logon: bool = True,
        warnings: list[str] | None = None,
        sleep: t.Callable[[float], None] = time.sleep,
    ) -> None:
        self.connection = connection
        self.sleep = sleep
        self.warnings = [] if warnings is None else warnings
        self._own_logon = own_logon
        self._exchange = _exchange.Exchange(connection, sleep)
        self.secrets = _secrets.Secrets(connection.password, connection.session_token, connection.encoded_credentials)
        # Of the id of a logon session its token can be made. For modules that are about logon sessions it is a fact all the same.
        self.secret_ids = _secrets.Secrets(_logon.id_in(connection.session_token or ""))
        self._own: list[_logon.Logon] = []
        self._logon: _logon.Logon | None = _logon.Logon(connection.session_token, None) if connection.session_token else None
        self._logons = 0
        self._renewed = False

    def __enter__(self) -> EmClient:
        try:
            if self._own_logon and self._logon is None:
                self.log_on()
        except BaseException as error:
            self.__exit__(type(error), error)
            raise
        return self

    def __exit__(self, dummy: object = None, error: BaseException | None = None, *more: object) -> None:
        try:
            self._log_out_own()
        finally:
            self.warnings[:] = map(self._hidden, [*self.warnings, *self._exchange.notes])
            self._exchange.close()
            if isinstance(error, _errors.EmError):
                error.hide(self._hidden)
                # a traceback would tell their words, cut as they may be, and they say nothing that the error does not say
                error.__cause__ = error.__context__ = None

    @property
    def reads_json(self) -> bool:
        """Whether JSON is asked for by now."""
        return self._exchange.reads_json

    @property
    def logons(self) -> int:
        """How often this client has logged on. Tasks of EM are known only inside the logon session that made them."""
        return self._logons

    @property
    def session_id(self) -> str | None:
        """The id of the logon session in use, None when neither EM nor the token tells it."""
        return None if self._logon is None else self._logon.session_id or _logon.id_in(self._logon.token)

    def now(self) -> float:
        """Return the server's clock, in seconds since 1970: as its last answer told it, or ours before there was one."""
        return self._exchange.now()

    def learn_clock(self) -> None:
        """Make sure that now() is the server's clock; costs a request only where no answer has told it yet."""
        self._exchange.learn_clock()

    # -- logon sessions ----------------------------------------------------------------------------------------------------

    def log_on(self) -> _logon.Logon:
        """Log on with user name and password and use that logon session from now on. It is logged out at the end."""
        path = f"sessionMngr/?v={self.connection.api_version}"
        with self._exchange.send("POST", path, _statuses.LOGGING_ON, safe=True, token=None, basic=True) as answer:
            if answer.status not in (200, 201):
                raise self._logon_error(answer)
            token = answer.header(_exchange.TOKEN_HEADER)
            if answer.media == "html" or not token:
                raise _errors.ProtocolViolation(
                    f"The server accepted the request but sent no token (header {_exchange.TOKEN_HEADER}), so it is not the API of"
                    " Enterprise Manager. Check the port: the API listens on 9398, the web UI on 9443.",
                    status=answer.status,
                    path=answer.path,
                ).while_doing(_statuses.LOGGING_ON)
            if not _connection.is_token(token):
                raise _errors.ProtocolViolation(
                    "The server sent a token that none can be: it is too long, or has blanks or control characters.",
                    status=answer.status,
                    path=answer.path,
                ).while_doing(_statuses.LOGGING_ON)
            # It is open from here on, and must be closed even when its body breaks off: the token is the id in base64.
            self._logon = _logon.Logon(token, _logon.id_in(token))
            self._own.append(self._logon)
            self._logons += 1
            self.secrets.add(token)
            self.secret_ids.add(self._logon.session_id)
            self._logon = self._own[-1] = _logon.Logon(token, _logon.id_told(answer) or self._logon.session_id)
            self.secret_ids.add(self._logon.session_id)
            self._exchange.check_media(answer, _statuses.LOGGING_ON)
        return self._logon

    def keep(self) -> None:
        """Leave the own logon sessions open at the end: somebody else, who has to know their tokens, will use and close them."""
        self.secrets.drop(*(logon.token for logon in self._own))
        self._own.clear()

    def log_out(self, logon: _logon.Logon, only_look: bool = False) -> bool:
        """Close a logon session by its own token, or only look whether it is open. Return False when it was gone already."""
        doing = "Cannot log out"
        path = f"logonSessions/{logon.session_id}"
        with self._exchange.send("GET" if only_look else "DELETE", path, doing, safe=True, token=logon.token) as answer:
            if answer.status in (200, 204) and answer.media != "html":
                return True
            if answer.status == 401:
                return False
            error = _statuses.error_of(answer, doing)
        # EM answers 500 for a logon session that it does not know, so the list has to tell
        if answer.status in (404, 500) and error.server_message and not self._lists(logon):
            return False
        raise error

    def _lists(self, logon: _logon.Logon) -> bool:
        """Tell whether a logon session is among those that its own token may see."""
        doing = "Cannot read logon sessions"
        with self._exchange.send("GET", "logonSessions", doing, safe=True, token=logon.token) as answer:
            if answer.status == 401:
                return False
            if answer.status != 200:
                raise _statuses.error_of(answer, doing)
            return any(
                record.get("session_id") == logon.session_id for record in answer.records(_logon.LOGON_SESSIONS, _records.Paging())
            )

    def _log_out_own(self) -> None:
        """Close the own logon sessions. What could not be closed is a warning: the work is done, and EM closes it when it idles."""
        for logon in self._own:
            if logon.session_id is None:
                self.warnings.append("The logon session could not be closed, because EM did not tell its id. It ends by itself.")
            else:
                try:
                    self.log_out(logon)
                except _errors.EmError as error:
                    self.warnings.append(f"The logon session could not be closed, it ends by itself after 15 idle minutes: {error}")
        self._own.clear()

    def _hidden(self, text: str) -> str:
        return self.secret_ids.hidden(self.secrets.hidden(text))

    def _logon_error(self, answer: _answer.Answer) -> _errors.EmError:
        version = self.connection.api_version
        if version == "latest" or answer.status not in (400, 404):
            return _statuses.logon_error_of(answer)
        return _statuses.version_error_of(answer, version, self._supported_versions()) or _statuses.logon_error_of(answer)

    def _supported_versions(self) -> list[str]:
        """Return the names of the API versions that the server offers to everybody, [] when it does not say."""
        with (
            contextlib.suppress(_errors.EmError),
            self._exchange.send("GET", "", "Cannot read versions", safe=True, token=None) as answer,
        ):
            if answer.status == 200:
                versions = answer.small()[1].get("supported_versions") or []
                return [version["name"] for version in versions if isinstance(version, dict) and version.get("name")]
        return []

    # -- requests ----------------------------------------------------------------------------------------------------------

    def get(self, path: str, doing: str) -> _answer.Answer:
        """Return the answer to a GET, whatever its status. doing: begins the message of an error, such as "Cannot read tasks"."""
        return self._authorized("GET", path, doing, safe=True)

    def post(self, path: str, doing: str) -> _answer.Answer:
        """Return the answer to a POST with an empty body, whatever its status. It is sent once, or after a 401 once more."""
        return self._authorized("POST", path, doing, safe=False)

    def pause(self, attempt: int, reason: str) -> None:
        """Wait before a read is tried again that broke off in its body."""
        self._exchange.pause(attempt, reason)

    def _authorized(self, method: str, path: str, doing: str, *, safe: bool) -> _answer.Answer:
        """Send a request with the token. A logon session that has ended is renewed, where the credentials are known; should EM not
        accept the new one either, that is the answer."""
        if self._logon is None:
            raise _errors.AuthenticationFailed(f"{doing}: there is no logon session.")
        answer = self._exchange.send(method, path, doing, safe=safe, token=self._logon.token)
        if answer.status == 401 and self.connection.username and not self._renewed:
            answer.close()
            token = self.log_on().token
            self._renewed = True
            answer = self._exchange.send(method, path, doing, safe=safe, token=token)
        if answer.status != 401:
            self._renewed = False
        self._exchange.check_media(answer, doing)
        return answer
