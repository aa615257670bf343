# Copyright (c) 2026 The backupops.veeam_em authors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

"""The connection options as plain, checked values.

PRIVATE to the collection: everything here may change without notice.
"""

from __future__ import annotations

import base64
import dataclasses
import ipaddress
import pathlib
import re
import typing as t

from ansible_collections.backupops.veeam_em.plugins.module_utils import _errors, _options

# Seconds and attempts that somebody can mean.
_LONGEST_TIMEOUT = 86400
_MOST_RETRIES = 1000

# A name or an address, of IPv6 perhaps with a zone.
_HOST = re.compile(r"[\w.:-]+(?:%[\w.-]+)?")


@dataclasses.dataclass(frozen=True, repr=False)
class Connection:
    """Where EM is and who asks; the fields are the connection options. It has no repr, so that no secret is printed by accident."""

    hostname: str
    port: int
    scheme: str
    username: str | None
    password: str | None
    session_token: str | None
    api_version: str
    media_type: str
    validate_certs: bool
    ca_path: str | None
    client_cert: str | None
    client_key: str | None
    timeout: int
    retries: int

    @classmethod
    def from_options(cls, options: t.Mapping[str, t.Any]) -> Connection:
        """Return the connection of a task's options. Raises BadRequest for a value that cannot be meant."""
        connection = cls(**{option.name: options[option.name] for option in _options.CONNECTION})
        connection._check()
        return connection

    @property
    def base_url(self) -> str:
        """The URL of the API, with a slash at its end; an IPv6 address in brackets."""
        host = self.hostname.strip("[]")
        return f"{self.scheme}://{f'[{host}]' if ':' in host else host}:{self.port}/api/"

    @property
    def basic_credentials(self) -> str:
        """The value of the Authorization header. EM reads UTF-8, requests on its own would write Latin-1."""
        return f"Basic {self.encoded_credentials}"

    @property
    def encoded_credentials(self) -> str:
        """User name and password as the header has them: whoever reads it knows the password."""
        return base64.b64encode(f"{self.username}:{self.password}".encode()).decode("ascii")

    @property
    def verify(self) -> bool | str:
        """What requests is told about the server's certificate."""
        return (self.ca_path or True) if self.validate_certs else False

    @property
    def client_certificate(self) -> str | tuple[str, str] | None:
        """What requests is told about the client's certificate."""
        if self.client_cert and self.client_key:
            return self.client_cert, self.client_key
        return self.client_cert

    def _check(self) -> None:
        host = self.hostname.strip("[]")
        if not _HOST.fullmatch(host) or ((":" in host or "%" in host) and not _is_ipv6(host)):
            raise _errors.BadRequest(
                f"The option hostname has {self.hostname!r}, which is no host name: give a name or an address only,"
                " the scheme and the port have options of their own."
            )
        if not 0 < self.port < 65536:
            raise _errors.BadRequest(f"The option port has {self.port}, which is not between 1 and 65535.")
        if not re.fullmatch(r"latest|v\d+(_\d+)*", self.api_version):
            raise _errors.BadRequest(f"The option api_version has {self.api_version!r}; give latest or a version such as v1_7.")
        for name, least, most in (("timeout", 1, _LONGEST_TIMEOUT), ("retries", 0, _MOST_RETRIES)):
            if not least <= getattr(self, name) <= most:
                raise _errors.BadRequest(f"The option {name} has {getattr(self, name)}; it must be between {least} and {most}.")
        if not self.session_token and (not self.username or self.password is None):
            raise _errors.BadRequest("Give username and password, or the session_token of a logon session that exists already.")
        for name in ("ca_path", "client_cert", "client_key"):
            path = getattr(self, name)
            if path and not _exists(path):
                raise _errors.BadRequest(f"The option {name} names {path}, which does not exist on the host where the module runs.")
        for name in ("username", "password"):
            try:
                (getattr(self, name) or "").encode()
            except UnicodeEncodeError:
                raise _errors.BadRequest(f"The option {name} is not valid Unicode: it has a lone surrogate.") from None
        if self.username and ":" in self.username:
            raise _errors.BadRequest("The option username has a colon, which HTTP Basic authentication cannot send.")
        if self.session_token and not is_token(self.session_token):
            raise _errors.BadRequest("The option session_token has characters that no token has, blanks or line ends perhaps.")


def is_token(text: str) -> bool:
    """Tell whether text can be the token of a logon session, which goes into a header."""
    return re.fullmatch(r"[\x21-\x7e]{1,4096}", text) is not None


def _exists(path: str) -> bool:
    try:
        return pathlib.Path(path).exists()
    except OSError:  # too long, or on the way there is a folder that may not be entered
        return False


def _is_ipv6(host: str) -> bool:
    try:
        ipaddress.IPv6Address(host)
    except ValueError:
        return False
    return True
