# Copyright (c) 2026 The backupops.veeam_em authors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

"""HTTP, and nothing of EM but its address: one connection kept alive, errors told apart, safe requests tried again.

PRIVATE to the collection: everything here may change without notice.
"""

from __future__ import annotations

import http.cookiejar
import random
import time
import typing as t

from ansible_collections.backupops.veeam_em.plugins.module_utils import _answer, _connection, _deadline, _errors, _libraries

# Statuses that say "later": asking again can help. Not 500, which EM also answers for a task that it does not know.
RETRIED_STATUSES = frozenset({429, 502, 503, 504})
LONGEST_RETRY_AFTER = 30.0
_LONGEST_PAUSE = 8.0
_ABOUT_PROXY = " The way there is through a proxy: check HTTPS_PROXY and NO_PROXY as well."

_TLS_REASONS = (
    ("hostname mismatch", "its certificate is for another name; give that name as hostname"),
    ("ip address mismatch", "its certificate is not for this address; give the name in the certificate as hostname"),
    # the words of urllib3 before 2
    ("doesn't match", "its certificate is for another name; give that name as hostname"),
    ("has expired", "its certificate has expired; renew it on the server"),
    ("self-signed", "its certificate is self-signed; give that certificate as ca_path"),
    ("self signed", "its certificate is self-signed; give that certificate as ca_path"),
    (
        "unable to get local issuer",
        "the issuer of its certificate is not known; give the issuer's certificate as ca_path",
    ),
    ("wrong version number", "it does not speak TLS on this port; check port and scheme"),
    ("record layer failure", "it does not speak TLS on this port; check port and scheme"),
    ("alert", "it refused the handshake; it may want a client certificate (client_cert)"),
)


class Transport:
    """Sends requests to one EM.

    sleep: how to pause, in seconds. notes: sentences about what was tried again, for the warnings of the task.
    """

    def __init__(self, connection: _connection.Connection, sleep: t.Callable[[float], None] = time.sleep) -> None:
        self._connection = connection
        self._sleep = sleep
        self._requests: t.Any = _libraries.library("requests", "requests")
        self._check_proxy()
        self._http = self._session()
        self.notes: list[str] = []

    def close(self) -> None:
        """Close the connection."""
        self._http.close()

    def send(self, method: str, path: str, headers: t.Mapping[str, str], *, safe: bool) -> _answer.Answer:
        """Send a request and return the answer, whatever its status; its body has not been read yet.

        safe: the request may be tried again. path: below /api/. Raises ConnectionFailed, TimedOut, TlsFailed, BadRequest.
        """
        for attempt in range(self._connection.retries + 1):
            last = not safe or attempt == self._connection.retries
            try:
                answer = self._send_once(method, path, headers)
            except (_errors.ConnectionFailed, _errors.ConnectTimedOut) as error:
                if last:
                    raise
                self.pause(attempt, _errors.shortened(str(error)))
                continue
            if last or answer.status not in RETRIED_STATUSES or (answer.retry_after or 0) > LONGEST_RETRY_AFTER:
                return answer
            answer.close()
            self.pause(attempt, f"{answer.path} was answered with {answer.status}.", answer.retry_after)
        raise _errors.ConnectionFailed(f"No attempt was made to reach {self._connection.base_url}.")

    def pause(self, attempt: int, reason: str, retry_after: float | None = None) -> None:
        """Wait before the next attempt: as long as the server asked, or longer with each attempt and never quite alike."""
        growing = min(_LONGEST_PAUSE, 0.5 * 2 ** min(attempt, 8)) * random.uniform(0.5, 1.0)
        seconds = growing if retry_after is None else retry_after
        self.notes.append(f"{reason} Asked again after {seconds:.1f} s.")
        self._sleep(seconds)

    def _session(self) -> t.Any:
        session = self._requests.Session()
        # A cookie would beat the token's header in EM, so none is ever kept.
        session.cookies.set_policy(http.cookiejar.DefaultCookiePolicy(allowed_domains=[]))
        # Even one that is not followed would be prepared for it: its body read whole, its Location taken apart.
        session.resolve_redirects = _no_redirects
        for scheme in ("http://", "https://"):
            session.mount(scheme, _deadline.prompt_adapter())
        session.headers.clear()
        session.headers.update({"User-Agent": "backupops.veeam_em", "Accept-Encoding": "identity"})
        if not self._connection.validate_certs:
            _libraries.library("urllib3", "urllib3").disable_warnings()
        return session

    def _send_once(self, method: str, path: str, headers: t.Mapping[str, str]) -> _answer.Answer:
        errors = self._requests.exceptions
        url = self._connection.base_url + path
        try:
            response = self._http.request(
                method,
                url,
                headers=dict(headers),
                # Each of the following is given per request: from the session, the environment would override some of them
                # (REQUESTS_CA_BUNDLE, ~/.netrc).
                verify=self._connection.verify,
                cert=self._connection.client_certificate,
                auth=_no_other_credentials,
                timeout=self._connection.timeout,
                allow_redirects=False,
                stream=True,
            )
        except errors.RequestException as exc:
            raise self.explained(exc, _answer.shown_path(path)) from None
        except (_libraries.library("urllib3", "urllib3").exceptions.HTTPError, ValueError) as exc:
            # of all errors, requests lets through that a host name is none
            raise _errors.BadRequest(
                f"The connection options make no valid request to {self._connection.hostname}: {_errors.shortened(str(exc))}."
            ) from None
        except OSError as exc:
            raise _errors.BadRequest(f"A file with certificates cannot be used: {_errors.shortened(str(exc))}.") from None
        return _answer.Answer(
            response, path, lambda error: self.explained(error, _answer.shown_path(path)), self._connection.timeout
        )

    def explained(self, error: Exception, path: str) -> _errors.EmError:
        """Return an error of requests as one of ours, which names the cause and the way out. Only its text is kept: the exception
        itself holds the request with its headers."""
        errors = self._requests.exceptions
        where = f"{self._connection.hostname}:{self._connection.port}"
        text = str(error)
        if isinstance(error, errors.SSLError):
            reason = next((words for sign, words in _TLS_REASONS if sign in text.lower()), _errors.shortened(_innermost(error)))
            return _errors.TlsFailed(f"There is no trusted TLS connection to {where}: {reason}.", path=path)
        if isinstance(error, errors.ProxyError):
            return _errors.ConnectionFailed(
                f"The proxy for {where} did not connect: {_errors.shortened(_innermost(error))}. Check HTTPS_PROXY and NO_PROXY.",
                path=path,
            )
        aside = _ABOUT_PROXY if self._proxy() else ""
        if isinstance(error, errors.Timeout) or "timed out" in text.lower():
            return (_errors.ConnectTimedOut if isinstance(error, errors.ConnectTimeout) else _errors.TimedOut)(
                f"{where} gave no answer within {self._connection.timeout} s (option timeout). Check hostname, port and firewalls,"
                f" or give a busy server more time.{aside}",
                path=path,
            )
        if isinstance(error, errors.InvalidHeader):
            # not of ours: what goes into them is checked before
            return _errors.ProtocolViolation(
                f"{where} answered with a header that makes no sense: {_errors.shortened(_innermost(error))}.", path=path
            )
        if isinstance(error, (errors.InvalidURL, errors.InvalidProxyURL)):
            return _errors.BadRequest(
                f"The connection options make no valid request to {where}: {_errors.shortened(_innermost(error))}.", path=path
            )
        if any(sign in text for sign in ("Name or service not known", "NameResolutionError", "getaddrinfo", "resolve")):
            return _errors.ConnectionFailed(
                f"The host name {self._connection.hostname} is not known. Check the option hostname.", path=path
            )
        if "refused" in text:
            return _errors.ConnectionFailed(f"Nothing listens on {where}. Check hostname and port (EM: 9398).{aside}", path=path)
        return _errors.ConnectionFailed(
            f"The connection to {where} broke: {_errors.shortened(_innermost(error))}. Check scheme and port.{aside}", path=path
        )

    def _proxy(self) -> str | None:
        """Return the proxy that the environment names for the server. It can hold credentials, so it is told to nobody."""
        utils, url = self._requests.utils, self._connection.base_url
        address: str | None = utils.select_proxy(url, utils.get_environ_proxies(url, no_proxy=None))
        return address

    def _check_proxy(self) -> None:
        """Raise BadRequest for a proxy whose address makes no sense: the libraries would repeat it in their errors."""
        utils, address = self._requests.utils, self._proxy()
        if address is None:
            return
        try:
            found = _libraries.library("urllib3", "urllib3").util.parse_url(utils.prepend_scheme_if_needed(address, "http"))
            usable = bool(found.host and found.host.encode("idna"))
            for credential in utils.get_auth_from_url(address):
                credential.encode("latin-1")
        except (ValueError, TypeError):
            usable = False
        if not usable:
            raise _errors.BadRequest(
                f"The proxy for {self._connection.hostname}, of HTTPS_PROXY or another variable of the environment, has an address"
                " or credentials that make no sense. They are not shown here. It has to look like http://proxy.example.com:3128;"
                " write a # in a password as %23, an @ as %40."
            )


def _no_redirects(*dummy: t.Any, **more: t.Any) -> t.Iterator[t.Any]:
    """Stand in as the redirects of a session: there are none."""
    return iter(())


def _no_other_credentials(request: t.Any) -> t.Any:
    """Stand in as the authentication of requests, which would otherwise look up ~/.netrc and replace our header."""
    return request


def _innermost(error: BaseException) -> str:
    """Return the words of the cause at the bottom: requests and urllib3 wrap it several times."""
    cause: BaseException = error
    for dummy in range(8):
        inner = getattr(cause, "reason", None) or next((a for a in cause.args if isinstance(a, BaseException)), None)
        if not isinstance(inner, BaseException):
            break
        cause = inner
    words = str(cause)
    named = words.startswith(("<", "PromptConnection")) or "object at 0x" in words
    return (words.rpartition(": ")[2] if named else words).rstrip(".")
