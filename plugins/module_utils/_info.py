# Copyright (c) 2026 The backupops.veeam_em authors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

"""What an info module does: from the options of a task to the sessions of one family.

PRIVATE to the collection: everything here may change without notice.
"""

from __future__ import annotations

import time
import typing as t

from ansible_collections.backupops.veeam_em.plugins.module_utils import (
    _choice,
    _client,
    _collecting,
    _errors,
    _families,
    _family,
    _here,
    _module,
    _options,
    _outcome,
    _query,
    _reading,
    _selection,
    _session_options,
    _summary,
)

# Fields by which it is not documented how the server sorts: missing values, and words with an order of their own.
_SORTED_HERE = ("state", "result", "end_time", "job_type", "reason", "failure_message")
_ABOUT_WHAT_IS_RETURNED = ("include", "fields", "summary_only")
# Ansible handles each session that is returned several times over: so many cost it more than a second.
_MANY = 10_000


def run_session_info(kind: str) -> None:
    """Run the info module of a family as the main program."""
    family = _families.FAMILIES[kind]
    options = _session_options.options_of(family)
    _module.run(
        lambda given: SessionInfo(family, given),
        options,
        mutually_exclusive=[("id", name) for name in _session_options.selecting_names(options)],
    )


class SessionInfo:
    """One task of an info module. The options are checked before EM is asked anything. Raises BadRequest for a wrong one."""

    def __init__(self, family: _family.Family, options: _selection.Options) -> None:
        self._family = family
        self._options = options
        self._ids = None if options["id"] is None else _selection.session_ids(options["id"], family)
        self._sort = _selection.sort_field(options, family)
        self._descending = options["sort_order"] == "desc"
        self._limit: int | None = options["limit"]
        self._page_size: int = options.get("page_size") or 0
        self._include: list[str] = options["include"] or []
        _options.check_numbers(_session_options.options_of(family), options)
        self._tested = _choice.choose(options, family, time.time()).test is not None

    def perform(self, client: _client.EmClient, check_mode: bool) -> _outcome.Outcome:
        """Return the result. It is the same in check mode: nothing is changed."""
        if _selection.needs_clock(self._options):
            client.learn_clock()
        reader = _reading.SessionReader(client, self._family, with_links="links" in self._include, only=self._needed())
        collected = self._collect(reader, client)
        sessions = collected.sessions
        for include in self._family.includes:
            if include.name in self._include:
                self._add(include, sessions, client)
        warnings: list[str] = []
        fields = self._options["fields"]
        if fields and not self._options["summary_only"]:
            unknown = _collecting.unknown_fields(sessions, fields, self._family, self._include)
            warnings = [f"The option fields names {name!r}, which no {self._family.title} has." for name in unknown]
            sessions = _collecting.reduced(sessions, fields, self._include)
        if len(sessions) > _MANY:
            warnings.append(
                f"{len(sessions)} {self._family.titles} are returned, which takes Ansible long. Select fewer (created_after), cut"
                " them (limit), ask for less of each (fields), or only for the figures (summary_only)."
            )
        return _outcome.Outcome(
            {
                "sessions": sessions,
                "count": len(sessions),
                "truncated": collected.truncated,
                "summary": collected.summary.result(),
            },
            warnings=warnings,
        )

    def _add(self, include: _family.Include, sessions: t.Sequence[_family.Session], client: _client.EmClient) -> None:
        # most tasks include nothing, and in the form in which Ansible runs a module, each import is a compilation
        from ansible_collections.backupops.veeam_em.plugins.module_utils import _including

        _including.add_related(client, self._family, include, sessions, self._page_size)

    def _needed(self) -> set[str] | None:
        """Return the names of the fields that the task needs of each session, None where it may need all.

        Sessions that are tested here, and those to which related facts are added, need fields that no option names.
        """
        fields = self._options["fields"] or []
        known = {field.name for field in self._family.fields}
        tested = self._tested or self._family.open_collection
        by_id = self._ids is not None
        if by_id or tested or self._include or not known.issuperset(fields) or not (fields or self._options["summary_only"]):
            return None
        return {*fields, *_summary.counted_by(self._family), self._sort.name}

    def _collect(self, reader: _reading.SessionReader, client: _client.EmClient) -> _collecting.Collected:
        if self._ids is not None:
            return _collecting.collect(reader.by_ids(self._ids), self._plan(None, sorted_already=not self._options["sort_by"]))
        window = _selection.default_window(self._options, client.now()) if self._family.has_query else []
        choice = _choice.choose(self._options, self._family, client.now(), window)
        if not self._family.has_query or (self._is_whole_collection() and not client.reads_json):
            try:
                return _collecting.collect(reader.collection(), self._plan(choice.test, sorted_already=False))
            except _errors.ReferencesOnly:
                if not self._family.has_query:
                    raise
        query, ordered = self._query(choice)
        try:
            return _collecting.collect(reader.query(query), self._plan(choice.test, sorted_already=ordered))
        except _errors.PermissionDenied as refusal:
            here = _choice.choose_without_query(refusal, self._options, self._family, client.now())
            if not window:
                client.warnings.append(
                    f"The account may not query {self._family.titles}, so only those of the last 30 days could be read."
                )
            return _collecting.collect(reader.collection(streamed_only=False), self._plan(here.test, sorted_already=False))

    def _plan(self, test: _here.Test | None, sorted_already: bool) -> _collecting.Plan:
        return _collecting.Plan(
            family=self._family,
            test=test,
            limit=self._limit,
            sort_by=None if sorted_already else self._sort,
            descending=self._descending,
            summary_only=self._options["summary_only"],
        )

    def _is_whole_collection(self) -> bool:
        """Tell whether nothing is selected, sorted or cut, so that the family's own resource answers in one request."""
        return all(
            self._options[option.name] in (option.default, None)
            for option in _session_options.options_of(self._family)
            if option.name not in _ABOUT_WHAT_IS_RETURNED
        )

    def _query(self, choice: _choice.Choice) -> tuple[_query.Query, bool]:
        """Return the query, and whether its pages come in the wanted order.

        Pages are cut by creation time, which does not change while they are read. Other fields have many equal values, whose
        order can differ from page to page: by them the server sorts only what fits into one page.
        """
        volatile = _selection.can_be_left(self._options, self._family)
        one_page = self._limit is not None and self._limit < self._page_size and choice.test is None
        many_pages = self._sort.name == "creation_time" and not volatile
        ordered = self._sort.filter is not None and self._sort.name not in _SORTED_HERE and (one_page or many_pages)
        query = _query.Query(
            type=self._family.uid_kind,
            filter=choice.filter,
            sort=self._sort.filter if ordered else self._family.sort_by_creation,
            descending=self._descending if ordered else True,
            # one more than the limit shows whether the limit cuts anything off
            page_size=(self._limit or 0) + 1 if one_page and ordered else self._page_size,
            volatile=volatile,
        )
        return query, ordered
