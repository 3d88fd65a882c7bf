"""The handbook's Python. `define_env` is what mkdocs-macros calls (`modules: [macros]`)."""

from __future__ import annotations

from typing import Any


def define_env(env: Any) -> None:
    """Have pages read by our own reader of the code between braces.

    mkdocs-macros would run all of Jinja in a page: unsandboxed, with the site's configuration
    and the page's front matter as names.
    """
    fill = env.conf.plugins["naeringsvennlig"].prepared.filler(lambda: env.page.url)

    def render(markdown: str, **_: object) -> str:
        return str(fill(markdown, env.page.file.src_uri))

    env.render = render
