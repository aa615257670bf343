# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Document types, entities, inclusions and style sheets: nothing is expanded, no file is read, nobody is asked anything."""

from __future__ import annotations

import json
import pathlib
import typing as t

import pytest

from ansible_collections.backupops.veeam_em.plugins.module_utils._errors import ProtocolViolation
from ansible_collections.backupops.veeam_em.tests.unit.attack import content as c
from ansible_collections.backupops.veeam_em.tests.unit.attack.hostile import HostileServer, Received, answer
from ansible_collections.backupops.veeam_em.tests.unit.attack.measured import MOST_MEMORY, Measurer
from ansible_collections.backupops.veeam_em.tests.unit.attack.reading import read_from
from ansible_collections.backupops.veeam_em.tests.unit.support import GUID

CANARY = "content-of-a-file"
NAMED = f"{c.ROOT}<BackupJobSession UID='{c.UID}'><State>Stopped</State><Name>&a;</Name></BackupJobSession>{c.END}"
# Each is ten times the one before.
LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
DOCTYPES = {
    "a billion laughs": f'<!DOCTYPE x [<!ENTITY a0 "ha">{LAUGHS}<!ENTITY a "&a9;">]>',
    "a long entity, many times": f'<!DOCTYPE x [<!ENTITY b "{"x" * 30000}"><!ENTITY a "{"&b;" * 10000}">]>',
    "an entity of itself": '<!DOCTYPE x [<!ENTITY a "&a;">]>',
    "a file": '<!DOCTYPE x [<!ENTITY a SYSTEM "FILE">]>',
    "a page": '<!DOCTYPE x [<!ENTITY a SYSTEM "PAGE">]>',
    "a file as a parameter": '<!DOCTYPE x [<!ENTITY % b SYSTEM "FILE"> %b; <!ENTITY a "">]>',
    "a page as a parameter": '<!DOCTYPE x [<!ENTITY % b SYSTEM "PAGE"> %b; <!ENTITY a "">]>',
    "a file that a page is told": '<!DOCTYPE x [<!ENTITY % f SYSTEM "FILE"><!ENTITY % e "<!ENTITY a SYSTEM \'PAGE%f;\'>"> %e;]>',
    "a document type in a file": '<!DOCTYPE x SYSTEM "FILE">',
    "a document type in a page": '<!DOCTYPE x SYSTEM "PAGE">',
    "a public document type": '<!DOCTYPE x PUBLIC "-//x//y" "PAGE">',
    "attributes by default": "<!DOCTYPE x [<!ATTLIST BackupJobSession Name CDATA 'injected'>]>",
    "in small letters": '<!doctype x SYSTEM "PAGE">',
}


@pytest.fixture
def addresses(tmp_path: pathlib.Path, elsewhere: HostileServer) -> t.Callable[[str], str]:
    """Return a function that puts the addresses of a file and of a page into a body."""
    file = tmp_path / "file"
    file.write_text(CANARY, encoding="ascii")
    page = f"http://127.0.0.1:{elsewhere.port}/"
    return lambda body: body.replace("FILE", file.as_uri()).replace("PAGE", page)


@pytest.mark.parametrize("name", DOCTYPES)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-7"])
def test_a_document_type_is_refused(addresses: t.Callable[[str], str], name: str, encoding: str) -> None:
    body = addresses(f'<?xml version="1.0" encoding="{encoding}"?>') + addresses(DOCTYPES[name]) + NAMED
    encoded = body.encode(encoding)
    if encoding == "utf-7":
        declaration, dummy, rest = body.partition("?>")
        encoded = f"{declaration}?>".encode() + rest.replace("<", "\u00ab").encode("utf-7").replace(b"+AKs-", b"+ADw-")
    with HostileServer(c.always(encoded)) as server, pytest.raises(ProtocolViolation) as caught:
        read_from(server.port)
    assert CANARY not in str(caught.value)
    assert any(cause in str(caught.value) for cause in ("document type declaration", "broken", "no root element"))


@pytest.mark.parametrize("name", ["a billion laughs", "a long entity, many times"])
@pytest.mark.parametrize("status", [200, 500])
def test_a_bomb_takes_no_memory(measurer: Measurer, name: str, status: int) -> None:
    """Neither among the sessions nor in the words of an error."""
    body = DOCTYPES[name] + NAMED

    def attack(dummy: Received) -> t.Iterator[bytes]:
        return answer([body.encode()], status=f"{status} x")

    with HostileServer(attack) as server:
        found = measurer.read(server)
    assert (found.kind, found.growth < MOST_MEMORY / 8) == ("protocol" if status == 200 else "server", True)


@pytest.mark.parametrize("body", [f"<!DOCTYPE x>{c.EMPTY}", f"{c.ROOT}<!DOCTYPE x>{c.END}", f"{c.EMPTY}<!DOCTYPE x>"])
def test_wherever_it_is(body: str) -> None:
    with HostileServer(c.always(body)) as server, pytest.raises(ProtocolViolation, match=r"document type declaration|broken"):
        read_from(server.port)


def test_an_unknown_entity_is_an_error() -> None:
    with HostileServer(c.always(NAMED)) as server, pytest.raises(ProtocolViolation, match="broken"):
        read_from(server.port)


@pytest.mark.parametrize(
    "part",
    [
        '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="FILE" parse="text"/>',
        '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="PAGE"/>',
        '<a xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="x PAGE"/>',
        '<a xml:base="PAGE"/>',
        "<?xml-stylesheet href='PAGE'?>",
        "<?php echo ?>",
    ],
)
def test_what_asks_to_be_fetched_is_nothing_but_a_part_of_the_body(addresses: t.Callable[[str], str], part: str) -> None:
    body = addresses(f"{c.OPEN}{part}{c.SHUT}")
    with HostileServer(c.always(body)) as server:
        (session,) = read_from(server.port).result["sessions"]
    assert (session["id"], session["state"]) == (GUID, "Stopped")
    assert CANARY not in json.dumps(session)


def test_a_style_sheet_before_the_root_is_not_fetched(addresses: t.Callable[[str], str]) -> None:
    body = addresses('<?xml version="1.0"?><?xml-stylesheet type="text/xsl" href="PAGE"?>') + f"{c.ROOT}{c.ONE}{c.END}"
    with HostileServer(c.always(body)) as server:
        assert read_from(server.port).result["count"] == 1
