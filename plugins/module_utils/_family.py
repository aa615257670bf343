# Copyright (c) 2026 The backupops.veeam_em authors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

"""The words in which the table of session families is written: Field, Include, Family.

PRIVATE to the collection: everything here may change without notice.
"""

from __future__ import annotations

import typing as t

# A session as the modules return it: the keys of its family, then what the table does not know.
Session = dict[str, t.Any]


class Field(t.NamedTuple):
    """One key of a session in the result.

    type: str, int, bool, time, id; result (a result of EM in one vocabulary), server (of a link), ids (of links), link_id (of an
    element that is a link), list (of dicts, whose keys are in contains).
    element: name of the XML element or attribute and of the JSON member; of a nested one both names with a slash between.
    link: (Rel, Type without its ending Reference) of the links that it is read from.
    refers_to: what ids are called that it holds, where an id of another kind is known to be none of them.
    filter: the server's name for it in a filter and for sorting, where it has one: not always the element's name.
    computed: the result builds it by itself from other fields.
    """

    name: str
    description: str
    sample: t.Any
    type: str = "str"
    element: str | None = None
    link: tuple[str, str] | None = None
    refers_to: str | None = None
    filter: str | None = None
    computed: bool = False
    contains: tuple[Field, ...] = ()


class Include(t.NamedTuple):
    """Related facts that can be asked for, one list in each session.

    choice: what the option include says of it. kind: the family of related sessions, by: the field in which they name their
    session; where the server has no filter for that field, they are found by the time in which their session ran.
    contains: the keys of what is no session of its own; it is read from path below the session, where root and item are the XML
    names of the list and of what is in it, in the order of its first key.
    """

    name: str
    choice: str
    description: str
    sample: t.Any
    kind: str | None = None
    by: str = ""
    path: str = ""
    root: str = ""
    item: str = ""
    contains: tuple[Field, ...] = ()


class Family(t.NamedTuple):
    """One kind of session.

    path: the collection. single: the collection by which one session is read by its id, where that is another one.
    uid_kind: what its ids, its entities and its type in queries are called; in the plural the lists of them.
    item: another name that the entities have inside lists.
    has_query: False where EM has no query for the family; its options are then applied here.
    open_collection: whether accounts that may not query it may read its collection.
    types: the job types that make the family, where it is a part of what its query selects; other_types: those that are known to
    make another one.
    selectors: fields that the server can select by and that no session has.
    finished: states that mean the session is over; any other one means that it runs. job: the fields by which summaries group.
    options: names of the groups of options (_session_options.py) that the module offers. readers: who may read it, for messages.
    """

    kind: str
    title: str
    path: str
    uid_kind: str
    fields: tuple[Field, ...]
    finished: tuple[str, ...]
    options: tuple[str, ...]
    single: str = ""
    item: str = ""
    has_query: bool = True
    open_collection: bool = False
    types: tuple[str, ...] = ()
    other_types: tuple[str, ...] = ()
    selectors: tuple[Field, ...] = ()
    job: tuple[str, str] | None = None
    includes: tuple[Include, ...] = ()
    readers: str = "Portal Administrator or Portal User"

    @property
    def root(self) -> str:
        """The XML name of a list of sessions."""
        return f"{self.uid_kind}s"

    @property
    def items(self) -> tuple[str, ...]:
        """The XML names of one session."""
        return (self.uid_kind, self.item) if self.item else (self.uid_kind,)

    def field(self, name: str) -> Field | None:
        """Return the field of that name, None when no session of the family has it."""
        return next((field for field in self.fields if field.name == name), None)

    def selector(self, name: str) -> Field | None:
        """Return the field of that name by which the family can be selected, None when there is none."""
        return next((field for field in (*self.fields, *self.selectors) if field.name == name), None)

    @property
    def by_id(self) -> str:
        """The collection below which one session is read by its id."""
        return self.single or self.path

    @property
    def titles(self) -> str:
        """The title in the plural."""
        return f"{self.title}s"

    @property
    def sort_by_creation(self) -> str:
        """The server's name for the creation time."""
        field = self.field("creation_time")
        return (field.filter if field else None) or ""
