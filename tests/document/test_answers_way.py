"""Whoever is where answers are gathered or used is led to where they become figures."""

from __future__ import annotations

import dataclasses

from lxml import html

from macros.content.survey import Survey
from macros.content.template import Template
from macros.document.address import address
from macros.document.edition import Edition
from macros.document.steps import step_pages
from macros.writers.page import PageWriter
from tests import real


def ways(edition: Edition) -> dict[str, str]:
    """Return where each page that leads to the answers leads, by the page's address."""
    items = [*edition.handbook.all(Survey), *edition.handbook.all(Template)]
    pages = {
        address(item.kind, item.id): PageWriter(edition, address(item.kind, item.id)).item(
            [item.kind], item.id
        )
        for item in items
    } | {
        page.address: PageWriter(edition, page.address).step(page.phase.id, page.step.id)
        for page in step_pages(edition)
    }
    found = {}
    for where, page in pages.items():
        links = html.fromstring(str(page)).xpath("//header//a[contains(@href, '../svar/')]/@href")
        if links:
            found[where] = links[0]
    return found


def test_the_pages_about_answers_lead_to_where_they_are_shown() -> None:
    edition = real.edition()
    found = ways(edition)
    for survey in edition.handbook.all(Survey):
        assert found[f"undersokelser/{survey.id}/"] == f"../../svar/#{survey.id}"
    assert found["maler/kunnskapsgrunnlag/"] == "../../svar/"
    for step in ("forstudie/undersokelser", "forstudie/tolkning", "forprosjekt/analyse"):
        assert found[f"faser/{step}/"] == "../../../svar/"
    assert not {"maler/mandat/", "faser/forstudie/oppstart/"} & found.keys()


def test_where_answers_are_left_out_nothing_leads_to_them() -> None:
    edition = real.edition()
    features = edition.region.features.model_copy(update={"answers": False})
    region = edition.region.model_copy(update={"features": features})
    assert ways(dataclasses.replace(edition, region=region)) == {}
