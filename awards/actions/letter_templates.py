"""The words of an edition's letters: its own, or ours again."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from awards import permissions
from awards.journal import record
from awards.letter_texts import USUAL, mark_of, problems, usual_text
from awards.letters import LetterText
from awards.models import Edition, LetterTemplate, Person, ReminderPlan
from awards.states import LetterPurpose
from awards.verdicts import no


class TextMovedError(Exception):
    """Somebody else has changed the text since it was shown."""


@transaction.atomic
def save_template(
    *, edition: Edition, purpose: str, language: str, text: LetterText, was: str, by: Person | None
) -> LetterTemplate:
    """Keep the edition's own words. `was` is the mark of the text that was shown, also of our usual one."""
    permissions.may_write_letters(by, edition).require()
    usual = USUAL[LetterPurpose(purpose)]
    for problem in problems(text, usual.names, usual.must):
        no(problem).require()
    own = _own(edition, purpose, language)
    if _mark(own, purpose, language) != was:
        raise TextMovedError
    saved, _is_new = LetterTemplate.objects.update_or_create(
        edition=edition,
        purpose=purpose,
        language=language,
        defaults={"subject": text.subject, "body": text.body, "version": own.version + 1 if own else 1},
    )
    record("save_template", saved, by=by, edition=edition, purpose=purpose, language=language)
    return saved


@transaction.atomic
def reset_template(*, edition: Edition, purpose: str, language: str, was: str, by: Person | None) -> None:
    """Go back to our usual words, from those that were shown."""
    permissions.may_write_letters(by, edition).require()
    own = _own(edition, purpose, language)
    if own is None:
        no(_("The text is already our usual one.")).require()
    if _mark(own, purpose, language) != was:
        no(_("Somebody else has changed the text in the meantime. Open the page anew.")).require()
    record("reset_template", own, by=by, edition=edition, purpose=purpose, language=language)
    own.delete()


def _mark(own: LetterTemplate | None, purpose: str, language: str) -> str:
    return mark_of(LetterText(own.subject, own.body) if own else usual_text(purpose, language))


def _own(edition: Edition, purpose: str, language: str) -> LetterTemplate | None:
    found = LetterTemplate.objects.select_for_update().filter(edition=edition, purpose=purpose)
    return found.filter(language=language).first()


@transaction.atomic
def copy_letters(*, source: Edition, target: Edition, by: Person | None) -> int:
    """Give an edition another's own words and plan of reminders; gives how many texts came along.

    What the target has said itself stays.
    """
    permissions.may_copy(by, source).require()
    permissions.may_write_letters(by, target).require()
    kept = set(target.letter_templates.values_list("purpose", "language"))
    texts = [
        LetterTemplate(
            edition=target,
            purpose=each.purpose,
            language=each.language,
            subject=each.subject,
            body=each.body,
        )
        for each in source.letter_templates.all()
        if (each.purpose, each.language) not in kept
    ]
    LetterTemplate.objects.bulk_create(texts)
    plan = ReminderPlan.objects.filter(edition=source).first()
    if plan:
        said = {"is_on": plan.is_on, "days": plan.days}
        ReminderPlan.objects.get_or_create(edition=target, defaults=said)
    record("copy_letters", target, by=by, edition=target, source=source.pk, texts=len(texts))
    return len(texts)
