"""What an organiser types when a stage turns or moves, and when an edition does."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _

from awards import formats
from awards.actions.times import LONGEST_REASON, Times, trouble_with
from awards.models import Stage
from awards.shown_forms import ShownForm
from awards.states import StageState
from awards.typed_days import TypedDay, ceremony_year
from awards.wall_times import WallTime
from nominees.models import Municipality


def _reason(*, required: bool, help_text: object) -> forms.CharField:
    return forms.CharField(
        label=_("Reason"),
        max_length=LONGEST_REASON,
        required=required,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": _("Say why."),
            "max_length": _("Write at most %(limit_value)d characters."),
        },
    )


class ReasonForm(forms.Form):
    """Why something is done to an edition."""

    reason = _reason(required=True, help_text=_("The journal keeps it. Only organisers read it."))


class PerhapsReasonForm(forms.Form):
    """Why something is done, if it needs saying."""

    reason = _reason(required=False, help_text=_("The journal keeps it. Only organisers read it."))


class ConcludeForm(forms.Form):
    """How an edition ends: in spite of what remains only for a stated reason."""

    reason = _reason(
        required=True,
        help_text=_("Why the edition ends in spite of what remains. The journal keeps it."),
    )

    def __init__(self, *args, is_blocked: bool, **options) -> None:
        super().__init__(*args, **options)
        if not is_blocked:
            del self.fields["reason"]


class OpenForm(forms.Form):
    """Until when a stage lasts, where the time it was to close at has passed before it opens."""

    closes_at = WallTime(label=_("Closes"), help_text=_("Swedish time. The earlier time is kept."))

    def __init__(self, *args, stage: Stage, now: datetime, **options) -> None:
        super().__init__(*args, **options)
        self.now = now
        if not stage.is_missed(now):
            del self.fields["closes_at"]

    def clean_closes_at(self) -> datetime | None:
        """A time that lies ahead."""
        return _ahead(self.cleaned_data["closes_at"], self.now)


class CloseForm(forms.Form):
    """How a stage closes: with the next one opened, and in spite of what remains for a stated reason."""

    open_next = forms.BooleanField(required=False, initial=True)
    next_closes_at = WallTime(
        required=False, help_text=_("Its closing time has passed, so it needs a new one. Swedish time.")
    )
    in_spite_of = _reason(
        required=True,
        help_text=_("Why the stage closes in spite of what remains. The journal keeps it."),
    )

    def __init__(self, *args, following: Stage | None, is_blocked: bool, now: datetime, **options) -> None:
        super().__init__(*args, **options)
        self.now = now
        if following is None:
            del self.fields["open_next"]
        else:
            self.fields["open_next"].label = _("Open “%(stage)s” at once") % {"stage": following.what}
        if following is None or not following.is_missed(now):
            del self.fields["next_closes_at"]
        else:
            self.fields["next_closes_at"].label = _("“%(stage)s” closes") % {"stage": following.what}
        if not is_blocked:
            del self.fields["in_spite_of"]

    def clean_next_closes_at(self) -> datetime | None:
        """A time that lies ahead, where the next stage opens at once."""
        until = _ahead(self.cleaned_data["next_closes_at"], self.now)
        if self.cleaned_data.get("open_next") and until is None:
            raise ValidationError(self.fields["next_closes_at"].error_messages["required"])
        return until


class ReopenForm(ReasonForm):
    """Why a stage is taken up again, and until when."""

    closes_at = WallTime(
        label=_("Closes"), required=False, help_text=_("Swedish time. The earlier time is kept.")
    )

    def __init__(self, *args, stage: Stage, now: datetime, **options) -> None:
        super().__init__(*args, **options)
        self.now = now
        self.fields["closes_at"].required = bool(stage.closes_at and stage.closes_at <= now)

    def clean_closes_at(self) -> datetime | None:
        """A time that lies ahead, or none."""
        return _ahead(self.cleaned_data["closes_at"], self.now)


class _WithWriters(forms.ModelChoiceField):
    """Municipalities, each with how many would be told."""

    def label_from_instance(self, municipality: Municipality) -> str:
        """Its name and the number."""
        told = ngettext("one contact", "%(count)s contacts", municipality.writers)
        return f"{municipality.name} ({told % {'count': municipality.writers}})"


class ExtendForm(ReasonForm):
    """For whom a stage is lengthened, until when and why."""

    municipality = _WithWriters(
        label=_("For whom"),
        queryset=None,
        required=False,
        to_field_name="code",
        empty_label=_("All"),
        help_text=_("One municipality alone may write on after the stage has closed for the others."),
    )
    closes_at = WallTime(label=_("Closes"), help_text=_("Swedish time. The earlier time is kept."))
    tell = forms.BooleanField(label=_("Tell the contacts by letter"), required=False, initial=True)

    def __init__(
        self,
        *args,
        stage: Stage,
        municipalities: QuerySet | None,
        for_all: bool,
        contacts: int | None,
        now: datetime,
        **options,
    ) -> None:
        """`contacts` is how many are told where it is for all; None where nobody is told."""
        super().__init__(*args, **options)
        self.stage, self.now = stage, now
        if contacts is None:
            del self.fields["tell"]
        else:
            self.fields["tell"].help_text = _told(contacts) if for_all else _TOLD_ALONE
        if municipalities is None:
            del self.fields["municipality"]
        else:
            self.fields["municipality"].queryset = municipalities
            self.fields["municipality"].required = not for_all
            self.fields["municipality"].empty_label = _("All") if for_all else _("Choose a municipality")
        self.order_fields(["municipality", "closes_at", "reason", "tell"])

    def clean_closes_at(self) -> datetime | None:
        """A time that lies ahead and after the present one."""
        until = _ahead(self.cleaned_data["closes_at"], self.now)
        present = self.stage.closes_at if self.stage.state != StageState.CLOSED else None
        if until and present and until <= present:
            raise ValidationError(_("The new time must come after the present one."))
        return until


class TimesForm(ShownForm, PerhapsReasonForm):
    """When a stage opens and closes, and whether the clock moves it on."""

    opens_at = WallTime(label=_("Opens"), required=False, help_text=_("Swedish time."))
    closes_at = WallTime(
        label=_("Closes"), required=False, help_text=_("Swedish time. An earlier closing time is kept.")
    )
    advances_by_itself = forms.BooleanField(
        label=_("The clock moves it on"),
        required=False,
        help_text=_(
            "The stage opens and closes by itself at these times, unless something stands in the way."
        ),
    )

    def __init__(self, *args, stage: Stage, now: datetime, **options) -> None:
        super().__init__(*args, **options)
        self.stage, self.now = stage, now
        self.order_fields(["opens_at", "closes_at", "advances_by_itself", "reason"])

    @property
    def times(self) -> Times:
        """What was typed, and to the second what was not touched."""
        names = ("opens_at", "closes_at", "advances_by_itself")
        given = {name: self.cleaned_data[name] for name in names if name in self.touched}
        return replace(Times(*(getattr(self.stage, name) for name in names)), **given)

    def clean(self) -> dict:
        """Times that are possible among the other stages."""
        data = super().clean()
        if not self.errors and (sentence := trouble_with(self.stage, self.times, self.now)):
            self.add_error("closes_at" if data["closes_at"] else "opens_at", sentence)
        return data


class PostponeForm(ReasonForm):
    """To when an edition is put off, and whether its stages move along."""

    ceremony_was = TypedDay(label=_("The ceremony was planned for"))
    ceremony_is = TypedDay(label=_("The ceremony is moved to"))
    move_stages = forms.BooleanField(
        label=_("Move the stages that have not closed by as many days"),
        required=False,
        initial=True,
        help_text=_("They keep the time of the day. Earlier closing times are kept."),
    )

    def __init__(self, *args, known: date | None, year: int, **options) -> None:
        """`known` is the day the ceremony is planned for now, where it is known; `year` the fair's."""
        super().__init__(*args, initial={"ceremony_was": known}, **options)
        self.known, self.year = known, year
        self.order_fields(["ceremony_was", "ceremony_is", "move_stages", "reason"])

    def clean(self) -> dict:
        """The new day after the old one, and an old one where stages move by the difference."""
        data = super().clean()
        before, after = data.get("ceremony_was"), data.get("ceremony_is")
        if self.known and after and before != self.known and "ceremony_was" not in self.errors:
            said = _("The ceremony is planned for %(day)s: begin from that day.")
            day = formats.day(self.known, formats.written_language(get_language()))
            self.add_error("ceremony_was", said % {"day": day})
            return data
        if problem := ceremony_year(after, self.year):
            self.add_error("ceremony_is", problem)
        if before and after and after <= before:
            self.add_error("ceremony_is", _("The new day of the ceremony must come after the old one."))
        if after and not before and data.get("move_stages") and "ceremony_was" not in self.errors:
            self.add_error("ceremony_was", _("Without the old day nobody can say how far the stages move."))
        return data


_TOLD_ALONE = _("Those who write for the municipality. At night and at weekends the letter waits.")


def _told(contacts: int) -> str:
    says = ngettext(
        "For all: the one contact who has not sent in. For one municipality: those who write for it. "
        "At night and at weekends the letter waits.",
        "For all: the %(count)s contacts who have not sent in. For one municipality: those who write for it. "
        "At night and at weekends the letter waits.",
        contacts,
    )
    return says % {"count": contacts}


def _ahead(when: datetime | None, now: datetime) -> datetime | None:
    if when is not None and when <= now:
        raise ValidationError(_("The new time must lie ahead."))
    return when
