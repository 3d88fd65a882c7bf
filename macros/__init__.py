"""The handbook's Python. `define_env` is what mkdocs-macros calls (`modules: [macros]`)."""

from __future__ import annotations

from typing import Any


def define_env(env: Any) -> None:
    """Register the macros, and have pages read by our own reader of the code between braces.

    mkdocs-macros would run all of Jinja in a page: unsandboxed, with the site's configuration
    and the page's front matter as names.
    """
    # Imported here, so that `nvr check` and the pool's workers do not pay for it.
    from macros.pages.calls import page_macros, page_names
    from macros.pages.prose import filled_in
    from macros.pages.sandbox import Code

    plugin = env.conf.plugins["naeringsvennlig"]
    macros = page_macros(plugin.edition, plugin.components, lambda: env.page.url)
    for macro in macros.values():
        env.macro(macro)
    code = Code(macros, page_names(plugin.edition))

    def render(markdown: str, **_: object) -> str:
        return filled_in(code, markdown, env.page.file.src_uri)

    env.render = render
