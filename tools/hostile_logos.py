"""SVG files and pictures that mean harm: one or more of each kind of attack that is known.

They run a script, fetch, read a file, multiply themselves, or ask for more than a machine has. The
names say which; the tests and `make logos` see to it that none of them does anything.
"""

from __future__ import annotations

import base64
import io
import struct
import zlib

_HEAD = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
    'viewBox="0 0 100 100">'
)
_SHAPE = '<rect width="50" height="50" fill="#004f71"/>'
_WEB = "https://example.org/x"


def hostile_logos() -> dict[str, bytes]:
    """Return the files by name."""
    texts = {**_scripts(), **_fetching(), **_styles(), **_multiplying(), **_sizes(), **_numbers()}
    whole = {name: f"{_HEAD}{inside}{_SHAPE}</svg>".encode() for name, inside in texts.items()}
    return whole | _documents() | _encodings() | _pictures()


def _scripts() -> dict[str, str]:
    run = "alert(document.domain)"
    return {
        "script": f"<script>{run}</script>",
        "script-cdata": f"<script><![CDATA[{run}]]></script>",
        "script-href": f'<script href="{_WEB}.js"/>',
        "script-prefixed": f'<s:script xmlns:s="http://www.w3.org/2000/svg">{run}</s:script>',
        "script-in-metadata": f"<metadata><script>{run}</script></metadata>",
        "script-in-unknown": f'<x:y xmlns:x="http://example.org/"><script>{run}</script></x:y>',
        "script-in-defs": f"<defs><g><script>{run}</script></g></defs>",
        "script-html": f'<h:script xmlns:h="http://www.w3.org/1999/xhtml">{run}</h:script>',
        "img-html": '<img xmlns="http://www.w3.org/1999/xhtml" src="x" onerror="alert(1)"/>',
        "iframe": '<iframe xmlns="http://www.w3.org/1999/xhtml" src="javascript:alert(1)"/>',
        "foreign-object": '<foreignObject width="9" height="9"><body xmlns="http://www.w3.org/1999/'
        'xhtml"><script>alert(1)</script></body></foreignObject>',
        "foreign-object-in-switch": "<switch><foreignObject><p xmlns='http://www.w3.org/1999/xhtml'"
        ">x</p></foreignObject></switch>",
        "onload": '<g onload="alert(1)"/>',
        "onclick-upper": '<path d="M0 0h1" ONCLICK="alert(1)"/>',
        "onbegin": '<animate attributeName="x" onbegin="alert(1)" dur="1s"/>',
        "link-javascript": '<a href="javascript:alert(1)"><path d="M0 0h9"/></a>',
        "link-javascript-hidden": '<a xlink:href="&#106;avascript:alert(1)"><path d="M0 0h9"/></a>',
        "link-data": '<a href="data:text/html,&lt;script>alert(1)&lt;/script>"/>',
        "animate-href": '<a><animate attributeName="href" values="javascript:alert(1)"/></a>',
        "set-href": '<use href="#a"><set attributeName="xlink:href" to="data:,x"/></use>',
        "set-handler": '<set attributeName="onclick" to="alert(1)"/>',
        "handler": '<handler type="application/ecmascript" event="load">alert(1)</handler>',
    }


def _fetching() -> dict[str, str]:
    nested = base64.b64encode(f"{_HEAD}<script>alert(1)</script></svg>".encode()).decode()
    return {
        "image-web": f'<image href="{_WEB}.png" width="9" height="9"/>',
        "image-file": '<image xlink:href="file:///etc/passwd" width="9" height="9"/>',
        "image-relative": '<image href="../region.yml" width="9" height="9"/>',
        "image-protocol-relative": '<image href="//example.org/x.png" width="9" height="9"/>',
        "image-svg": f'<image href="data:image/svg+xml;base64,{nested}" width="9" height="9"/>',
        "image-svg-as-png": f'<image href="data:image/png;base64,{nested}" width="9" height="9"/>',
        "image-broken": '<image href="data:image/png;base64,AA" width="9" height="9"/>',
        "use-web": f'<use href="{_WEB}.svg#a"/>',
        "use-file": '<use xlink:href="file:///etc/passwd#a"/>',
        "use-data": f'<use href="data:image/svg+xml;base64,{nested}#a"/>',
        "gradient-web": f'<pattern id="a" href="{_WEB}#b"/><path d="M0 0h9" fill="url(#a)"/>',
        "fill-web": f'<path d="M0 0h9v9" fill="url({_WEB}#a)"/>',
        "filter-web": f'<path d="M0 0h9v9" filter="url(\'{_WEB}#a\')"/>',
        "mask-web": f'<g style="mask:url({_WEB}#a)"><path d="M0 0h9v9"/></g>',
        "fe-image": f'<filter id="a"><feImage href="{_WEB}.png"/></filter><g filter="url(#a)"/>',
        "text-path-web": f"<text><textPath href='{_WEB}#a'>x</textPath></text>",
        "xinclude": '<x:include xmlns:x="http://www.w3.org/2001/XInclude" href="/etc/passwd"/>',
        "audio": f'<audio xmlns="http://www.w3.org/1999/xhtml" src="{_WEB}" autoplay="1"/>',
    }


def _styles() -> dict[str, str]:
    path = '<path d="M0 0h9v9" class="a"/>'
    sheets = {
        "import": f"@import '{_WEB}.css';",
        "import-escaped": "@im\\70 ort 'https://example.org/x.css';",
        "font-face": f"@font-face{{font-family:a;src:url({_WEB}.woff)}}",
        "url": f".a{{fill:url({_WEB})}}",
        "url-quoted": f".a{{background:url( '{_WEB}' )}}",
        "url-escaped": ".a{fill:u\\72l(//example.org/x)}",
        "url-in-comment": f".a{{fill:url(/**/{_WEB})}}",
        "url-in-media": f"@media all{{.a{{fill:url({_WEB})}}}}",
        "url-in-variable": f".a{{--x:url({_WEB});fill:var(--x)}}",
        "image-set": f".a{{mask:image-set('{_WEB}.png' 1x)}}",
        "src": f".a{{mask:src('{_WEB}.png')}}",
        "expression": ".a{width:expression(alert(1))}",
        "binding": f".a{{-moz-binding:url({_WEB}#x)}}",
        "breaks-out": "</style><script>alert(1)</script><style>",
        "many-rules": "".join(f".a:not(.b{at}) path{{fill:red}}" for at in range(9000)),
        "variables-double": "svg{--a0:1;"
        + "".join(f"--a{n + 1}:var(--a{n})var(--a{n});" for n in range(60))
        + "}.a{fill:var(--a60)}",
        "variables-in-a-ring": "svg{--a:var(--b);--b:var(--a)}.a{fill:var(--a)}",
    }
    found = {f"style-{name}": f"<style>{sheet}</style>{path}" for name, sheet in sheets.items()}
    found["style-attribute"] = f'<path d="M0 0h9v9" style="fill:u\\72l({_WEB})"/>'
    return found


def _multiplying() -> dict[str, str]:
    def tens(name: str) -> str:
        levels = [f'<g id="{name}0">{_SHAPE}</g>']
        for level in range(9):
            uses = f'<use href="#{name}{level}"/>' * 10
            levels.append(f'<g id="{name}{level + 1}">{uses}</g>')
        return f'<defs>{"".join(levels)}</defs><use href="#{name}9"/>'

    def chain(element: str, count: int, inside: str = "") -> str:
        links = (
            f'<{element} id="c{n}" href="#c{n + 1}">{inside}</{element}>' for n in range(count)
        )
        return "".join(links) + '<path d="M0 0h50v50" fill="url(#c0)"/>'

    def nested(element: str, use: str, count: int) -> str:
        links = (
            f'<{element} id="n{n}" width="9" height="9"><rect width="9" height="9" '
            f'{use}="url(#n{n + 1})"/></{element}>'
            for n in range(count)
        )
        return "".join(links) + f'<rect width="90" height="90" {use}="url(#n0)"/>'

    blur = '<feGaussianBlur stdDeviation="9"/>' * 4
    return {
        "use-bomb": tens("a"),
        "use-in-itself": '<g id="a"><use href="#a"/></g>',
        "use-in-a-ring": '<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>',
        "gradients-2500": chain("linearGradient", 2500),
        "gradients-in-a-ring": '<radialGradient id="a" href="#b"/>'
        '<radialGradient id="b" href="#a"/><path d="M0 0h9v9" fill="url(#a)"/>',
        "patterns-2500": chain("pattern", 2500),
        "pattern-in-itself": '<pattern id="a" width="1" height="1"><rect width="1" height="1" '
        'fill="url(#a)"/></pattern><rect width="90" height="90" fill="url(#a)"/>',
        "patterns-nested": nested("pattern", "fill", 400),
        "masks-nested": nested("mask", "mask", 400),
        "clips-nested": nested("clipPath", "clip-path", 400),
        "clips-of-many": '<clipPath id="a">' + _SHAPE * 500 + "</clipPath>"
        + f'<g clip-path="url(#a)">{_SHAPE}</g>' * 500,
        "filters": f'<filter id="a">{blur}</filter>'
        + f'<g filter="url(#a)">{_SHAPE}</g>' * 4000,
        "filters-nested": '<filter id="a"><feGaussianBlur stdDeviation="50"/></filter>'
        + '<g filter="url(#a)">' * 60 + _SHAPE + "</g>" * 60,
        "markers": '<marker id="a" markerWidth="9" markerHeight="9">' + _SHAPE * 500 + "</marker>"
        + f'<path marker-mid="url(#a)" d="M0 0{"l1 1" * 20_000}"/>',
        "deep": "<g>" * 5000 + "</g>" * 5000,
        "deep-250": "<g>" * 240 + _SHAPE + "</g>" * 240,
        "groups-of-opacity": '<g opacity=".9">' * 70 + _SHAPE + "</g>" * 70,
        "wide": "<g/>" * 300_000,
        "pattern-of-dust": '<pattern id="a" width=".00001" height=".00001">' + _SHAPE
        + '</pattern><rect width="100" height="100" fill="url(#a)"/>',
        "dashes": '<path d="M0 0h1e6" stroke="red" stroke-dasharray=".00001"/>',
    }  # fmt: skip


def _sizes() -> dict[str, str]:
    box = (
        '<filter id="a" x="-1e9" y="-1e9" width="1e18" height="1e18" filterUnits="userSpaceOnUse">'
    )
    use = '<rect width="9" height="9" filter="url(#a)"/>'
    return {
        "font-size": '<text font-size="1e9">x</text>',
        "text-many": "<text>" + "x" * 400_000 + "</text>",
        "stroke-width": '<path d="M0 0h9" stroke="red" stroke-width="1e30"/>',
        "blur": f'{box}<feGaussianBlur stdDeviation="1e9"/></filter>{use}',
        "morphology": f'<filter id="a"><feMorphology radius="1e6"/></filter>{use}',
        "turbulence": f'{box}<feTurbulence numOctaves="1000000000"/></filter>{use}',
        "convolve": '<filter id="a"><feConvolveMatrix order="1000" kernelMatrix="'
        + "1 " * 1_000_000 + f'"/></filter>{use}',
        "path-long": f'<path d="M0 0{"l1 1" * 900_000}"/>',
        "path-far": '<path d="M-1e38 -1e38L1e38 1e38L1e38 0z"/>',
        "transform": '<g transform="scale(1e30)"><rect width="1e30" height="1e30"/></g>',
        "nested-svg": '<svg width="1e30" viewBox="0 0 1e-30 1"><path d="M0 0h9"/></svg>',
    }  # fmt: skip


def _numbers() -> dict[str, str]:
    return {
        "not-numbers": '<rect width="NaN" height="abc%"/><circle r="-5"/><path d="M"/>'
        '<polygon points="1,2,3"/><path transform="rotate()" d="M0 0h9"/>',
        "bad-colours": '<path d="M0 0h9v9" fill="rgb(1e999,nan,0)" stroke="color(x 1 2 3)"/>',
    }


def _documents() -> dict[str, bytes]:
    def with_type(subset: str, inside: str) -> bytes:
        return f"<!DOCTYPE svg [{subset}]>{_HEAD}<title>{inside}</title>{_SHAPE}</svg>".encode()

    laughs = '<!ENTITY a0 "ha">' + "".join(
        f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(12)
    )
    boxes = {
        "box-huge": 'viewBox="0 0 1e30 1e30"',
        "box-not-numbers": 'viewBox="0 0 nan inf"',
        "box-empty": 'viewBox="0 0 0 0"',
        "box-thin": 'viewBox="0 0 100000 1"',
        "size-huge": 'width="1e30" height="1e30"',
        "size-million": 'width="999999" height="999999"',
    }
    svg = '<svg xmlns="http://www.w3.org/2000/svg" {}>' + _SHAPE + "</svg>"
    return {
        "entity-file": with_type('<!ENTITY a SYSTEM "file:///etc/passwd">', "&a;"),
        "entity-web": with_type(f'<!ENTITY a SYSTEM "{_WEB}">', "&a;"),
        "entity-parameter": with_type(f'<!ENTITY % a SYSTEM "{_WEB}.dtd">%a;', "x"),
        "entity-laughs": with_type(laughs, "&a12;"),
        "entity-laughs-unused": with_type(laughs, "x"),
        "entity-long": with_type(f'<!ENTITY a "{"x" * 100_000}">', "&a;" * 100_000),
        "entity-markup": with_type('<!ENTITY a "<script>alert(1)</script>">', "&a;"),
        "doctype-defaults": with_type('<!ATTLIST svg onload CDATA "alert(1)">', "x"),
        "doctype-web": f'<!DOCTYPE svg SYSTEM "{_WEB}.dtd">{_HEAD}{_SHAPE}</svg>'.encode(),
        "sheet-web": f'<?xml-stylesheet href="{_WEB}.css"?>{_HEAD}{_SHAPE}</svg>'.encode(),
        "sheet-xslt": f'<?xml-stylesheet type="text/xsl" href="#a"?>{_HEAD}{_SHAPE}</svg>'.encode(),
        "php": f"<?php system('id'); ?>{_HEAD}{_SHAPE}</svg>".encode(),
        "root-onload": svg.format('onload="alert(1)"').encode(),
        "html": b"<html><script>alert(1)</script></html>",
        "half": f"{_HEAD}{_SHAPE}".encode(),
        "empty": b"",
        **{name: svg.format(box).encode() for name, box in boxes.items()},
    }


def _encodings() -> dict[str, bytes]:
    script = f"{_HEAD}<script>alert(1)</script>{_SHAPE}</svg>"
    seven = '<?xml version="1.0" encoding="UTF-7"?>' + script.replace("<script", "+ADw-script")
    return {
        **{f"script-{name}": script.encode(name) for name in ("utf-16", "utf-16-le", "utf-32")},
        "script-utf-7": seven.encode(),
        "svgz": zlib.compress(b"0" * 10_000_000, wbits=31),
        "null": script.replace("script", "scr\0ipt").encode(),
    }


def _pictures() -> dict[str, bytes]:
    from PIL import Image

    good = io.BytesIO()
    Image.new("RGB", (40, 20), "#004f71").save(good, "PNG")
    return {
        "png-bomb": png(60_000, 60_000),
        "png-wide": png(2_000_000_000, 1),
        "png-cut": good.getvalue()[:60],
        "png-and-script": good.getvalue() + b"<script>alert(1)</script>",
        "gif": b"GIF89a<script>alert(1)</script>",
        "noise": bytes(range(256)) * 40,
    }


def png(width: int, height: int) -> bytes:
    """Return a PNG in one colour, which is small on disk however large it is."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + check

    head = struct.pack(">2I5B", width, height, 1, 0, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\0" * ((width + 7) // 8)) * min(height, 5000), 9)
    start = b"\x89PNG\r\n\x1a\n"
    return start + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
