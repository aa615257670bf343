# Copyright (c) 2026 The backupops.veeam_em authors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

"""The options that every module has: how to reach EM and who asks.

PRIVATE to the collection: everything here may change without notice.
The argument spec, the documentation fragment and the environment variables all come from this table.
"""

from __future__ import annotations

import typing as t

from ansible_collections.backupops.veeam_em.plugins.module_utils import _errors


class Option(t.NamedTuple):
    """One option of a module, as its argument spec and its documentation need it."""

    name: str
    description: tuple[str, ...]
    type: str = "str"
    elements: str | None = None
    default: t.Any = None
    choices: tuple[str, ...] = ()
    required: bool = False
    env: str | None = None
    least: int | None = None
    # None where the name of the option does not smell of a secret, otherwise whether it is one
    no_log: bool | None = None

    def spec(self, fallback: t.Callable[..., t.Any] | None = None) -> dict[str, t.Any]:
        """Return the entry of the argument spec; fallback is the function that reads the environment."""
        entry: dict[str, t.Any] = {"type": self.type}
        for key in ("elements", "default", "no_log"):
            if getattr(self, key) is not None:
                entry[key] = getattr(self, key)
        if self.required:
            entry["required"] = True
        if self.choices:
            entry["choices"] = list(self.choices)
        if self.env and fallback:
            entry["fallback"] = (fallback, [self.env])
        return entry


CONNECTION: tuple[Option, ...] = (
    Option(
        "hostname",
        ("Name or address of the host on which Enterprise Manager runs, without scheme, port or path.",),
        required=True,
        env="VEEAM_EM_HOSTNAME",
    ),
    Option(
        "port",
        (
            "Port of the REST API of Enterprise Manager.",
            "Not V(9419), which is another product's API, and not V(9443), which is the web UI.",
        ),
        type="int",
        default=9398,
        env="VEEAM_EM_PORT",
    ),
    Option(
        "scheme",
        (
            "How to talk to the server.",
            "With V(http) the password and the token cross the network unencrypted: a warning says so.",
        ),
        default="https",
        choices=("https", "http"),
        env="VEEAM_EM_SCHEME",
    ),
    Option(
        "username",
        (
            "Account with a role in Enterprise Manager, as C(DOMAIN\\user) or C(user@domain).",
            "Either O(session_token) or O(username) and O(password) are required.",
        ),
        env="VEEAM_EM_USERNAME",
    ),
    Option("password", ("Password of O(username).",), no_log=True, env="VEEAM_EM_PASSWORD"),
    Option(
        "session_token",
        (
            "Token of a logon session that exists already, as M(backupops.veeam_em.em_logon_session) returns it.",
            "A task that is given one neither logs on nor out. Should the logon session have ended, it logs on anew if O(username)"
            " and O(password) are given as well.",
        ),
        no_log=True,
        env="VEEAM_EM_SESSION_TOKEN",
    ),
    Option(
        "api_version",
        ("Version of the REST API to log on with, such as V(v1_7). V(latest) is the newest that the server has.",),
        default="latest",
        env="VEEAM_EM_API_VERSION",
    ),
    Option(
        "media_type",
        (
            "Representation to ask for. The results are the same.",
            "V(auto) asks for XML and goes over to JSON when the server answers JSON or does not offer XML.",
            "XML is read as a stream. JSON is read page by page.",
        ),
        default="auto",
        choices=("auto", "xml", "json"),
        env="VEEAM_EM_MEDIA_TYPE",
    ),
    Option(
        "validate_certs",
        ("Whether the server's certificate must be valid. Switch it off only for a laboratory; O(ca_path) is the better way.",),
        type="bool",
        default=True,
        env="VEEAM_EM_VALIDATE_CERTS",
    ),
    Option(
        "ca_path",
        (
            "File with certificates of authorities to trust, or folder prepared by C(openssl rehash).",
            "It takes precedence over E(REQUESTS_CA_BUNDLE) and E(CURL_CA_BUNDLE).",
        ),
        type="path",
        env="VEEAM_EM_CA_PATH",
    ),
    Option(
        "client_cert",
        ("File with a client certificate in PEM form, with or without its key.",),
        type="path",
        env="VEEAM_EM_CLIENT_CERT",
    ),
    Option(
        "client_key",
        ("File with the key of O(client_cert) in PEM form, where it is not in the same file.",),
        type="path",
        env="VEEAM_EM_CLIENT_KEY",
        no_log=False,
    ),
    Option(
        "timeout",
        ("Seconds that the server may keep silent before a request is given up.",),
        type="int",
        default=60,
        env="VEEAM_EM_TIMEOUT",
    ),
    Option(
        "retries",
        (
            "How often a request that reads, logs on or logs out is tried again after a broken connection or the HTTP statuses 429,"
            " 502, 503 and 504, with growing pauses.",
            "A C(Retry-After) of up to 30 seconds is honoured; a longer one fails at once.",
        ),
        type="int",
        default=3,
        env="VEEAM_EM_RETRIES",
    ),
)

# What AnsibleModule is told about combinations of them.
CONNECTION_RULES: t.Mapping[str, t.Any] = {
    "required_one_of": [("session_token", "username")],
    "required_together": [("username", "password")],
    "required_by": {"client_key": ("client_cert",)},
}


def in_environment(refusal: str) -> str:
    """Return how else the connection can be given, where AnsibleModule says that options are missing; '' for any other refusal."""
    missing = refusal.rpartition(": ")[2].split(", ") if "required" in refusal else []
    variables = [option.env for option in CONNECTION if option.env and option.name in missing]
    return f". The environment can have it as well: {', '.join(variables)}." if variables else ""


def check_numbers(options: t.Iterable[Option], given: t.Mapping[str, t.Any]) -> None:
    """Raise BadRequest for a number that is less than its option allows."""
    for option in options:
        value = given.get(option.name)
        if option.least is not None and value is not None and value < option.least:
            raise _errors.BadRequest(f"The option {option.name} has {value}; it must be {option.least} or more.")


def argument_spec(options: t.Iterable[Option], fallback: t.Callable[..., t.Any] | None = None) -> dict[str, dict[str, t.Any]]:
    """Return the argument spec of the given options."""
    return {option.name: option.spec(fallback) for option in options}


def cut_options(thing: str) -> tuple[Option, ...]:
    """Return the options that cut a result: how many things, and which keys of each. thing: in the singular."""
    return (
        Option("limit", (f"Return at most so many {thing}s, and read no more than that takes.",), type="int", least=1),
        Option("fields", (f"Return only these keys of each {thing}.",), type="list", elements="str"),
    )


def page_size_option(thing: str) -> Option:
    """Return the option of the size of pages."""
    return Option("page_size", (f"{thing.capitalize()}s per page of a query.",), type="int", default=500, least=1)
