# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Measure h: one play over many Enterprise Managers, each a host of the inventory."""

from __future__ import annotations

import sys
from functools import partial

import yaml

from ansible_collections.backupops.veeam_em.tests.benchmark.bodies import Bodies
from ansible_collections.backupops.veeam_em.tests.benchmark.figures import Figure
from ansible_collections.backupops.veeam_em.tests.benchmark.plays import play, run
from ansible_collections.backupops.veeam_em.tests.benchmark.served import served
from ansible_collections.backupops.veeam_em.tests.benchmark.site import MODULE, Site, Spent, in_turn

SESSIONS = 20


def ask_a_fleet(site: Site, bodies: Bodies) -> list[Figure]:
    """Measure a play of one info task on one host, and on many with several numbers of forks."""
    number = site.scale.hosts
    replays = {"/api/backupSessions": bodies.collection(SESSIONS)}
    with served(site, replays, number=number, tls=True) as fleet:
        hosts = {
            f"em{place:02}": {
                "ansible_connection": "local",
                "ansible_python_interpreter": sys.executable,
                "em": em.options,
            }
            for place, em in enumerate(fleet)
        }
        inventory = site.folder / "inventory.yml"
        inventory.write_text(yaml.safe_dump({"all": {"hosts": hosts}}), encoding="utf-8")
        options = {name: f"{{{{ em.{name} }}}}" for name in fleet[0].options}
        what = play(site, "fleet", [{MODULE: options}], hosts="all")

        def asked(hosts: int, *more: str) -> Spent:
            return run(site, what, "--inventory", str(inventory), *more, hosts=hosts)

        runs = {f"forks: {forks}": partial(asked, number, "--forks", str(forks)) for forks in site.scale.forks}
        rounds = site.scale.least_rounds
        figures = in_turn("h", number, {**runs, "one host": partial(asked, 1, "--limit", "em00")}, rounds)
    figures[-1].number = 1
    return figures
