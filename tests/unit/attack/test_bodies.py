# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Bodies that want to fill memory: each ends in one error that names the cause, and memory stays below the bound."""

from __future__ import annotations

import string
import typing as t

import pytest

from ansible_collections.backupops.veeam_em.plugins.module_utils._json import MOST_BYTES, MOST_VALUES
from ansible_collections.backupops.veeam_em.plugins.module_utils._xml_bounds import MOST_PER_RECORD
from ansible_collections.backupops.veeam_em.tests.unit.attack import content as c
from ansible_collections.backupops.veeam_em.tests.unit.attack.hostile import HostileServer, Received, answer
from ansible_collections.backupops.veeam_em.tests.unit.attack.measured import MOST_MEMORY, Measured, Measurer

JSON: dict[str, t.Any] = {"connection": {"media_type": "json"}}
# What comes in blocks and with the next chunk stays just below the bounds.
ONE_RECORD = MOST_PER_RECORD - 2 * 65536
ONE_PAGE = MOST_BYTES - 2 * 65536

# A session after many new names: sessions take the more time.
LETTERS = string.ascii_lowercase
NONE = "<BackupJobSession/>"

Body = t.Callable[[], t.Iterable[bytes]]

ENDLESS_XML: dict[str, tuple[Body, str]] = {
    "elements": (c.endless(c.ROOT, "<a/>"), "no whole resource"),
    "elements with attributes": (c.endless(c.ROOT, "<a b=''/>"), "no whole resource"),
    "elements in a session": (c.endless(c.OPEN, "<a/>"), "no whole resource"),
    "elements of ever new names": (c.counting(c.ROOT, "".join(f"<{letter}#/>" for letter in LETTERS) + NONE), "ever new names"),
    "attributes of ever new names": (
        c.counting(c.ROOT, "<a " + "".join(f"{letter}#='' " for letter in LETTERS) + f"/>{NONE}"),
        "ever new names",
    ),
    "ever new namespaces": (
        c.counting(c.ROOT, "".join(f"<a xmlns='{letter}#'/>" for letter in LETTERS) + NONE),
        "ever new names",
    ),
    "attributes of one element": (c.counting(f"{c.ROOT}<a ", "b#='' "), "no whole resource|ever new names"),
    "a text": (c.endless(f"{c.OPEN}<Name>", "x"), "no whole resource"),
    "the value of an attribute": (c.endless(f"{c.ROOT}<BackupJobSession Name='", "x"), "no whole resource"),
    "comments": (c.endless(c.ROOT, "<!--x-->"), "no whole resource"),
    "a comment": (c.endless(f"{c.ROOT}<!--", "x"), "no whole resource"),
    "processing instructions": (c.endless(c.ROOT, "<?a b?>"), "no whole resource"),
    "CDATA": (c.endless(f"{c.OPEN}<Name>", "<![CDATA[x]]>"), "no whole resource"),
    "references of characters": (c.endless(f"{c.OPEN}<Name>", "&#120;"), "no whole resource"),
    "depth": (c.endless(c.ROOT, "<a>"), "broken: .*depth"),
    "comments before the root": (c.endless("", "<!--x-->"), "no root element"),
    "blanks": (c.endless("", " "), "no root element|broken"),
    "what follows the root": (c.endless(c.EMPTY, " "), "no whole resource"),
}
ENDLESS_JSON: dict[str, Body] = {
    "a string": c.endless(f'{c.OPEN_JSON}"', "x"),
    "an array": c.endless(f"{c.OPEN_JSON}[", "0,"),
    "an object": c.counting(f"{c.OPEN_JSON}{{", '"a#":0,'),
    "objects": c.endless(f"{c.OPEN_JSON}[", '{"a":0},'),
    "a number": c.endless(c.OPEN_JSON, "9"),
    "depth": c.endless("", '{"a":['),
    "blanks": c.endless("", " "),
}
LARGE_XML: dict[str, Body] = {
    "elements with attributes": c.large(f"{c.OPEN}<b/>", "<a b=''/>", c.SHUT, ONE_RECORD),
    "elements and text": c.large(f"{c.OPEN}<b/>", "<a/>x", c.SHUT, ONE_RECORD),
    "controls": c.large(f"{c.OPEN}<b>", "\x80", f"</b>{c.SHUT}", ONE_RECORD),
}
LARGE_JSON: dict[str, Body] = {
    "objects": c.large(f"{c.OPEN_JSON}[0", ',{"a":0}', f"]{c.SHUT_JSON}", MOST_VALUES * 4 - 65536),
    "objects in objects": c.large(f"{c.OPEN_JSON}[0", ',{"a":{"b":0}}', f"]{c.SHUT_JSON}", MOST_VALUES // 3 * 14 - 65536),
    "a text with one wide character": c.large(f'{c.OPEN_JSON}"\U0001f600', "x", f'"{c.SHUT_JSON}', ONE_PAGE),
    "controls": c.large(f'{c.OPEN_JSON}"', "\\u0001", f'"{c.SHUT_JSON}', ONE_PAGE),
}


def measured(measurer: Measurer, body: Body, media: str = "xml", **options: t.Any) -> Measured:
    with HostileServer(c.always(body, media)) as server:
        found = measurer.read(server, **options)
    assert found.growth < MOST_MEMORY
    return found


@pytest.mark.parametrize("name", ENDLESS_XML)
def test_xml_without_end(measurer: Measurer, name: str) -> None:
    """What is listed is only counted: that it is returned is no part of the bound."""
    body, cause = ENDLESS_XML[name]
    found = measured(measurer, body, summary_only=True)
    assert (found.count, found.kind) == (None, "protocol")
    found.names(cause)


@pytest.mark.parametrize("name", ENDLESS_JSON)
def test_json_without_end(measurer: Measurer, name: str) -> None:
    found = measured(measurer, ENDLESS_JSON[name], "json", **JSON)
    assert (found.count, found.kind) == (None, "protocol")
    found.names("larger than .*page_size|more than .* values")


@pytest.mark.parametrize("name", LARGE_XML)
def test_the_largest_session_in_xml(measurer: Measurer, name: str) -> None:
    """It is read, and in no more time than its size takes."""
    assert measured(measurer, LARGE_XML[name]).count == 1


@pytest.mark.parametrize("name", LARGE_JSON)
def test_the_largest_page_in_json(measurer: Measurer, name: str) -> None:
    assert measured(measurer, LARGE_JSON[name], "json", **JSON).count == 1


def test_a_gigabyte_of_sessions(measurer: Measurer) -> None:
    """What is only counted takes no memory; the error says how to ask for less."""
    found = measured(measurer, c.endless(c.ROOT, f"<BackupJobSession/><!--{'x' * 60000}-->"), summary_only=True)
    assert (found.count, found.kind) == (None, "protocol")
    found.names("larger than .*created_after")


@pytest.mark.parametrize(("status", "kind"), [(302, "protocol"), (401, "authentication"), (404, "not_found"), (500, "server")])
@pytest.mark.parametrize("line", ["Location: /api/elsewhere"])
def test_an_answer_whose_body_nobody_wants(measurer: Measurer, status: int, kind: str, line: str) -> None:
    """It is not read, however long it is."""

    def attack(request: Received) -> t.Iterator[bytes]:
        return answer(c.endless("", "<a/>")(), "xml", line, status=f"{status} x")

    with HostileServer(attack) as server:
        found = measurer.read(server, id=["3f6c0f3a-94d7-4c55-8a1e-5a6f0c2b7d10"])
    assert (found.count, found.kind, found.growth < MOST_MEMORY) == (None, kind, True)
    found.names(f"answered with {status}")


def test_a_logon_whose_body_has_no_end(measurer: Measurer) -> None:
    """The token is in the header: nobody needs the body."""
    with HostileServer(c.calm, logon_body=c.endless("<LogonSession>", "<a/>")) as server:
        found = measurer.read(server)
        requests = [(request.method, request.target.partition("?")[0]) for request in server.requests]
    assert (found.count, found.growth < MOST_MEMORY) == (1, True)
    assert [method for method, dummy in requests] == ["POST", "GET", "DELETE"]
