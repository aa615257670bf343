# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Bodies made up from the grammar of XML or JSON and the names of EM, by hypothesis, which also makes what it finds small."""

from __future__ import annotations

import json
import time
import typing as t
from xml.sax.saxutils import escape, quoteattr

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from ansible_collections.backupops.veeam_em.plugins.module_utils._families import FAMILIES
from ansible_collections.backupops.veeam_em.plugins.module_utils._xml import NAMESPACE
from ansible_collections.backupops.veeam_em.tests.fuzz.bodies import check_body

_EXAMPLES = 100

_FIELDS = sorted(
    {part for family in FAMILIES.values() for field in family.fields if field.element for part in field.element.split("/")}
)
_LISTS = sorted({name for family in FAMILIES.values() for name in (family.root, *family.items)})
_OTHERS = [
    "QueryResult",
    "Entities",
    "Refs",
    "Ref",
    "Resources",
    "PagingInfo",
    "Links",
    "Link",
    "Rel",
    "Href",
    "Type",
    "Task",
    "Tasks",
]
_NUMBERS = ["PageNum", "PagesCount", "PageSize", "TaskId", "SessionId", "Events", "Order", "Success", "Message"]
NAMES = st.sampled_from([*_FIELDS, *_LISTS, *_OTHERS, *_NUMBERS])
_KNOWN = [
    "Stopped",
    "Working",
    "None",
    "Success",
    "true",
    "0",
    "-1",
    "1e9",
    "2026-03-01T00:00:00.5Z",
    "9999-12-31T23:59:59Z",
    "urn:veeam:Job:x",
]
TEXTS = st.sampled_from(_KNOWN) | st.text(max_size=8)
ROOTS = st.sampled_from(["QueryResult", "Tasks", "Task", "SystemSessionEvents", "LogonSessions", *_LISTS])


def _elements(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.builds(_element, NAMES, st.dictionaries(NAMES, TEXTS, max_size=3), st.lists(inner, max_size=4))


def _element(name: str, attributes: t.Mapping[str, str], children: t.Sequence[str], space: str = "") -> str:
    written = "".join(f" {key}={quoteattr(value)}" for key, value in attributes.items())
    return f"<{name}{space}{written}>{''.join(children)}</{name}>"


def _elements_of(items: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Return whole bodies with what is listed: anything, a collection, one item alone, or the page of a query."""
    content = st.lists(items, max_size=4)
    several = st.lists(_ITEMS, min_size=1, max_size=3)
    return (
        st.builds(lambda root, children: _element(root, {}, children, _SPACE), ROOTS, content)
        | st.builds(lambda item, children: _element(item, {"UID": "x"}, children, _SPACE), _ITEM_NAMES, content)
        | st.builds(lambda root, listed: _element(root, {}, listed, _SPACE), ROOTS, several)
        | st.builds(_page, st.sampled_from(["Entities", "Resources"]), ROOTS, several, _NUMBER, _NUMBER)
    )


def _page(group: str, root: str, listed: t.Sequence[str], number: str, count: str) -> str:
    paging = _element("PagingInfo", {"PageNum": number, "PagesCount": count}, [])
    return _element("QueryResult", {}, [_element(group, {}, [_element(root, {}, listed)]), paging], _SPACE)


_SPACE = f' xmlns="{NAMESPACE}"'
_NUMBER = st.sampled_from(["1", "2", "0", "-1", "999999999", "x", ""])
_CONTENT = st.recursive(TEXTS.map(escape), _elements, max_leaves=12)
_ITEM_NAMES = st.sampled_from([*_LISTS, "Task", "Events", "LogonSession"])
_ITEMS = st.builds(_element, _ITEM_NAMES, st.dictionaries(NAMES, TEXTS, max_size=3), st.lists(_CONTENT, max_size=4))
XML = _elements_of(_CONTENT).map(lambda text: text.encode("utf-8", "surrogatepass"))

_SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | TEXTS
_DATA: st.SearchStrategy[t.Any] = st.recursive(
    _SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES | TEXTS, inner, max_size=4), max_leaves=12
)
_OBJECTS = st.dictionaries(NAMES, _DATA, max_size=6)
_LISTED = st.lists(_OBJECTS, max_size=3)
_PAGE = st.fixed_dictionaries({"PageNum": _NUMBER | st.integers(-1, 3), "PagesCount": _NUMBER | st.integers(-1, 3)})
JSON = (
    st.dictionaries(ROOTS | NAMES, _DATA, max_size=4)
    | _OBJECTS
    | st.builds(lambda root, listed: {root: listed}, ROOTS, _LISTED)
    | st.builds(lambda root, listed, page: {"Entities": {root: {root: listed}}, "PagingInfo": page}, ROOTS, _LISTED, _PAGE)
)
GRAMMARS: t.Mapping[str, st.SearchStrategy[bytes]] = {"xml": XML, "json": JSON.map(json.dumps).map(str.encode)}


def check_generated(media: str, number: int, until: float) -> tuple[int, bytes, Exception | None]:
    """Check a hundred bodies from a seed, or fewer where time.monotonic reaches until.

    Return how many, and the last of them; where something did not hold, that is the smallest one that shows it, with the error.
    """
    bodies = [b""]

    @seed(number)
    @settings(
        max_examples=_EXAMPLES,
        database=None,
        deadline=None,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
    )
    @given(GRAMMARS[media])
    def check(body: bytes) -> None:
        if time.monotonic() < until:
            bodies.append(body)
            check_body(body, media)

    try:
        check()
    except Exception as error:
        return len(bodies) - 1, bodies[-1], error
    return len(bodies) - 1, bodies[-1], None
