# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Bodies that want to fill memory: each is refused with the cause, before it could."""

from __future__ import annotations

import itertools
import typing as t

import pytest

from ansible_collections.backupops.veeam_em.plugins.module_utils import _xml as xml
from ansible_collections.backupops.veeam_em.plugins.module_utils import _xml_bounds as bounds
from ansible_collections.backupops.veeam_em.plugins.module_utils._errors import ProtocolViolation
from ansible_collections.backupops.veeam_em.plugins.module_utils._libraries import library
from ansible_collections.backupops.veeam_em.plugins.module_utils._records import Paging
from ansible_collections.backupops.veeam_em.tests.unit.support import COLLECTION_SHAPE

HEAD = f'<BackupJobSessions xmlns="{xml.NAMESPACE}">'
ONE = '<BackupJobSession UID="a"><Name>b</Name></BackupJobSession>'


def endless(beginning: str, part: str) -> t.Iterator[bytes]:
    """Yield a body without end, in chunks as they arrive."""
    block = (part * (65536 // len(part) + 1)).encode()
    return itertools.chain([beginning.encode()], itertools.repeat(block))


def read(chunks: t.Iterable[bytes]) -> int:
    return sum(1 for dummy in xml.read_xml(chunks, COLLECTION_SHAPE, Paging()))


@pytest.mark.parametrize(
    ("beginning", "part", "cause"),
    [
        (HEAD, "<Junk a='b'>x</Junk>", "no whole resource"),
        (f"{HEAD}<BackupJobSession>", "<a>x</a>", "no whole resource"),
        (f"{HEAD}<BackupJobSession>", "<a/>", "no whole resource"),
        (f"{HEAD}<BackupJobSession ", 'a="x" ', "broken|no whole resource"),
        (f"{HEAD}<BackupJobSession><Name>", "x" * 1000, "broken|no whole resource"),
        (HEAD, "<a>", "broken: .*depth"),
        (f"{HEAD}{ONE}</BackupJobSessions>", " " * 1000, "no whole resource"),
    ],
)
def test_what_never_becomes_a_record_is_given_up(beginning: str, part: str, cause: str) -> None:
    with pytest.raises(ProtocolViolation, match=cause):
        read(endless(beginning, part))


def test_a_body_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "MOST_BYTES", 300_000)
    with pytest.raises(ProtocolViolation, match=r"larger than 300000 bytes.*created_after"):
        read(endless(HEAD, ONE))


def test_what_comes_between_records_is_no_part_of_the_measure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "MOST_PER_RECORD", 200_000)
    junk = "<Junk/>" * 10_000
    assert read(part.encode() for part in [HEAD, *[junk, ONE] * 20, "</BackupJobSessions>"]) == 20


def test_what_has_been_read_is_forgotten_wherever_it_was() -> None:
    """The tree that the parser keeps does not grow with lists of lists."""
    parser = library("lxml.etree", "lxml").XMLPullParser(events=("end",))
    parser.feed(HEAD + f"<A>{ONE}</A>" * 50 + f"<A>{ONE}")
    elements = [element for dummy, element in parser.read_events() if element.tag.endswith("BackupJobSession")]
    xml._forget_before(elements[-1])
    around = elements[-1].getparent()
    assert (len(around), len(around.getparent())) == (1, 1)


def test_the_parser_is_asked_for_nothing_dangerous() -> None:
    """Each of these is a defence of its own: bodies that need one are refused before, by what they begin with."""
    for name in ("resolve_entities", "load_dtd", "huge_tree"):
        assert xml._HARDENED[name] is False
    for name in ("no_network", "remove_comments", "remove_pis"):
        assert xml._HARDENED[name] is True


def test_the_measure_is_exact(monkeypatch: pytest.MonkeyPatch) -> None:
    body = f"{HEAD}{'<a/>' * 10}</BackupJobSessions>".encode()
    monkeypatch.setattr(bounds, "MOST_PER_RECORD", len(body))
    assert read([body]) == 0
    monkeypatch.setattr(bounds, "MOST_PER_RECORD", len(body) - 1)
    with pytest.raises(ProtocolViolation, match="no whole resource"):
        read([body])


def test_the_measure_of_the_whole_is_exact(monkeypatch: pytest.MonkeyPatch) -> None:
    body = f"{HEAD}{ONE * 3}</BackupJobSessions>".encode()
    monkeypatch.setattr(bounds, "MOST_BYTES", len(body))
    assert read([body[:80], body[80:]]) == 3
    monkeypatch.setattr(bounds, "MOST_BYTES", len(body) - 1)
    with pytest.raises(ProtocolViolation, match="larger than"):
        read([body[:80], body[80:]])


@pytest.mark.parametrize(
    ("measure", "most", "cause"),
    [("pending", 1_572_864, "no whole resource in 1572864 bytes"), ("total", 536_870_912, "larger than 536870912 bytes")],
)
def test_the_bounds_are_those_that_are_documented(measure: str, most: int, cause: str) -> None:
    nothing = {"total": 0, "pending": 0}
    bounds.check_size(**{**nothing, measure: most})
    with pytest.raises(ProtocolViolation, match=cause):
        bounds.check_size(**{**nothing, measure: most + 1})


def test_the_measure_of_what_comes_before_the_root_is_exact() -> None:
    rest = f"-->{HEAD}{ONE}</BackupJobSessions>".encode()
    assert read([b"<!--".ljust(65536), rest]) == 1
    with pytest.raises(ProtocolViolation, match="no root element in its first 65536 bytes"):
        read([b"<!--".ljust(65537), rest])


def test_the_measure_of_names_is_exact(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name counts once, half a name at the end of a chunk not at all."""
    monkeypatch.setattr(bounds, "_CHUNKS_PER_LOOK", 1)
    names = bounds.Names()
    for first in (*range(0, 1024, 64), 0):
        names.look_at("".join(f"<name{number:011}>" for number in range(first, first + 64)).encode() + b"<hal")
    with pytest.raises(ProtocolViolation, match="ever new names"):
        names.look_at(b"<x>")
