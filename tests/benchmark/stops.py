# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Measure e: stopping sessions and waiting for their end; requests, and time above what the server takes."""

from __future__ import annotations

import math
from functools import partial

from ansible_collections.backupops.veeam_em.tests.benchmark.figures import Figure
from ansible_collections.backupops.veeam_em.tests.benchmark.served import PASSWORD, USER, Em, served
from ansible_collections.backupops.veeam_em.tests.benchmark.site import Failed, Site, Spent, in_turn

MODULE = "backupops.veeam_em.em_backup_session"
STOP_SECONDS = 3
INTERVAL = 1


def stop_and_wait(site: Site) -> list[Figure]:
    """Measure the module against a program that only sends the stops, for which the server then takes its seconds."""
    figures = []
    with served(site, {}, stop_seconds=STOP_SECONDS, task_seconds=0.3) as (em,):
        for number in site.scale.stopped:
            counts: dict[str, float] = {}
            runs = {
                "stops alone": partial(_bare, site, em, number),
                "stop and wait": partial(_full, site, em, number, counts),
            }
            bare, full = in_turn("e", number, runs, site.scale.least_rounds)
            full.counts = counts
            figures += [bare, full]
    return figures


def _bare(site: Site, em: Em, number: int) -> Spent:
    return site.program("floor", "stop", em.base, USER, PASSWORD, *_running(em, number))


def _full(site: Site, em: Em, number: int, counts: dict[str, float]) -> Spent:
    """Run the module, and count its requests: stops, and the others, in all and per interval in which it looks."""
    ids = _running(em, number)
    spent = site.module({**em.options, "id": ids, "wait_interval": INTERVAL}, MODULE)
    if f'"stopped_count": {number}' not in site.output():
        raise Failed(f"The module did not stop {number} sessions:\n{site.output()}")
    requests = em.requests()
    stops = sum("action=stop" in request["query"] for request in requests)
    intervals = max(1, math.floor(STOP_SECONDS / INTERVAL))
    others = len(requests) - stops
    counts.update(stops=stops, others=others, others_per_interval=others / intervals)
    return spent


def _running(em: Em, number: int) -> list[str]:
    """Add running sessions to an Enterprise Manager that has no others, and return their ids."""
    em.control("POST", "reset")
    ids = [str(em.control("POST", "sessions", {"state": "Working"})["id"]) for dummy in range(number)]
    em.requests()
    return ids
