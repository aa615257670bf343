# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The least that must be done, as a program: read sessions by requests and lxml and forget them, or post stops."""

from __future__ import annotations

import sys
import typing as t

import requests
from lxml import etree

from ansible_collections.backupops.veeam_em.tests.benchmark.peak import tell_peak

SESSION = "{http://www.veeam.com/ent/v1.0}BackupJobSession"


def read(url: str) -> None:
    """Read the sessions at a URL as they arrive, keep none, and print how many they are."""
    number = 0
    with requests.get(url, headers={"Accept": "application/xml"}, stream=True, timeout=60) as response:
        response.raise_for_status()
        for dummy, session in etree.iterparse(t.cast(t.Any, response.raw), tag=SESSION):
            number += 1
            session.clear()
            while session.getprevious() is not None:
                del session.getparent()[0]
    print(number)


def stop(url: str, user: str, password: str, *ids: str) -> None:
    """Log on, ask for the stop of each session, log out."""
    with requests.Session() as http:
        logon = http.post(f"{url}/api/sessionMngr/?v=latest", auth=(user, password), timeout=60)
        headers = {"X-RestSvcSessionId": logon.headers["X-RestSvcSessionId"]}
        for session in ids:
            answer = http.post(f"{url}/api/backupSessions/{session}?action=stop", headers=headers, timeout=60)
            answer.raise_for_status()
        http.delete(
            f"{url}/api/logonSessions/{etree.fromstring(logon.content).findtext('{*}SessionId')}", headers=headers, timeout=60
        )


PROGRAMS: dict[str, t.Callable[..., None]] = {"read": read, "stop": stop}

if __name__ == "__main__":
    PROGRAMS[sys.argv[1]](*sys.argv[2:])
    tell_peak()
