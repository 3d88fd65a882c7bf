"""Composers for guides: interview, meeting, workshop."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from macros.content.base import FollowUp, Mistake, Participant, Preparation, Privacy
from macros.content.guides import Interview, Meeting, Pace, ShortForm, Worksheet, Workshop
from macros.content.handbook import download_name
from macros.content.rich import Paragraph, Run
from macros.content.template import Template
from macros.document import blocks as b
from macros.document.edition import Edition, Writing, length
from macros.document.formats import CARD, CARD_AND_SLIDES, FORM, INVITATION, file_name
from macros.document.forms import asked_points, form_fields
from macros.document.invitation import compose_invitation
from macros.document.parts import (
    anchor,
    document,
    guide_facts,
    in_order,
    labels,
    part,
    points,
    prepare_fact,
    related,
    result_fact,
)

# What the cover of an interview asks for. No name of the one interviewed: notes go by a number,
# and the list of names is kept apart (GDPR article 5 no. 1 c, data minimisation).
INTERVIEW_REGISTER = (
    "case_number",
    "interview_number",
    "date",
    "place",
    "interviewer",
    "informed",
    "consent",
)


def compose_interview(edition: Edition, item: Interview) -> b.Document:
    """Return the document of an interview guide."""
    w = Writing(edition, item)
    number = f"{item.interviewees.min}–{item.interviewees.max}"
    count = w.fact("count", w.words("interview.count", n=number))
    prepare = prepare_fact(w, "preparation", [entry.days_before for entry in item.preparation])
    facts = guide_facts(w, item, length(w.words, item.minutes), count, prepare)
    sections = (
        part(w, "purpose", w.rich(item.purpose)),
        *in_order(w),
        part(w, "interviewees", w.rich(item.interviewees.who)),
        part(w, "preparation", (_preparation(w, item.preparation),)),
        part(w, "invitation", (letter(w, item.invitation.subject, w.rich(item.invitation.body)),)),
        part(w, "privacy", privacy_sections(w, item.privacy)),
        part(w, "conversation", _conversation(w, item)),
        part(w, "afterwards", (_follow_up(w, item.afterwards),)),
        part(w, "mistakes", (mistakes(w, item.mistakes),)),
        related(w, item.related),
    )
    register = labels(w, ((key, "") for key in INTERVIEW_REGISTER))
    return document(w, item, facts, sections, item.phases, register=register, formats=FORM)


def _conversation(w: Writing, item: Interview) -> tuple[b.Block, ...]:
    found: list[b.Block] = []
    number = 0
    opening = b.Callout("script", w.words("script.say"), w.rich(item.opening.text))
    found.append(
        _timed(w, anchor("opening"), w.words("section.opening"), item.opening.minutes, (opening,))
    )
    for index, section in enumerate(item.sections, start=1):
        questions: list[b.Block] = []
        for question in section.questions:
            number += 1
            questions.append(
                b.Question(
                    number,
                    w.text(question.question),
                    w.text(question.why),
                    w.texts(question.follow_ups),
                    question.lines,
                )
            )
        title = w.text(section.title)
        found.append(_timed(w, f"tema-{index}", title, section.minutes, tuple(questions)))
    closing = b.Callout("script", w.words("script.say"), w.rich(item.closing.text))
    found.append(
        _timed(w, anchor("closing"), w.words("section.closing"), item.closing.minutes, (closing,))
    )
    return tuple(found)


def _timed(w: Writing, key: str, title: str, minutes: int, inner: tuple[b.Block, ...]) -> b.Section:
    label = f"{title} ({w.words('minutes', n=minutes)})"
    return b.Section(key, label, inner)


def compose_meeting(edition: Edition, item: Meeting) -> b.Document:
    """Return the document of a meeting guide."""
    w = Writing(edition, item)
    groups = w.fact("people", w.words("people.groups", n=len(item.participants)))
    more = (
        prepare_fact(w, "papers", [paper.days_before for paper in item.papers]),
        result_fact(w, "meeting_result", item.result),
    )
    facts = guide_facts(w, item, length(w.words, item.minutes), groups, *more)
    rows: list[b.AgendaRow] = []
    start = 0
    for entry in item.agenda:
        parts = (
            (w.words("agenda.how"), w.rich(entry.how)),
            (w.words("agenda.result"), w.cell(entry.result)),
        )
        rows.append(
            b.AgendaRow(start, entry.minutes, w.text(entry.title), w.text(entry.lead), parts)
        )
        start += entry.minutes
    decisions = tuple(
        letter(w, decision.title, w.rich(decision.draft)) for decision in item.decisions
    )
    variants = (
        b.Section(anchor("digital"), w.words("section.digital"), w.rich(item.variants.digital)),
        b.Section(anchor("short"), w.words("section.short"), w.rich(item.variants.short)),
    )
    sections = (
        part(w, "purpose", w.rich(item.purpose)),
        *in_order(w),
        part(w, "meeting_result", (points(w, item.result),)),
        part(w, "participants", (_participants(w, item.participants),)),
        part(w, "papers", (_papers(w, item),)),
        part(w, "agenda", (b.Agenda(tuple(rows), item.minutes),)),
        part(w, "decisions", decisions),
        _record(w, item),
        part(w, "follow_up", (_follow_up(w, item.follow_up),)),
        part(w, "variants", variants),
        part(w, "mistakes", (mistakes(w, item.mistakes),)),
        related(w, item.related),
    )
    formats = CARD_AND_SLIDES if item.slides else CARD
    formats = (*formats, INVITATION) if compose_invitation(edition, item) else formats
    return document(w, item, facts, sections, item.phases, formats=formats)


def _record(w: Writing, item: Meeting) -> b.Section:
    """Return the form of the minutes; on paper, what they must say and where the form is."""
    fields = form_fields(w, item.record)
    word = Run(w.words("record.word"), target=f"file/{file_name(download_name(item), 'docx')}")
    runs = [Run(f"{w.words('record.form')} "), word, Run(f" {w.words('record.page')} ")]
    for template in w.edition.handbook.all(Template):
        if template.run_record:
            runs += [Run(f"{w.words('record.template')} "), w.link("template", template.id)]
            runs.append(Run(". "))
    runs.append(Run(w.words("record.tick")))
    printed = (Paragraph(tuple(runs)), asked_points(anchor("record"), fields, w.words))
    return dataclasses.replace(part(w, "record", fields), printed=printed)


def compose_workshop(edition: Edition, item: Workshop) -> b.Document:
    """Return the document of a workshop guide."""
    w = Writing(edition, item)
    size = w.words("people.range", min=item.group.min, max=item.group.max)
    people = w.fact("people", size)
    more = (
        prepare_fact(w, "preparation", [entry.days_before for entry in item.preparation]),
        result_fact(w, "workshop_result", item.result),
    )
    facts = guide_facts(w, item, length(w.words, item.minutes), people, *more)
    fits = (
        b.Section(anchor("fits"), w.words("section.fits"), (points(w, item.fits),)),
        b.Section(anchor("avoid"), w.words("section.avoid"), (points(w, item.avoid),)),
    )
    room = (*w.rich(item.room), points(w, item.materials))
    sections = (
        part(w, "purpose", w.rich(item.purpose)),
        *in_order(w),
        part(w, "workshop_result", (points(w, item.result),)),
        part(w, "when", fits),
        part(w, "participants", (_participants(w, item.participants),)),
        part(w, "room", room),
        part(w, "preparation", (_preparation(w, item.preparation),)),
        part(w, "run_sheet", (_run_sheet(w, item),)),
        part(w, "facilitation", (points(w, item.facilitation),)),
        *_short_forms(w, item.short),
        part(w, "digital", w.rich(item.digital)),
        part(w, "documentation", w.rich(item.documentation)),
        part(w, "follow_up", (_follow_up(w, item.follow_up),)),
        related(w, item.related),
        part(w, "worksheets", tuple(_worksheet(w, sheet) for sheet in item.worksheets)),
    )
    return document(w, item, facts, sections, item.phases, formats=CARD_AND_SLIDES)


def _run_sheet(w: Writing, item: Workshop) -> b.Agenda:
    sheets = {sheet.id: w.text(sheet.title) for sheet in item.worksheets}
    rows: list[b.AgendaRow] = []
    start = 0
    for activity in item.run_sheet:
        parts = [
            (w.words("agenda.say"), w.rich(activity.say)),
            (w.words("agenda.how"), w.rich(activity.method)),
            (w.words("agenda.result"), w.cell(activity.output)),
        ]
        if activity.pace:
            parts.append((w.words("agenda.pace"), w.cell(_pace(w, activity.pace, item.group.max))))
        if activity.handout:
            target = f"{item.kind}/{item.id}#ark-{activity.handout}"
            sheet = (Paragraph((Run(sheets[activity.handout], target=target),)),)
            parts.append((w.words("agenda.handout"), sheet))
        rows.append(b.AgendaRow(start, activity.minutes, w.text(activity.title), "", tuple(parts)))
        start += activity.minutes
    return b.Agenda(tuple(rows), item.minutes)


def _pace(w: Writing, pace: Pace, people: int) -> str:
    """Return how the time of an activity grows, and how many it holds for."""
    share = float(pace.per_person or pace.per_group or 0)
    each = (
        w.words("minutes", n=round(share))
        if share.is_integer()
        else w.words("seconds", n=round(share * 60))
    )
    turn = w.words("pace.person" if pace.per_person else "pace.group", each=each, n=pace.group_of)
    fixed = w.words("pace.fixed", each=w.words("minutes", n=pace.fixed)) if pace.fixed else ""
    return " ".join(filter(None, (fixed, turn, w.words("pace.holds", n=people))))


def _short_forms(w: Writing, forms: Sequence[ShortForm]) -> tuple[b.Section, ...]:
    """Return the section of shorter ways to hold a workshop; none when it has none."""
    if not forms:
        return ()
    inner = tuple(
        b.Section(
            f"{anchor('short_forms')}-{form.minutes}",
            f"{w.text(form.title)} ({w.words('minutes', n=form.minutes)})",
            (
                Paragraph(
                    (Run(w.words("short_form.fits"), strong=True), Run(f" {w.text(form.fits)}"))
                ),
                Paragraph(
                    (Run(w.words("short_form.lacks"), strong=True), Run(f" {w.text(form.lacks)}"))
                ),
                _short_steps(w, form),
            ),
        )
        for form in forms
    )
    return (part(w, "short_forms", inner),)


def _short_steps(w: Writing, form: ShortForm) -> b.Table:
    rows = tuple(
        (w.cell(f"{step.title} ({w.words('minutes', n=step.minutes)})"), w.rich(step.how))
        for step in form.steps
    )
    header = (w.words("table.step"), w.words("agenda.how"))
    return b.Table(w.text(form.title), header, rows)


def _worksheet(w: Writing, sheet: Worksheet) -> b.Section:
    fields = form_fields(w, sheet.fields, prefix=f"{sheet.id}-")
    inner = (*w.rich(sheet.instruction), *fields)
    title = f"{w.text(sheet.title)} ({sheet.paper})"
    return b.Section(f"ark-{sheet.id}", title, inner, new_page=True, paper=sheet.paper)


def _participants(w: Writing, participants: Sequence[Participant]) -> b.Table:
    rows = []
    for participant in participants:
        who = Run(
            w.text(participant.who), target=f"role/{participant.role}" if participant.role else ""
        )
        rows.append(((Paragraph((who,)),), w.cell(participant.why)))
    header = (w.words("table.who"), w.words("table.why"))
    return b.Table(w.words("section.participants"), header, tuple(rows))


def _days(w: Writing, key: str, days: int) -> str:
    text = w.words(key, n=days) if days else w.words("same_day")
    return text.replace(" ", "\u00a0")  # on one line in the narrow column that it stands in


def _preparation(w: Writing, preparation: Sequence[Preparation]) -> b.Table:
    rows = tuple(
        (w.cell(_days(w, "days_before", entry.days_before)), w.rich(entry.text))
        for entry in sorted(preparation, key=lambda entry: -entry.days_before)
    )
    header = (w.words("table.when"), w.words("table.what"))
    return b.Table(w.words("section.preparation"), header, rows)


def _papers(w: Writing, item: Meeting) -> b.Table:
    rows = []
    for paper in sorted(item.papers, key=lambda paper: -paper.days_before):
        target = f"template/{paper.template}" if paper.template else ""
        title = Run(w.text(paper.title), target=target)
        when = w.cell(_days(w, "days_before", paper.days_before))
        rows.append(((Paragraph((title,)),), when))
    header = (w.words("table.paper"), w.words("table.sent"))
    return b.Table(w.words("section.papers"), header, tuple(rows))


def _follow_up(w: Writing, follow_up: Sequence[FollowUp]) -> b.Table:
    rows = tuple(
        (
            w.cell(_days(w, "days_after", entry.days_after)),
            (Paragraph((w.link("role", entry.who),)),),
            w.rich(entry.text),
        )
        for entry in sorted(follow_up, key=lambda entry: entry.days_after)
    )
    header = (w.words("table.when"), w.words("table.who"), w.words("table.what"))
    return b.Table(w.words("section.follow_up"), header, rows)


def mistakes(w: Writing, found: Sequence[Mistake]) -> b.Table:
    """Return the common mistakes with their remedies."""
    rows = tuple((w.cell(entry.mistake), w.cell(entry.remedy)) for entry in found)
    header = (w.words("table.mistake"), w.words("table.remedy"))
    return b.Table(w.words("section.mistakes"), header, rows)


def letter(w: Writing, title: str, body: b.Cell) -> b.Callout:
    """Return a text that is sent or put on record, under its subject."""
    return b.Callout("letter", w.text(title), body)


def privacy_sections(w: Writing, privacy: Privacy) -> tuple[b.Block, ...]:
    """Return what participants are told, the legal basis and the deletion."""
    return tuple(
        b.Section(anchor(key), w.words(f"section.{key}"), w.rich(value))
        for key, value in (
            ("information", privacy.information),
            ("legal_basis", privacy.legal_basis),
            ("deletion", privacy.deletion),
        )
    )
