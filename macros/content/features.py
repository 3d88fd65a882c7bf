"""What the site does together with its reader; a region can leave out each of them."""

from __future__ import annotations

from pydantic import Field, StrictBool

from macros.content.base import Strict


class Features(Strict):
    """The parts of the site that work with the reader. The site is whole without any of them."""

    fill: StrictBool = Field(
        default=True,
        examples=[False],
        description="Fylle ut maler på nettstedet. Krever ingen server.",
    )
    run: StrictBool = Field(
        default=True,
        examples=[False],
        description="Kjøre workshoper og møter med klokke og notater.",
    )
    answers: StrictBool = Field(
        default=True,
        examples=[False],
        description="Vise svarene på undersøkelsene som tall, bilder og rapport.",
    )
    offline: StrictBool = Field(
        default=True, examples=[False], description="Lese håndboken uten nett."
    )
    project: StrictBool = Field(
        default=True,
        examples=[False],
        description="Siden Mitt prosjekt, med alt som er lagret i nettleseren.",
    )
