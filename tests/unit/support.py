# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the unit tests share: connections to the simulated EM, pauses that take no time, modules run in this process."""

from __future__ import annotations

import contextlib
import json
import pathlib
import typing as t
import urllib.parse
from unittest import mock

from ansible.module_utils import basic
from ansible.module_utils.common import warnings as ansible_warnings

from ansible_collections.backupops.veeam_em.plugins.module_utils._client import EmClient
from ansible_collections.backupops.veeam_em.plugins.module_utils._connection import Connection
from ansible_collections.backupops.veeam_em.plugins.module_utils._families import BACKUP, FAMILIES
from ansible_collections.backupops.veeam_em.plugins.module_utils._info import SessionInfo
from ansible_collections.backupops.veeam_em.plugins.module_utils._outcome import Outcome
from ansible_collections.backupops.veeam_em.plugins.module_utils._records import Paging, Record, Shape
from ansible_collections.backupops.veeam_em.plugins.module_utils._session_options import options_of
from ansible_collections.backupops.veeam_em.plugins.module_utils._stop import Stop
from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock import MockEm

try:
    from ansible.module_utils.testing import patch_module_args
except ImportError:  # ansible-core before 2.19

    @contextlib.contextmanager
    def patch_module_args(args: dict[str, t.Any] | None = None) -> t.Iterator[None]:
        """Give the arguments to the next AnsibleModule."""
        body = json.dumps({"ANSIBLE_MODULE_ARGS": args or {}}).encode()
        with mock.patch.object(basic, "_ANSIBLE_ARGS", body):
            yield


COLLECTION = pathlib.Path(__file__).resolve().parents[2]
FIXTURES = COLLECTION / "tests" / "unit" / "fixtures"

# A session, its job and its server, as the fixtures have them.
GUID = "3f6c0f3a-94d7-4c55-8a1e-5a6f0c2b7d10"
OTHER_GUID = "a1b7c1de-0a52-4a0b-9a2c-1f9a5d7f3e21"

COLLECTION_SHAPE = Shape(roots=(BACKUP.root,), items=BACKUP.items, container=BACKUP.root)
QUERY_SHAPE = Shape(roots=("QueryResult",), items=BACKUP.items, container=BACKUP.root)

Reader = t.Callable[[t.Iterable[bytes], Shape, Paging], t.Iterator[Record]]


def body_of(name: str) -> bytes:
    """Return a fixture."""
    return (FIXTURES / name).read_bytes()


def in_pieces(body: bytes, size: int) -> t.Iterator[bytes]:
    """Yield a body in chunks of so many bytes."""
    for start in range(0, len(body), size):
        yield body[start : start + size]


def options_for(em: MockEm, **changes: t.Any) -> dict[str, t.Any]:
    """Return the connection options for a simulated EM, as AnsibleModule would deliver them."""
    options: dict[str, t.Any] = {
        "hostname": "localhost" if em.settings.tls else "127.0.0.1",
        "port": em.port,
        "scheme": "https" if em.settings.tls else "http",
        "username": "operator",
        "password": "demo-password",
        "session_token": None,
        "api_version": "latest",
        "media_type": "auto",
        "validate_certs": True,
        "ca_path": em.ca_path,
        "client_cert": None,
        "client_key": None,
        "timeout": 10,
        "retries": 3,
    }
    return {**options, **changes}


def connection_to(em: MockEm, **changes: t.Any) -> Connection:
    """Return a connection to a simulated EM."""
    return Connection.from_options(options_for(em, **changes))


class Pauses(list[float]):
    """Stands in for time.sleep: notes the seconds, and lets them pass on the server's clock."""

    def __init__(self, em: MockEm | None = None) -> None:
        super().__init__()
        self._em = em

    def __call__(self, seconds: float) -> None:
        self.append(seconds)
        if self._em is not None:
            self._em.clock.advance(seconds)


def client_of(em: MockEm, pauses: Pauses | None = None, warnings: list[str] | None = None, **changes: t.Any) -> EmClient:
    """Return a client that has not logged on yet, and that never really sleeps."""
    return EmClient(connection_to(em, **changes), warnings=warnings, sleep=Pauses(em) if pauses is None else pauses)


def sent(em: MockEm, method: str, path: str = "") -> list[str]:
    """Return path and query of the requests of a method whose path begins so, below /api/."""
    return [
        f"{entry.path[len('/api/') :]}{'?' if entry.query else ''}{entry.query}"
        for entry in list(em.requests)
        if entry.method == method and entry.path.startswith(f"/api/{path}")
    ]


def add_running(em: MockEm, number: int = 1, **values: t.Any) -> list[str]:
    """Add so many running sessions; return their ids."""
    return [em.add_session(state="Working", **values) for dummy in range(number)]


def outcome_of(stop: Stop) -> tuple[str | None, bool, bool]:
    """Return (state, whether EM accepted the stop, whether it was refused)."""
    return stop.session["state"], stop.accepted, stop.refusal is not None


def stops_sent(em: MockEm) -> list[str]:
    """Return the requests to stop a session, whether they were answered or not."""
    return sent(em, "POST", "backupSessions/")


def queries_to(em: MockEm) -> list[dict[str, str]]:
    """Return the parameters of the queries that were sent."""
    return [dict(urllib.parse.parse_qsl(path.partition("?")[2])) for path in sent(em, "GET", "query")]


def read_info(em: MockEm, kind: str = "backup", check: bool = False, connection: t.Any = None, **changes: t.Any) -> Outcome:
    """Do what the info module of a family does with these options, the others being as by default."""
    family = FAMILIES[kind]
    defaults = {option.name: option.default for option in options_of(family)}
    task = SessionInfo(family, {**defaults, **changes})
    with client_of(em, **(connection or {})) as client:
        return task.perform(client, check)


def sessions_of(em: MockEm, kind: str = "backup", **changes: t.Any) -> list[dict[str, t.Any]]:
    """Return the sessions that read_info returns."""
    sessions: list[dict[str, t.Any]] = read_info(em, kind, **changes).result["sessions"]
    return sessions


def jobs_of(em: MockEm, **changes: t.Any) -> str:
    """Return the names of their jobs in one text."""
    return " ".join(session["job_name"] for session in sessions_of(em, **changes))


def run_module(
    main: t.Callable[[], None], options: t.Mapping[str, t.Any], capsys: t.Any, *, check: bool = False, diff: bool = False
) -> dict[str, t.Any]:
    """Run a module in this process with the options that are not None, and return the JSON that it prints."""
    given = {name: value for name, value in options.items() if value is not None}
    ansible_warnings._global_warnings.clear()  # they would come along from the modules that ran before
    with patch_module_args({**given, "_ansible_check_mode": check, "_ansible_diff": diff}):
        try:
            main()
        except SystemExit as end:
            result: dict[str, t.Any] = json.loads(capsys.readouterr().out)
            failed = bool(result.get("failed"))
            if failed != bool(end.code):
                raise AssertionError(f"exit status {end.code} does not fit {result}") from None
            return result
    raise AssertionError("the module did not exit")


def texts_of(result: t.Mapping[str, t.Any]) -> list[str]:
    """Return the warnings of a module's result as text; new releases of ansible-core deliver them as dicts."""
    return [warning if isinstance(warning, str) else json.dumps(warning) for warning in result.get("warnings", [])]
