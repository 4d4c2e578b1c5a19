"""What the ground floor itself keeps of an edition, for the set-up page and for copies."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.text import capfirst, format_lazy
from django.utils.translation import gettext_lazy as _

from awards import formats, permissions
from awards.actions.ceremony import plan_ceremony
from awards.actions.invitations import invite
from awards.actions.letter_templates import copy_letters
from awards.copying import Copying, Line, Part
from awards.models import Edition, Partner, ReminderPlan, Seat, Stage
from awards.seats import seats_of
from awards.shifts import Shift
from awards.states import StageKind


def _stages(edition: Edition, shift: Shift) -> Iterator[Line]:
    for stage in edition.stages.all():
        yield Line(
            stage.what,
            stage.opens_at,
            stage.closes_at,
            shift.instant(stage.opens_at),
            shift.instant(stage.closes_at),
        )


def _copy_stages(copied: Copying) -> None:
    for stage in copied.source.stages.all():
        opens_at, closes_at = copied.shift.instant(stage.opens_at), copied.shift.instant(stage.closes_at)
        Stage.objects.create(
            edition=copied.target,
            kind=stage.kind,
            position=stage.position,
            opens_at=opens_at,
            closes_at=closes_at,
            advances_by_itself=stage.advances_by_itself,
        )
        if stage.kind == StageKind.CEREMONY and opens_at:
            plan_ceremony(copied.target, formats.local(opens_at).date())


def _texts(edition: Edition, _shift: Shift) -> Iterator[Line]:
    for label, text in ((_("Motto"), edition.motto), (_("Note"), edition.note)):
        if text:
            yield Line(format_lazy("{label}: {text}", label=label, text=text))


def _copy_texts(copied: Copying) -> None:
    copied.target.motto = copied.target.motto or copied.source.motto
    copied.target.note = copied.source.note
    copied.target.save(update_fields=["motto", "note"])


def _letters(edition: Edition, _shift: Shift) -> Iterator[Line]:
    for template in edition.letter_templates.all():
        words = {"purpose": template.get_purpose_display(), "language": template.language}
        yield Line(format_lazy("{purpose} ({language})", **words))
    plan = ReminderPlan.objects.filter(edition=edition).first()
    if plan is not None:
        yield Line(_("When reminders go"))


def _copy_letters(copied: Copying) -> None:
    copy_letters(source=copied.source, target=copied.target, by=copied.by)


def _partners(edition: Edition, _shift: Shift) -> Iterator[Line]:
    for partner in edition.partners.order_by("pk"):
        yield Line(", ".join(filter(None, (partner.organisation, partner.part))))


def _copy_partners(copied: Copying) -> None:
    Partner.objects.bulk_create(
        Partner(edition=copied.target, organisation=partner.organisation, part=partner.part)
        for partner in copied.source.partners.order_by("pk")
    )


def _seats(edition: Edition, _shift: Shift) -> Iterator[Line]:
    for line in seats_of(edition):
        words = (line.name, capfirst(line.role), line.organisation, line.panel)
        yield Line(", ".join(dict.fromkeys(str(word) for word in words if word)))


def _copy_seats(copied: Copying) -> None:
    Seat.objects.bulk_create(
        Seat(
            edition=copied.target,
            name=line.name,
            kind=line.kind,
            organisation=line.organisation,
            panel=line.panel,
        )
        for line in seats_of(copied.source)
    )


def _people(edition: Edition, _shift: Shift) -> Iterator[Line]:
    for line in seats_of(edition):
        if line.holder and line.holder.is_active:
            yield Line(line.name, whom=line.holder.email)


def _invite_people(copied: Copying) -> None:
    for line in seats_of(copied.source):
        if line.holder and line.holder.is_active:
            invite(
                email=line.holder.email,
                edition=copied.target,
                kind=line.kind,
                details={"seat": line.name, "organisation": line.organisation, "panel": line.panel},
                language=line.holder.language,
                now=copied.now,
                by=copied.by,
            )


def _at(name: str):
    return lambda edition: reverse(name, args=[edition.key])


PARTS = (
    Part(
        "stages",
        _("Stages and dates"),
        _stages,
        _copy_stages,
        _at("setup_stages"),
        order=10,
        about=_("What happens in which order. A copy begins with every stage still to come."),
    ),
    Part(
        "seats",
        _("Seats and panels"),
        _seats,
        _copy_seats,
        _at("setup_seats"),
        order=40,
        about=_("The jury's seats by organisation. Copied seats wait for somebody."),
    ),
    Part(
        "people",
        _("The people on the seats"),
        _people,
        _invite_people,
        _at("setup_seats"),
        order=41,
        about=_("Everybody is invited anew by letter, and sits there only after accepting."),
        needs="seats",
        may=permissions.may_copy_people,
        chosen=False,
        is_set_up=False,
    ),
    Part(
        "partners",
        _("Partners"),
        _partners,
        _copy_partners,
        _at("setup_partners"),
        order=60,
        about=_("The organisations behind the edition."),
    ),
    Part(
        "letters",
        _("The words of letters"),
        _letters,
        _copy_letters,
        _at("letter_plan"),
        order=65,
        about=_("Your own words for letters, and when reminders go."),
    ),
    Part(
        "texts",
        _("Texts about the edition"),
        _texts,
        _copy_texts,
        _at("setup_facts"),
        order=70,
        about=_("Motto and note."),
    ),
)
