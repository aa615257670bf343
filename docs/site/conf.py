# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How Sphinx makes the site (`make docs-site`): in the theme of Ansible's own documentation, and without a network."""

from __future__ import annotations

import re
from typing import Any

from docutils import nodes

project = "backupops.veeam_em"
author = "The backupops.veeam_em authors"
project_copyright = f"2026 {author}"
title = html_short_title = "Veeam backup sessions in Ansible"

extensions = ["sphinx_antsibull_ext"]
highlight_language = "text"
html_theme = "sphinx_ansible_theme"
html_theme_options = {
    "documentation_home_url": "index.html",
    "topbar_links": {"Source": "https://github.com/backupops/veeam_em"},
}
html_static_path = ["static"]
html_css_files = ["site.css"]
html_show_sourcelink = False
html_show_sphinx = False

ANSIBLE = "https://docs.ansible.com/ansible/latest"
BUILTIN = re.compile(r"ansible_collections\.ansible\.builtin\.(?P<page>\w+_(?:filter|lookup|module|test))(?:__.*)?")
PAGES = {
    "ansible_configuration_settings": "reference_appendices/config.html#ansible-configuration-settings",
    "common_return_values": "reference_appendices/common_return_values.html#common-return-values",
}


def address_at_ansible(label: str) -> str | None:
    """Return where Ansible's documentation has what a label names; None for a label that is not Ansible's.

    Sphinx would otherwise fetch an inventory of all that is there, which needs a network.
    """
    builtin = BUILTIN.fullmatch(label)
    page = f"collections/ansible/builtin/{builtin['page']}.html" if builtin else PAGES.get(label)
    return page and f"{ANSIBLE}/{page}"


def refer_to_ansible(dummy: Any, dummy_environment: Any, node: nodes.Element, content: nodes.Element) -> nodes.Node | None:
    """Turn a reference that this site has no page for into a link; None leaves it to Sphinx to complain."""
    address = address_at_ansible(node["reftarget"])
    return nodes.reference("", "", content, internal=False, refuri=address) if address else None


def setup(app: Any) -> dict[str, bool]:
    """Called by Sphinx."""
    app.connect("missing-reference", refer_to_ansible)
    return {"parallel_read_safe": True}
