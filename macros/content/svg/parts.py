"""What an SVG may consist of once it is a logo: elements, attributes and properties that draw.

The names are those of SVG 2 (W3C) and of Filter Effects, Masking and Compositing (W3C). What
stands in none of the sets is left out; what stands in `REFUSED` is a reason to refuse the file.
"""

from __future__ import annotations

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
XML = "http://www.w3.org/XML/1998/namespace"
XHTML = "http://www.w3.org/1999/xhtml"
XINCLUDE = "http://www.w3.org/2001/XInclude"


def _set(names: str) -> frozenset[str]:
    return frozenset(names.split())


FILTERS = _set(
    "feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting"
    " feDisplacementMap feDistantLight feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR"
    " feGaussianBlur feMerge feMergeNode feMorphology feOffset fePointLight"
    " feSpecularLighting feSpotLight feTile feTurbulence"
)
TEXTS = frozenset(("text", "tspan", "textPath"))
DRAWS = (
    _set(
        "svg g path rect circle ellipse line polyline polygon defs symbol use image"
        " linearGradient radialGradient stop clipPath mask pattern marker filter"
    )
    | TEXTS
    | FILTERS
)
# Drawn only where something refers to it.
NEVER_ALONE = _set("symbol linearGradient radialGradient clipPath mask pattern marker filter")
# What could run, or show something that is no drawing; a file with it was not made as a logo.
REFUSED = _set(
    "script handler listener foreignObject iframe embed object audio video canvas feImage"
)
ANIMATIONS = _set("animate set animateMotion animateTransform animateColor discard")

GEOMETRY = _set(
    "x y width height cx cy r rx ry x1 y1 x2 y2 d points pathLength viewBox preserveAspectRatio"
    " transform fx fy fr offset gradientUnits gradientTransform spreadMethod clipPathUnits"
    " maskUnits maskContentUnits patternUnits patternContentUnits patternTransform markerUnits"
    " markerWidth markerHeight refX refY orient filterUnits primitiveUnits dx dy rotate"
    " textLength lengthAdjust startOffset method spacing side in in2 result mode type values"
    " tableValues slope intercept amplitude exponent operator k1 k2 k3 k4 order kernelMatrix"
    " divisor bias targetX targetY edgeMode preserveAlpha surfaceScale diffuseConstant"
    " specularConstant specularExponent kernelUnitLength scale xChannelSelector yChannelSelector"
    " azimuth elevation pointsAtX pointsAtY pointsAtZ limitingConeAngle z stdDeviation radius"
    " baseFrequency numOctaves seed stitchTiles"
)
COLOURS = _set("fill stroke stop-color flood-color lighting-color color")
PROPERTIES = (
    _set(
        "fill-opacity fill-rule stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin"
        " stroke-miterlimit stroke-opacity stroke-width stop-opacity flood-opacity opacity display"
        " visibility overflow clip-path clip-rule mask mask-type filter marker-start marker-mid"
        " marker-end paint-order vector-effect shape-rendering color-interpolation"
        " color-interpolation-filters font-family font-size font-size-adjust font-stretch"
        " font-style font-variant font-weight letter-spacing word-spacing text-anchor"
        " text-decoration text-rendering dominant-baseline alignment-baseline baseline-shift"
        " direction unicode-bidi writing-mode text-orientation transform transform-origin"
        " image-rendering"
    )
    | COLOURS
)
# Geometry that a style sheet may give (SVG 2, 8.1); and what has no attribute of its own.
BOTH = _set("x y width height cx cy r rx ry d")
STYLE_ONLY = frozenset(("mix-blend-mode", "isolation"))
# Properties whose reference must be there: one that is not makes programs drop the shape.
MUST_EXIST = frozenset(("clip-path", "mask", "filter", "marker-start", "marker-mid", "marker-end"))
