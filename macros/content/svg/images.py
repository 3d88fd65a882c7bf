"""Pictures within an SVG, and pictures that are the logo: read within limits, and made smaller."""

from __future__ import annotations

import base64
import binascii
import io
import re
import warnings
from typing import Any

from macros.content.svg.style import Unfit, outside

MAX_PIXELS = 12_000_000  # 4000 × 3000, which takes 48 MB to unpack
MAX_INSIDE = 600  # pixels a side of a picture within a drawing: a logo is shown small
_UNPACKED = (2400, 2400)
FORMATS = ("PNG", "JPEG", "WEBP", "GIF")
_DATA = re.compile(r"data:[a-z0-9/.+-]*(;[a-z0-9=-]+)*;base64,", re.I)


def embedded(address: str) -> str:
    """Return a picture within an SVG as PNG or JPEG, small, with no more than its pixels.

    Raises Unfit for one that is not within it, or that cannot be read.
    """
    head = _DATA.match(address)
    if not head:
        raise outside(address)
    if "svg" in head[0].lower():
        raise Unfit("har en annen SVG inni seg (data:image/svg+xml)")
    try:
        data = base64.b64decode(re.sub(r"\s", "", address[head.end() :]))
    except (binascii.Error, ValueError) as error:
        raise Unfit("har et innebygd bilde som ikke kan leses") from error
    try:
        image = opened(data)
    except Unfit as unfit:
        raise Unfit(f"har et innebygd bilde, som {unfit.found}", unfit.hint) from unfit
    image.thumbnail((MAX_INSIDE, MAX_INSIDE))
    out, photo = io.BytesIO(), image.mode == "RGB"
    image.save(out, "JPEG" if photo else "PNG", **({"quality": 90} if photo else {}))
    kind = "jpeg" if photo else "png"
    return f"data:image/{kind};base64,{base64.b64encode(out.getvalue()).decode()}"


def opened(data: bytes) -> Any:
    """Return a picture in RGB, or in RGBA where it is transparent, upright, in sRGB.

    Raises Unfit for one that cannot be read or that is too large to unpack.
    """
    from PIL import Image, ImageOps

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of sizes, which we judge ourselves
            image = Image.open(io.BytesIO(data), formats=FORMATS)
            if image.width * image.height > MAX_PIXELS:
                raise _large()
            # First made smaller, where its kind of pixels lets it, so that less is copied.
            if image.mode not in ("P", "PA", "1") and not image.mode.startswith("I"):
                image.thumbnail(_UNPACKED, reducing_gap=2)
            image = _plain_colours(image)
            image.thumbnail(_UNPACKED)
            upright = ImageOps.exif_transpose(image)
            upright.info = {}  # place, camera and profile stay with whoever took the picture
            return upright
    except Unfit:
        raise
    except Image.DecompressionBombError as error:
        raise _large() from error
    except (
        Exception
    ) as error:  # Pillow raises what its decoders raise; the reader needs one message
        raise Unfit(
            "kan ikke leses som PNG, JPEG eller WebP", "Lagre bildet på nytt som PNG."
        ) from error


def _large() -> Unfit:
    return Unfit(
        f"har mer enn {MAX_PIXELS // 1_000_000} millioner piksler",
        "Lagre bildet mindre. 2000 piksler bredt er mer enn nok.",
    )


def _plain_colours(image: Any) -> Any:
    from PIL import ImageCms

    if image.mode.startswith("I"):  # 16 bits of grey
        image = image.point(lambda value: value / 256).convert("L")
    clear = image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info
    profile = image.info.get("icc_profile")
    exif = image.getexif()
    if profile and image.mode in ("RGB", "CMYK", "L"):
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            image = ImageCms.profileToProfile(
                image, source, ImageCms.createProfile("sRGB"), outputMode="RGB"
            )
        except ImageCms.PyCMSError:  # a broken profile: the numbers as they stand
            pass
    image = image.convert("RGBA" if clear else "RGB")
    image.info = {"exif": exif.tobytes()} if exif else {}
    return image
