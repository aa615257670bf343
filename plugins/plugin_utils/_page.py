# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The report as a page.

PRIVATE to the collection: everything here may change without notice.
"""

from __future__ import annotations

import typing as t

import jinja2

from ansible_collections.backupops.veeam_em.plugins.plugin_utils import _ages


def page_of(report: t.Mapping[str, t.Any], template: str) -> str:
    """Return the page that a template of Jinja makes of a report. Whatever is put into it is escaped.

    Raises jinja2.TemplateError for a template that is none.
    """
    environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.filters.update(spoken=_ages.spoken, moment=_moment)
    return environment.from_string(template).render(report=report)


def _moment(text: str | None) -> str:
    """Return a time as people read it in a table, still UTC."""
    return text[:16].replace("T", " ") if text else "-"
