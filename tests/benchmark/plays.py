# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Measures a, b and d: plays as a user has them, above what an empty play costs."""

from __future__ import annotations

import dataclasses
import pathlib
import re
import shutil
import typing as t
from functools import partial

import yaml

from ansible_collections.backupops.veeam_em.tests.benchmark.bodies import Bodies
from ansible_collections.backupops.veeam_em.tests.benchmark.figures import Figure
from ansible_collections.backupops.veeam_em.tests.benchmark.served import PASSWORD, USER, Em, served
from ansible_collections.backupops.veeam_em.tests.benchmark.site import MODULE, Failed, Site, Spent, in_turn

BARE = "bare_sessions"
LOGON = "backupops.veeam_em.em_logon_session"

Task = dict[str, t.Any]

_DONE = re.compile(r"\bok=(\d+)")


@dataclasses.dataclass(frozen=True)
class Play:
    """A playbook of one play, and how many tasks it has."""

    file: pathlib.Path
    tasks: int


def play(site: Site, name: str, tasks: list[Task], hosts: str = "localhost") -> Play:
    """Write a playbook of one play."""
    file = site.folder / f"play-{name.replace(' ', '-')}.yml"
    file.write_text(yaml.safe_dump([{"hosts": hosts, "gather_facts": False, "tasks": tasks}]), encoding="utf-8")
    return Play(file, len(tasks))


def run(site: Site, what: Play, *options: str, hosts: int = 1, environment: t.Mapping[str, str] | None = None) -> Spent:
    """Run a play. Raises Failed when it did not do its tasks on so many hosts."""
    program = shutil.which("ansible-playbook", path=site.environment()["PATH"]) or "ansible-playbook"
    spent = site.spend([program, what.file, *options], **(environment or {}))
    done = sum(map(int, _DONE.findall(site.output())))
    if done != what.tasks * hosts:
        raise Failed(f"{done} tasks were done instead of {what.tasks} on {hosts} hosts:\n{site.output()}")
    return spent


def compare_with_uri(site: Site, bodies: Bodies) -> list[Figure]:
    """Measure one info task, three uri tasks that get the same, a module that only reads, and ping."""
    figures: list[Figure] = []
    for number in site.scale.played:
        replays = {"/api/backupSessions": bodies.collection(number), "/api/query": bodies.json_page(0, number, number)}
        with served(site, replays, tls=True) as (em,):
            tasks: dict[str, list[Task]] = {
                "empty play": [],
                "ping": [{"ansible.builtin.ping": {}}],
                "bare module": [{BARE: em.options, "register": "found"}],
                "info": [{MODULE: em.options, "register": "found"}],
                "uri": uri_tasks(em, number),
            }
            figures += in_turn("a", number, _runs(site, tasks), site.scale.rounds(number))
    return figures


def share_a_logon(site: Site, bodies: Bodies) -> list[Figure]:
    """Measure a play of several info tasks that log on each, or share a logon session; count the requests."""
    number = site.scale.tasks
    with served(site, {"/api/backupSessions": bodies.collection(20)}, tls=True) as (em,):
        shared = {name: value for name, value in em.options.items() if name not in ("username", "password")}
        shared["session_token"] = "{{ logon.session_token }}"
        tasks: dict[str, list[Task]] = {
            "empty play": [],
            "each logs on": [{MODULE: em.options} for dummy in range(number)],
            "one logon session": [
                {LOGON: em.options, "register": "logon"},
                *({MODULE: shared} for dummy in range(number)),
                {LOGON: {**shared, "state": "absent", "session_id": "{{ logon.session_id }}"}},
            ],
        }
        runs = _runs(site, tasks)
        figures = in_turn("d", number, runs, site.scale.least_rounds)
        em.requests()
        for figure in figures:
            runs[figure.what]()
            figure.counts["requests"] = len(em.requests())
    return figures


def uri_tasks(em: Em, number: int) -> list[Task]:
    """Return what a user would write instead: logon, a query in JSON, logout, and filters for those that failed and for figures."""
    accept = {"Accept": "application/json"}
    common: Task = {"ca_path": em.ca_path, "headers": accept}
    with_token = {**accept, "X-RestSvcSessionId": "{{ logon.x_restsvcsessionid }}"}
    query = f"{em.base}/api/query?type=BackupJobSession&format=Entities&sortDesc=CreationTime&pageSize={number}"
    logon = {"url": f"{em.base}/api/sessionMngr/?v=latest", "method": "POST", "user": USER, "password": PASSWORD}
    return [
        {"ansible.builtin.uri": {**common, **logon, "force_basic_auth": True, "status_code": [201]}, "register": "logon"},
        {"ansible.builtin.uri": {**common, "url": query, "headers": with_token}, "register": "found"},
        {
            "ansible.builtin.uri": {
                **common,
                "url": f"{em.base}/api/logonSessions/{{{{ logon.json.SessionId }}}}",
                "method": "DELETE",
                "headers": with_token,
                "status_code": [204],
            }
        },
        {
            "ansible.builtin.set_fact": {
                "failed": f"{{{{ {_with_result('Failed')} }}}}",
                "running": "{{ sessions | rejectattr('State', 'eq', 'Stopped') }}",
                "figures": {result: f"{{{{ {_with_result(result)} | length }}}}" for result in ("Success", "Warning", "Failed")},
            },
            "vars": {"sessions": "{{ found.json.Entities.BackupJobSessions.BackupJobSessions }}"},
        },
    ]


def _with_result(result: str) -> str:
    return f"sessions | selectattr('Result', 'eq', '{result}')"


def _runs(site: Site, tasks: t.Mapping[str, list[Task]]) -> dict[str, t.Callable[[], Spent]]:
    """Return what runs plays of these tasks."""
    return {name: partial(run, site, play(site, name, of_it)) for name, of_it in tasks.items()}
