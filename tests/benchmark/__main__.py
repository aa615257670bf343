# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The benchmark as a program, which `make bench` runs.

ONLY="a c" measures only these, and keeps the figures of the others from earlier runs; QUICK=1 measures little of everything, to
see whether it works. The figures are kept in build/benchmark of the clone. They are written as a page of the documentation when
there are some of each measure: whatever is compared with each other is in one measure, and so from one run.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import os
import pathlib
import tempfile
import time
import typing as t

from ansible_collections.backupops.veeam_em.tests.benchmark import (
    counts,
    fleet,
    imports,
    page,
    plays,
    plot,
    reading,
    scale,
    stops,
)
from ansible_collections.backupops.veeam_em.tests.benchmark.bodies import Bodies
from ansible_collections.backupops.veeam_em.tests.benchmark.figures import Figure, Figures
from ansible_collections.backupops.veeam_em.tests.benchmark.site import Site, say

Measure = t.Callable[[Site, Bodies], list[Figure]]

MEASURES: t.Mapping[str, tuple[str, Measure]] = {
    "a": ("plays: info against uri and ping (a, b)", plays.compare_with_uri),
    "c": ("the module's own process", reading.grow),
    "d": ("a shared logon session", plays.share_a_logon),
    "e": ("stopping and waiting", lambda site, bodies: stops.stop_and_wait(site)),
    "f": ("imports", imports.take_apart),
    "g": ("instructions", counts.count_instructions),
    "h": ("a fleet", fleet.ask_a_fleet),
    "i": ("JSON against XML", reading.compare_representations),
}


def main() -> int:
    """Measure, and write figures, table and plot."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("clone", type=pathlib.Path, help="where build/ and docs/ are that are written")
    clone: pathlib.Path = parser.parse_args().clone
    wanted = ["a" if letter == "b" else letter for letter in os.environ.get("ONLY", "").replace(",", " ").split()]
    unknown = sorted(set(wanted) - set(MEASURES))
    if unknown:
        raise SystemExit(f"ONLY: {', '.join(unknown)} is not one of {', '.join(MEASURES)}.")
    quick = bool(os.environ.get("QUICK"))
    build, docs = clone / "build" / "benchmark", clone / "docs" / "docsite" / "rst"
    build.mkdir(parents=True, exist_ok=True)
    kept = build / ("quick.json" if quick else "figures.json")
    figures = _kept(kept).renewed(_measured(scale.QUICK if quick else scale.FULL, wanted or list(MEASURES)))
    kept.write_text(json.dumps([dataclasses.asdict(figure) for figure in figures], indent=1) + "\n", encoding="utf-8")
    whole = not quick and {figure.measure for figure in figures} >= set(MEASURES)
    frame = (clone / page.FRAME).read_text(encoding="utf-8")
    target = docs if whole else build
    (target / page.NAME).write_text(page.filled(frame, figures), encoding="utf-8")
    plot.draw(figures, target / plot.NAME)
    print(page.targets_as_text(figures))
    print(f"Written: {kept}, {target / page.NAME}, {target / plot.NAME}", flush=True)
    return 0


def _kept(file: pathlib.Path) -> Figures:
    """Return the figures of earlier runs, none where there were none."""
    if not file.exists():
        return Figures()
    return Figures(Figure(**figure) for figure in json.loads(file.read_text(encoding="utf-8")))


def _measured(how_much: scale.Scale, letters: t.Sequence[str]) -> Figures:
    with tempfile.TemporaryDirectory() as folder:
        site = Site(pathlib.Path(folder), how_much)
        bodies = Bodies(site.folder / "bodies")
        figures: list[Figure] = []
        for place, letter in enumerate(letters, 1):
            title, measure = MEASURES[letter]
            say(f"\n[{place}/{len(letters)}] {letter}: {title}")
            begin = time.monotonic()
            figures += measure(site, bodies)
            say(f"  in {time.monotonic() - begin:.0f} s")
    return Figures(figures)


if __name__ == "__main__":
    raise SystemExit(main())
