# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Valid bodies to begin with: the fixtures, and what the simulated EM answers for every family in each representation."""

from __future__ import annotations

import dataclasses
import functools
import http.client
import typing as t

from ansible_collections.backupops.veeam_em.plugins.module_utils._families import FAMILIES
from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock import MockEm, Settings
from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock.kinds import KINDS
from ansible_collections.backupops.veeam_em.tests.unit.support import COLLECTION

_FOLDERS = ("tests/unit/fixtures", "tests/unit/roles/mock_em/bodies")
# "operator:demo-password", as the simulated EM knows it
_BASIC = {"Authorization": "Basic b3BlcmF0b3I6ZGVtby1wYXNzd29yZA==", "Content-Length": "0"}
_TOKEN = "X-RestSvcSessionId"


@dataclasses.dataclass(frozen=True)
class Body:
    """A body in one representation, xml or json."""

    content: bytes
    media: str


@functools.cache
def corpus() -> tuple[Body, ...]:
    """Return all of them, each once, in an order that does not change."""
    files = [path for folder in _FOLDERS for path in sorted((COLLECTION / folder).glob("*.*"))]
    given = [Body(path.read_bytes(), path.suffix[1:]) for path in files]
    return tuple(dict.fromkeys([*given, *_answered(12), *_answered(13)]))


def _answered(em_version: int) -> t.Iterator[Body]:
    """Yield what the simulated EM answers to everything that the modules ask for."""
    with MockEm(Settings(dataset="small", em_version=em_version)) as em:
        connection = http.client.HTTPConnection("127.0.0.1", em.port)
        for media in ("xml", "json"):

            def ask(method: str, target: str, headers: t.Mapping[str, str], media: str = media) -> http.client.HTTPResponse:
                connection.request(method, f"/api/{target}", headers={"Accept": f"application/{media}", **headers})
                return connection.getresponse()

            logon = ask("POST", "sessionMngr/?v=latest", _BASIC)
            headers = {_TOKEN: logon.headers[_TOKEN]}
            yield Body(logon.read(), media)
            for target in _targets(em):
                yield Body(ask("GET", target, headers).read(), media)
            running = em.add_session(state="Working")
            yield Body(ask("POST", f"backupSessions/{running}?action=stop", {**headers, "Content-Length": "0"}).read(), media)
            for target in ("tasks", "tasks/task-1", "tasks/task-9", "query?type=Task", "logonSessions", ""):
                yield Body(ask("GET", target, headers).read(), media)
        connection.close()


def _targets(em: MockEm) -> t.Iterator[str]:
    """Yield the addresses of each family: its collection, a query, one session, references, and what cannot be found."""
    for family in FAMILIES.values():
        yield f"{family.path}?format=Entity"
        yield family.path
        yield f"{family.by_id}/00000000-0000-4000-8000-000000000000?format=Entity"
        kind = KINDS[family.kind] if family.kind in KINDS else KINDS["backup"]
        guid = em.em.store.all(kind)[0].id
        yield f"{family.by_id}/{guid}?format=Entity"
        if family.has_query:
            yield f"query?type={family.uid_kind}&format=Entities&pageSize=3&page=1"
            yield f"query?type={family.uid_kind}&pageSize=3&page=2"
        for include in family.includes:
            if include.path:
                yield f"{family.by_id}/{guid}/{include.path}"
