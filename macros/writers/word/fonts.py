"""The font table: what a program may put in place of a font that it lacks."""

from __future__ import annotations

from macros.writers.word.xml import NAMESPACE


def fonts(own: str, *region: str) -> str:
    """Return `fontTable.xml`: what a program may put in place of a font that it lacks.

    A region's font gives way to ours, `own`, and that one to a font of the same widths.
    """
    chain = {name: own for name in region if name != own} | {own: "Carlito"}
    entries = "".join(_font(name, instead) for name, instead in chain.items())
    return f'<w:fonts xmlns:w="{NAMESPACE}">{entries}</w:fonts>'


def _font(name: str, instead: str) -> str:
    # The classification belongs to our own font: of the region's nothing is known but its name.
    panose = '<w:panose1 w:val="020F0502020204030204"/>' if instead == "Carlito" else ""
    return (
        f'<w:font w:name="{name}"><w:altName w:val="{instead}"/>{panose}<w:charset w:val="00"/>'
        '<w:family w:val="swiss"/><w:pitch w:val="variable"/></w:font>'
    )
