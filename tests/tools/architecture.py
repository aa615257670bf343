# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Draw the layers of plugins/ as the imports have them, into the documentation.

Every room of plugins/module_utils has its place in LAYERS, and imports only what is on its own layer or below. Where that is not
so, nothing is drawn and the exit status is 1. With --check nothing is written; the exit status tells whether something would be.
"""

from __future__ import annotations

import argparse
import ast
import sys
from collections.abc import Iterable, Mapping
from html import escape
from pathlib import Path
from typing import NamedTuple

COLLECTION = Path(__file__).resolve().parents[2]
PLUGINS = COLLECTION / "plugins"
PICTURE = COLLECTION / "docs" / "docsite" / "rst" / "architecture.svg"
PACKAGE = "ansible_collections.backupops.veeam_em.plugins."


class Layer(NamedTuple):
    """A row of the picture: a short name, what it is for, and its rooms."""

    name: str
    purpose: str
    rooms: tuple[str, ...]


LAYERS = (
    Layer(
        "Actions",
        "what a module does",
        ("info", "backup_session", "session_wait", "query_info", "task_info", "logon_session", "logon_session_info"),
    ),
    Layer("Ansible", "nobody else knows AnsibleModule", ("module", "ending", "packed")),
    Layer(
        "Sessions",
        "found, counted, watched, stopped",
        ("reading", "including", "collecting", "summary", "sessions", "running", "watch", "stopper", "stop", "tasks"),
    ),
    Layer("Pages", "from one page to the next", ("paging", "pages")),
    Layer(
        "HTTP",
        "logon, retries, errors told apart",
        ("client", "logon", "exchange", "statuses", "transport", "deadline", "connection"),
    ),
    Layer("Bodies", "XML and JSON become equal records", ("answer", "xml", "xml_bounds", "json", "records")),
    Layer(
        "Questions",
        "options become a query of the server",
        ("selection", "choice", "here", "query", "options", "session_options", "stop_options", "wait_options"),
    ),
    Layer("Families", "the one table of kinds of sessions", ("families", "alike", "fields", "related", "family")),
    Layer("Ground", "errors, secrets, times", ("errors", "outcome", "secrets", "values", "libraries")),
)
Imports = Mapping[str, frozenset[str]]

WIDTH, LEFT, MARGIN, ROOM_HEIGHT, GAP = 1000, 264, 12, 26, 8
LETTER = 7.4  # so wide is one of the rooms' names, in pixels
OUTSIDE, INSIDE = "#fdf0d5", "#dbe9f6"  # what Ansible loads, and plugins/module_utils


def imports_of(folder: str) -> Imports:
    """Return what each room of a folder of plugins/ imports, as `folder/room`, without underscores in front."""
    return {
        path.stem.lstrip("_"): frozenset(_imported(path))
        for path in sorted((PLUGINS / folder).glob("*.py"))
        if path.stem != "__init__"
    }


def _imported(path: Path) -> Iterable[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith(PACKAGE):
            folder, dot, room = node.module[len(PACKAGE) :].partition(".")
            yield from (f"{folder}/{name.lstrip('_')}" for name in ([room] if dot else [alias.name for alias in node.names]))


def faults(rooms: Imports) -> list[str]:
    """Return what is wrong with LAYERS: rooms without a place, places without a room, imports that go up."""
    depth = {room: number for number, layer in enumerate(LAYERS) for room in layer.rooms}
    found = [f"{room} is on no layer" for room in sorted(set(rooms) - set(depth))]
    found += [f"there is no room {room}" for room in sorted(set(depth) - set(rooms))]
    for room in sorted(set(rooms) & set(depth)):
        for folder, dummy, other in sorted(name.partition("/") for name in rooms[room]):
            if folder != "module_utils":
                found.append(f"{room} imports {folder}/{other}, which is above all layers")
            elif depth.get(other, len(LAYERS)) < depth[room]:
                found.append(f"{room} imports {other}, which is on a layer above it")
    return found


def leans_on(layer: Layer, rooms: Imports) -> list[str]:
    """Return the names of the other layers that the rooms of a layer import."""
    used = {name.partition("/")[2] for room in layer.rooms for name in rooms[room]}
    return [other.name for other in LAYERS if other is not layer and used & set(other.rooms)]


def picture(rooms: Imports) -> str:
    """Return the SVG."""
    y, parts = MARGIN, []
    for title, purpose, names, beneath in _rows(rooms):
        bottom, boxes = _boxes(names, y + GAP)
        uses = f"uses {', '.join(beneath)}" if beneath else "uses nothing else"
        height = bottom + 26 - y
        colour = INSIDE if title in {layer.name for layer in LAYERS} else OUTSIDE
        parts += [
            f'<rect x="{MARGIN}" y="{y}" width="{WIDTH - 2 * MARGIN}" height="{height}" rx="6" fill="{colour}"/>',
            _text(MARGIN + 12, y + 24, title, "title"),
            _text(MARGIN + 12, y + 44, purpose, "purpose"),
            *boxes,
            _text(LEFT, bottom + 16, uses, "uses"),
        ]
        y += height + GAP
    style = (
        "text{font-family:sans-serif;fill:#1d2733}.title{font-size:16px;font-weight:bold}.purpose{font-size:12px}"
        ".uses{font-size:11px;fill:#5a6672}.room{font-family:monospace;font-size:12px}.box{fill:#fff;stroke:#8a97a5}"
    )
    label = "The layers of plugins, each with its rooms; a room uses only what is beside or below it."
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {y}" width="{WIDTH}" height="{y}" role="img">'
    ground = f'<rect width="{WIDTH}" height="{y}" fill="#fff"/>'
    return "\n".join([head, f"<title>{label}</title>", f"<style>{style}</style>", ground, *parts, "</svg>", ""])


def _rows(rooms: Imports) -> Iterable[tuple[str, str, list[str], list[str]]]:
    """Yield name, purpose, rooms and the layers beneath of each row, the topmost first."""
    modules, filters = sorted(imports_of("modules")), sorted(imports_of("filter"))
    on_controller = sorted(f"_{name}" for name in imports_of("plugin_utils"))
    yield "Modules", "documentation, and one call each", [f"{len(modules)} modules em_*"], _beneath("modules")
    if on_controller:
        names = [*(f"| {name}" for name in filters), *on_controller]
        yield "Controller", "filters and the event source", names, _beneath("plugin_utils")
    for layer in LAYERS:
        yield layer.name, layer.purpose, [f"_{room}" for room in layer.rooms], leans_on(layer, rooms)


def _beneath(folder: str) -> list[str]:
    """Return the names of the layers that the rooms of another folder import."""
    used = {name for names in imports_of(folder).values() for name in names}
    return [layer.name for layer in LAYERS if used & {f"module_utils/{room}" for room in layer.rooms}]


def _boxes(names: Iterable[str], top: int) -> tuple[int, list[str]]:
    """Return where boxes with these names end, and the boxes."""
    x, y = LEFT, top
    parts: list[str] = []
    for name in names:
        width = round(len(name) * LETTER + 14)
        if x + width > WIDTH - MARGIN - GAP:
            x, y = LEFT, y + ROOM_HEIGHT + 6
        parts.append(f'<rect class="box" x="{x}" y="{y}" width="{width}" height="{ROOM_HEIGHT}" rx="4"/>')
        parts.append(_text(x + width // 2, y + 17, name, "room", middle=True))
        x += width + GAP
    return y + ROOM_HEIGHT, parts


def _text(x: int, y: int, text: str, kind: str, middle: bool = False) -> str:
    anchor = ' text-anchor="middle"' if middle else ""
    return f'<text class="{kind}" x="{x}" y="{y}"{anchor}>{escape(text)}</text>'


def main() -> int:
    """Write the picture, or with --check only compare it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; exit with 1 when the picture is not up to date")
    check = parser.parse_args().check
    rooms = imports_of("module_utils")
    wrong = faults(rooms)
    if wrong:
        print("\n".join(wrong))
        return 1
    text = picture(rooms)
    if PICTURE.exists() and PICTURE.read_text(encoding="utf-8") == text:
        return 0
    print(f"{PICTURE.relative_to(COLLECTION)}: {'not up to date, run: make docs' if check else 'written'}")
    if not check:
        PICTURE.write_text(text, encoding="utf-8")
    return 1 if check else 0


if __name__ == "__main__":
    sys.exit(main())
