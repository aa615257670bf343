# Copyright (c) 2026 The backupops.veeam_em authors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

"""What the options of a task choose among the sessions of one family: the server's part of it and ours.

PRIVATE to the collection: everything here may change without notice.
"""

from __future__ import annotations

import typing as t

from ansible_collections.backupops.veeam_em.plugins.module_utils import _errors, _family, _here, _query, _selection


class Choice(t.NamedTuple):
    """A filter for the server, and a test for what the server cannot select by; None where there is nothing to select."""

    filter: str | None
    test: _here.Test | None


def choose(
    options: _selection.Options, family: _family.Family, now: float, more: t.Iterable[_query.Condition] = (), here: bool = False
) -> Choice:
    """Return what the options choose. now: the server's clock. more: conditions besides those of the options.

    here: the server is not to select anything. Raises BadRequest for a wrong option.
    """
    terms, tests = divided((*_selection.conditions_of(options, family, now), *more), family, here)
    raw = options.get("filter")
    if raw and not family.has_query:
        raise _errors.BadRequest(
            f"The option filter cannot select {family.titles}: EM has no query for them. Use the other options."
        )
    if raw:
        terms.append(_query.raw_filter(raw))
    return Choice(_query.all_of(terms), _here.all_tests([*tests, _selection.match_test(options.get("match"), family)]))


def choose_without_query(
    refusal: _errors.PermissionDenied, options: _selection.Options, family: _family.Family, now: float
) -> Choice:
    """Return what the options choose among the family's collection, after EM has refused the query to the account.

    Raises the refusal where the collection is no way out: it is refused as well, or only the server knows what the options mean.
    """
    if options.get("filter") or not family.open_collection:
        raise refusal
    return choose(options, family, now, here=True)


def divided(
    conditions: t.Iterable[_query.Condition], family: _family.Family, here: bool = False
) -> tuple[list[str], list[_here.Test]]:
    """Return the terms of a server's filter and the tests that conditions amount to, with what makes the family."""
    terms: list[str] = []
    tests: list[_here.Test] = []
    for condition in (*_implied(family), *conditions):
        field = family.selector(condition.field)
        if field is None:
            raise _errors.BadRequest(f"The option {condition.field} cannot select {family.titles}: they have no such field.")
        if field.filter and not here:
            terms.append(_query.comparison(field.filter, condition.operator, condition.values))
        else:
            tests.append(_here.condition_test(condition, field))
    return terms, tests


def _implied(family: _family.Family) -> list[_query.Condition]:
    """Return what makes the family, where its query selects other sessions as well."""
    return [_query.Condition("job_type", "==", family.types)] if family.types else []
