# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Run the commands that the guides show, against simulated Enterprise Managers, and write into the guides what came of them.

Run it with the collection on PYTHONPATH, and with guides as arguments (`first_steps`) or for all. With --check nothing is written;
the exit status tells whether something would be. It is 1 as well when a command ended in another way than its block says.

In docs/docsite/rst/guide_NAME.rst comments say how, commands run in a copy of docs/examples/NAME:

    .. em: {em.example.com: {dataset: small}}   servers from here on, with settings of the simulator; it is 06:00 UTC there
    .. fault: {kind: html}                      what goes wrong in the next block, at the first server
    .. with: {VEEAM_EM_USERNAME: somebody}      variables of the environment of the next block
    .. show: Show what failed                   only those paragraphs of the output whose first line this pattern is found in
    .. fails:                                   the next command is to fail
    .. file: failed.yml                         the next block is this file, without its first comment

A code block of the language `console` holds commands, each after a dollar sign, and their outputs; one after a `file` comment that
file; others are left alone. Double backquotes that fill a line must be found on the page that `.. quotes: PAGE` names.
"""

from __future__ import annotations

import argparse
import contextlib
import difflib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import yaml

from ansible_collections.backupops.veeam_em.tests.estate.estate import Estate

COLLECTION = Path(__file__).resolve().parents[2]
PAGES = COLLECTION / "docs" / "docsite" / "rst"
EXAMPLES = COLLECTION / "docs" / "examples"
NOW = datetime(2026, 3, 2, 6, tzinfo=timezone.utc)
INDENT = "   "
AT_ONCE = 2  # guides
TIMEOUT = 120  # seconds that a command may take
QUIET = {
    "ANSIBLE_LOCALHOST_WARNING": "false",
    "ANSIBLE_INVENTORY_UNPARSED_WARNING": "false",
    "ANSIBLE_NOCOLOR": "true",
    "ANSIBLE_RETRY_FILES_ENABLED": "false",
    "ANSIBLE_DEPRECATION_WARNINGS": "false",
}

COMMENT = re.compile(r"\.\. (em|fault|with|show|fails|file|quotes):(?: (.*))?")
BLOCK = re.compile(r"\.\. code-block:: (\w+)")
QUOTES = re.compile(r"(?:``[^`]+``, )*``[^`]+``")
HEADER = re.compile(r"\A---\n(?:#.*\n)*\n?")


class Wrong(Exception):
    """A guide that cannot be true."""


class Guide:
    """One guide, read from the top, its blocks made anew."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._folder = EXAMPLES / path.stem.removeprefix("guide_")
        self._stack = contextlib.ExitStack()
        self._estate: Estate | None = None
        self._home = self._here = Path()
        self._said: dict[str, str] = {}
        self._quoted = ""

    def __str__(self) -> str:
        return str(self.path.relative_to(COLLECTION))

    def written(self) -> str:
        """Return the guide as it should be. Raises Wrong."""
        with self._stack, tempfile.TemporaryDirectory(prefix="guide-") as home:
            self._home, self._here = Path(home), Path(home, "here")
            self._here.mkdir()
            if self._folder.is_dir():
                # what the commands write is not to stay
                shutil.copytree(self._folder, self._here, dirs_exist_ok=True)
            return "\n".join([*self._lines(self.path.read_text(encoding="utf-8").splitlines()), ""])

    def _lines(self, lines: Sequence[str]) -> Iterator[str]:
        place = 0
        while place < len(lines):
            line = lines[place]
            place += 1
            yield line
            comment, block = COMMENT.fullmatch(line), BLOCK.fullmatch(line)
            if comment:
                self._hear(comment[1], comment[2] or "")
            elif block:
                end = next((n for n in range(place, len(lines)) if lines[n] and not lines[n].startswith(INDENT)), len(lines))
                made = self._made(block[1], _without_indent(lines[place:end]))
                yield from ("", *_with_indent(made), *([""] if end < len(lines) else []))
                self._said.clear()
                place = end
            elif self._quoted and QUOTES.fullmatch(line):
                self._compare(line)

    def _hear(self, word: str, value: str) -> None:
        if word == "em":
            self._stack.close()
            self._estate = self._stack.enter_context(Estate(yaml.safe_load(value), at=NOW))
        elif word == "quotes":
            self._quoted = (PAGES / value).read_text(encoding="utf-8").replace("\\", "")
        else:
            self._said[word] = value

    def _compare(self, line: str) -> None:
        for quote in re.findall("``(.+?)``", line):
            if quote not in self._quoted:
                raise Wrong(f"{self}: there is no {quote!r} on the page that it quotes")

    def _made(self, language: str, body: Sequence[str]) -> list[str]:
        """Return what belongs into a block."""
        if "file" in self._said:
            text = (self._folder / self._said["file"]).read_text(encoding="utf-8")
            return HEADER.sub("", text).rstrip().splitlines()
        if language != "console":
            return list(body)
        commands = [line[2:] for line in body if line.startswith("$ ")]
        if not commands:
            raise Wrong(f"{self}: a block without a command")
        return [line for command in commands for line in (f"$ {command}", *self._output(command))]

    def _output(self, command: str) -> list[str]:
        """Run a command; return the lines of its output that are to be shown."""
        if self._estate is None:
            raise Wrong(f"{self}: no server is there for {command!r}")
        first = next(iter(self._estate.servers.values()))
        first.faults.clear()
        if "fault" in self._said:
            first.faults.add(**yaml.safe_load(self._said["fault"]))
        said = _variables(self._said.get("with", "{}"))
        environment = {**os.environ, **QUIET, "HOME": str(self._home), **self._estate.environment, **said}
        with tempfile.TemporaryFile("w+") as errors:
            ended = subprocess.run(
                command,
                shell=True,
                check=False,
                cwd=self._here,
                env=environment,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
                timeout=TIMEOUT,
            )
            errors.seek(0)
            if (ended.returncode != 0) != ("fails" in self._said):
                raise Wrong(f"{self}: {command!r} ended with {ended.returncode}\n{ended.stdout}{errors.read()}")
        paragraphs = re.split(r"\n{2,}", ended.stdout.strip("\n"))
        shown = [text for text in paragraphs if re.search(self._said.get("show", ""), text.partition("\n")[0])]
        if not shown:
            raise Wrong(f"{self}: nothing of the output is to be shown\n{ended.stdout}")
        return "\n\n".join(shown).splitlines()


def _variables(text: str) -> dict[str, str]:
    values: dict[str, Any] = yaml.safe_load(text)
    return {name: str(value) for name, value in values.items()}


def _without_indent(lines: Sequence[str]) -> list[str]:
    return "\n".join(line[len(INDENT) :] for line in lines).strip("\n").split("\n")


def _with_indent(lines: Sequence[str]) -> list[str]:
    return [f"{INDENT}{line}".rstrip() for line in lines]


def _renewed(guide: Guide, check: bool) -> bool:
    """Write a guide, or only compare it. Return whether all was well before."""
    before = guide.path.read_text(encoding="utf-8")
    try:
        text = guide.written()
    except Wrong as wrong:
        print(wrong, flush=True)
        return False
    if text == before:
        return True
    print(f"{guide}: {'not up to date, run: make docs' if check else 'written'}", flush=True)
    if check:
        print("\n".join(difflib.unified_diff(before.splitlines(), text.splitlines(), "as it is", "as it should be", lineterm="")))
        return False
    guide.path.write_text(text, encoding="utf-8")
    return True


def _runs(path: Path) -> bool:
    """Whether a guide asks for a server; others are written by hand, or by somebody else."""
    return bool(re.search(r"^\.\. em: ", path.read_text(encoding="utf-8"), re.MULTILINE))


def main() -> int:
    """Renew or check the guides."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("names", nargs="*", help="names of guides; all of them without any")
    parser.add_argument("--check", action="store_true", help="write nothing; exit with 1 when a guide is not up to date")
    given = parser.parse_args()
    paths = [PAGES / f"guide_{name}.rst" for name in given.names] or [
        path for path in sorted(PAGES.glob("guide_*.rst")) if _runs(path)
    ]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        results = list(pool.map(lambda path: _renewed(Guide(path), given.check), paths))
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
