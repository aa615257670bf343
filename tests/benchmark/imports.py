# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Measure f: what a module takes before it does anything, in the form in which Ansible runs it."""

from __future__ import annotations

import base64
import collections
import io
import pathlib
import re
import statistics
import sys
import typing as t
import zipfile

from ansible_collections.backupops.veeam_em.tests.benchmark.bodies import Bodies
from ansible_collections.backupops.veeam_em.tests.benchmark.figures import Figure
from ansible_collections.backupops.veeam_em.tests.benchmark.plays import play, run
from ansible_collections.backupops.veeam_em.tests.benchmark.served import served
from ansible_collections.backupops.veeam_em.tests.benchmark.site import MODULE, Failed, Site, say

OWNERS: t.Mapping[str, tuple[str, ...]] = {
    "this collection": ("ansible_collections.backupops.veeam_em",),
    "ansible": ("ansible", "ansible_collections"),
    "requests": ("requests", "urllib3", "idna", "certifi", "charset_normalizer"),
    "lxml": ("lxml",),
}
LIBRARIES = ("requests", "lxml")
OTHERS = "Python"
MOST_LISTED = 12

Import = tuple[str, str, float]

_TIMES = re.compile(r"^import time:\s*(\d+) \|\s*\d+ \|\s*([\w.]+)$", re.MULTILINE)
_PAYLOAD = re.compile(r"""['"]([A-Za-z0-9+/=\n]{10000,})['"]""")


def take_apart(site: Site, bodies: Bodies) -> list[Figure]:
    """Measure the imports of the module's payload and of that of ping, which Ansible leaves behind when it is asked to."""
    with served(site, {"/api/backupSessions": bodies.collection(20)}) as (em,):
        figures: list[Figure] = []
        for what, task in (("info", {MODULE: em.options}), ("ping", {"ansible.builtin.ping": {}})):
            payload = _payload(site, what, task)
            figures += _imports(site, what, payload)
            figures.append(Figure("f", f"{what}: payload", counts=_content(payload)))
    return figures


def _payload(site: Site, what: str, task: dict[str, t.Any]) -> pathlib.Path:
    """Return the program that Ansible makes of a module and its options."""
    kept = site.folder / f"kept-{what}"
    options = {"ANSIBLE_KEEP_REMOTE_FILES": "1", "ANSIBLE_REMOTE_TMP": str(kept)}
    run(site, play(site, f"import {what}", [task]), environment=options)
    return next(kept.glob("*/AnsiballZ_*.py"))


def _imports(site: Site, what: str, payload: pathlib.Path) -> list[Figure]:
    by_owner: dict[str, list[float]] = collections.defaultdict(list)
    by_name: dict[str, list[float]] = collections.defaultdict(list)
    modules: collections.Counter[str] = collections.Counter()
    for dummy in range(site.scale.most_rounds):
        found = _told(site, [payload])
        if what == "info":
            # what importlib.import_module loads is not told, so the libraries are looked at by themselves
            found = [*(one for one in found if one[0] not in LIBRARIES), *_libraries(site)]
        modules = collections.Counter(owner for owner, name, seconds in found)
        sums: collections.Counter[str] = collections.Counter()
        for owner, name, seconds in found:
            sums[owner] += int(seconds * 1e6)
            by_name[name].append(seconds)
        for owner, total in sums.items():
            by_owner[owner].append(total / 1e6)
    figures = [Figure("f", f"{what}: {owner}", modules[owner], seconds) for owner, seconds in by_owner.items()]
    slowest = sorted(by_name.items(), key=lambda item: -statistics.median(item[1]))[:MOST_LISTED]
    figures += [Figure("f", f"{what}, slowest: {name}", 1, seconds) for name, seconds in slowest]
    for figure in figures[: len(by_owner)]:
        say(f"  imports of {figure.what}: {figure.time * 1000:.0f} ms, {figure.number} modules")
    return figures


def _libraries(site: Site) -> list[Import]:
    """Return what the libraries import of their own."""
    found = _told(site, ["-c", "import requests, lxml.etree"])
    return [one for one in found if one[0] in LIBRARIES]


def _told(site: Site, arguments: t.Sequence[str | pathlib.Path]) -> list[Import]:
    """Run Python, and return what it imported: whose it is, its name, and the seconds that it took by itself."""
    site.spend([sys.executable, "-X", "importtime", *arguments])
    found = _TIMES.findall(site.output(1_000_000))
    if not found:
        raise Failed(f"Nothing was told of imports:\n{site.output(3000)}")
    return [(_owner(name), name, int(microseconds) / 1e6) for microseconds, name in found]


def _owner(name: str) -> str:
    """Return whose a Python module is."""
    for owner, packages in OWNERS.items():
        if any(name == package or name.startswith(f"{package}.") for package in packages):
            return owner
    return OTHERS


def _content(payload: pathlib.Path) -> dict[str, float]:
    """Return the bytes of a payload, and how many bytes of source in it are whose."""
    text = payload.read_text(encoding="utf-8")
    counts: dict[str, float] = {"bytes": len(text)}
    packed = max(_PAYLOAD.findall(text), key=len, default="")
    if packed:
        with zipfile.ZipFile(io.BytesIO(base64.b64decode(packed))) as archive:
            for entry in archive.infolist():
                owner = "ours" if entry.filename.startswith("ansible_collections/backupops") else "ansible"
                counts[owner] = counts.get(owner, 0) + entry.file_size
    return counts
