# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What users can rely on, as the documentation says it: from tests/promises.yml into SECURITY.md and the page on security."""

from __future__ import annotations

import importlib
import pathlib
import textwrap
import typing as t

import yaml

Group = t.Mapping[str, t.Any]
Row = tuple[str, str]

UTILS = "ansible_collections.backupops.veeam_em.plugins.module_utils"
MB = 1024 * 1024


def promise_files(collection: pathlib.Path) -> dict[pathlib.Path, str]:
    """Return the files that tell of promises, with what they should hold."""
    groups = yaml.safe_load((collection / "tests" / "promises.yml").read_text(encoding="utf-8"))
    policy, page = collection / "SECURITY.md", collection / "docs" / "docsite" / "rst" / "security.rst"
    with_promises = _with_block(page.read_text(encoding="utf-8"), ".. promises\n", ".. end of promises", _as_rst(groups))
    return {
        policy: _with_block(
            policy.read_text(encoding="utf-8"), "<!-- promises -->\n", "<!-- end of promises -->", _as_markdown(groups)
        ),
        page: _with_block(with_promises, ".. bounds\n", ".. end of bounds", _rst_table(("What", "Bound"), _bounds())),
    }


def _bounds() -> list[Row]:
    """Return the bounds of what is waited for, read and kept."""
    rooms = ("_xml_bounds", "_json", "_answer", "_transport")
    xml, json, answer, transport = (importlib.import_module(f"{UTILS}.{name}") for name in rooms)
    return [
        ("XML in which no whole session comes", f"{xml.MOST_PER_RECORD / MB:g} MB"),
        ("XML of one answer; it is read as it arrives and not kept", f"{xml.MOST_BYTES // MB} MB"),
        (
            "JSON of one answer, which has to be read as a whole",
            f"{json.MOST_BYTES // MB} MB, {json.MOST_VALUES:,} values",
        ),
        ("An answer that is about one thing", f"{answer.MOST_SMALL_BYTES // MB} MB"),
        ("Time for the head of an answer, and for each kilobyte of its body", "option ``timeout``"),
        ("A pause that the server asks for (``Retry-After``); what is longer is an error", f"{transport.LONGEST_RETRY_AFTER:g} s"),
        ("Tries of a request that changes nothing", "1 + option ``retries``"),
        ("Tries of a stop", "1, and one more when the session shows that the first one did not arrive"),
    ]


def _with_block(text: str, begin: str, end: str, block: str) -> str:
    before, dummy, rest = text.partition(begin)
    return f"{before}{begin}\n{block}\n{end}{rest.partition(end)[2]}"


def _as_markdown(groups: t.Iterable[Group]) -> str:
    lines = []
    for group in groups:
        first = f"- **{group['about']}.** "
        texts = " ".join(promise["promise"] for promise in group["promises"])
        lines.append(textwrap.fill(texts, 118, initial_indent=first, subsequent_indent="  ", break_on_hyphens=False))
    return "\n".join(lines) + "\n"


def _as_rst(groups: t.Iterable[Group]) -> str:
    blocks = []
    for group in groups:
        title = group["about"]
        rows = [(promise["promise"], ", ".join(f"``{test}``" for test in promise["tests"])) for promise in group["promises"]]
        blocks.append(f"{title}\n{'-' * len(title)}\n\n{_rst_table(('Promise', 'Tests, below ``tests``'), rows)}")
    return "\n".join(blocks)


def _rst_table(head: Row, rows: t.Iterable[Row]) -> str:
    body = "".join(f"   * - {_wrapped(first)}\n     - {_wrapped(second)}\n" for first, second in (head, *rows))
    return f".. list-table::\n   :header-rows: 1\n   :widths: 60 40\n\n{body}"


def _wrapped(text: str) -> str:
    return textwrap.fill(text, 120, subsequent_indent=" " * 7, break_on_hyphens=False)
