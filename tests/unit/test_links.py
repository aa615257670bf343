# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Every link that a reader can follow leads to something in this repository, or to a public page of documentation."""

from __future__ import annotations

import importlib
import os
import pathlib
import re
import typing as t
import urllib.parse

import pytest

from ansible_collections.backupops.veeam_em.tests.unit.support import COLLECTION

yaml: t.Any = importlib.import_module("yaml")  # it brings no types

PAGES = sorted(
    [
        *(COLLECTION / name for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md")),
        *(COLLECTION / "roles").glob("*/README.md"),
        *(COLLECTION / "docs" / "docsite" / "rst").glob("*.rst"),
    ]
)
EACH_PAGE = pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(COLLECTION)))

REPOSITORY = "https://github.com/backupops/veeam_em"
# What the forge shows of a repository besides its files.
OF_THE_FORGE = ("", ".git", "/issues", "/security/advisories")
PUBLIC = frozenset({"docs.ansible.com", "galaxy.ansible.com", "helpcenter.veeam.com", "reuse.software", "semver.org"})
# Hosts that cannot exist, or that are the reader's own: they stand for the reader's servers.
STANDING_IN = re.compile(r"(.*\.)?example(\.com|\.org|\.test)?|localhost|127\.0\.0\.1")

URL = re.compile(r"https?://[^\s()<>`'\"\]}]+")
OF_MARKDOWN = re.compile(r"\]\(([^()\s]+)\)")
OF_RST = re.compile(r"(?m)^\.\. (?:figure|image|include|literalinclude):: (\S+)|`[^`<]*<([^<>`\s]+)>`__?")
REFERENCE = re.compile(r":ref:`(?:[^`<]*<)?([^<>`]+)>?`")
LABEL = re.compile(r"(?m)^\.\. _(\S+):$")
HEADING = re.compile(r"(?m)^#+ (.+)$|^(\S.*)\n(?:={3,}|-{3,})$")
BLOCK = re.compile(r"(?ms)^ *```.*?^ *```$")


def links(page: pathlib.Path) -> set[str]:
    """Return the links of a page: all URLs, and what it names inside the repository."""
    text = page.read_text(encoding="utf-8")
    urls = {url.rstrip(".,:;") for url in URL.findall(text)}
    if page.suffix == ".md":
        return urls | set(OF_MARKDOWN.findall(BLOCK.sub("", text)))
    return urls | {target for targets in OF_RST.findall(text) for target in targets if target}


def fault(link: str, page: pathlib.Path) -> str | None:
    """Return what is wrong with a link of a page, None when it leads somewhere."""
    address, dummy, anchor = link.partition("#")
    if address.startswith(f"{REPOSITORY}/") and re.match(r"/(blob|raw|tree)/main/", address[len(REPOSITORY) :]):
        kind, path = address[len(REPOSITORY) + 1 :].split("/main/")
        return fault_of_path(COLLECTION / path, anchor, folder=kind == "tree")
    if address.startswith(REPOSITORY):
        return None if address[len(REPOSITORY) :] in OF_THE_FORGE else "is nothing that the forge shows"
    if "//" in address:
        host = urllib.parse.urlsplit(address).hostname or ""
        return None if host in PUBLIC or STANDING_IN.fullmatch(host) else f"{host} is no host that this test knows"
    return fault_of_path(page.parent / address if address else page, anchor, folder=None)


def fault_of_path(path: pathlib.Path, anchor: str, folder: bool | None) -> str | None:
    """Return what is wrong with a path in the repository, None when it is there. folder: whether it must be one."""
    inside = os.path.relpath(path, COLLECTION)
    if inside in made_by_a_release():
        return None
    if inside.startswith(os.pardir):
        return "leaves the repository"
    if not path.exists():
        return "does not exist"
    if folder is not None and path.is_dir() is not folder:
        return "is a folder" if path.is_dir() else "is no folder"
    return f"has no heading #{anchor}" if anchor and anchor not in headings(path) else None


def headings(page: pathlib.Path) -> set[str]:
    """Return the anchors of a page's headings, as the forge makes them."""
    found = ("".join(pair) for pair in HEADING.findall(BLOCK.sub("", page.read_text(encoding="utf-8"))))
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in found}


def made_by_a_release() -> set[str]:
    """Return the files that are not there before the first release."""
    config = yaml.safe_load((COLLECTION / "changelogs" / "config.yaml").read_text(encoding="utf-8"))
    return {output["file"] for output in config["output"]}


@EACH_PAGE
def test_every_link_leads_somewhere(page: pathlib.Path) -> None:
    faults = {link: fault(link, page) for link in links(page)}
    assert {link: why for link, why in faults.items() if why} == {}


@EACH_PAGE
def test_every_reference_has_its_label(page: pathlib.Path) -> None:
    labels = {label for other in PAGES for label in LABEL.findall(other.read_text(encoding="utf-8"))}
    assert set(REFERENCE.findall(re.sub(r"\s+", " ", page.read_text(encoding="utf-8")))) <= labels


def test_links_are_found_in_either_format() -> None:
    assert f"{REPOSITORY}/issues" in links(COLLECTION / "README.md")
    assert "docs/docsite/rst/security.rst" in links(COLLECTION / "SECURITY.md")
    assert "architecture.svg" in links(COLLECTION / "docs" / "docsite" / "rst" / "guide_internals.rst")


@pytest.mark.parametrize(
    ("link", "why"),
    [
        (f"{REPOSITORY}/blob/main/README.md#installation", None),
        (f"{REPOSITORY}/tree/main/roles", None),
        ("#license-information", None),
        ("https://docs.ansible.com/ansible/latest/", None),
        ("https://em.example.com:9398/api/", None),
        (f"{REPOSITORY}/blob/main/README.rst", "does not exist"),
        (f"{REPOSITORY}/blob/main/roles", "is a folder"),
        (f"{REPOSITORY}/tree/main/README.md", "is no folder"),
        (f"{REPOSITORY}/wiki", "is nothing that the forge shows"),
        ("docs/nothing.rst", "does not exist"),
        ("../veeam.em/README.md", "leaves the repository"),
        ("#no-such-heading", "has no heading #no-such-heading"),
        ("https://www.gnu.invalid/", "www.gnu.invalid is no host that this test knows"),
        ("https://example.com.invalid/", "example.com.invalid is no host that this test knows"),
    ],
)
def test_what_leads_nowhere_is_noticed(link: str, why: str | None) -> None:
    assert fault(link, COLLECTION / "README.md") == why
