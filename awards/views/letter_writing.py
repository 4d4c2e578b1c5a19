"""An edition's letters: their words, their reminders, and writing to many after having read it through."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from awards import permissions
from awards.actions.letter_templates import TextMovedError, reset_template, save_template
from awards.actions.mailing import ReadersMovedError, send_letters
from awards.actions.reminders import plan_reminders
from awards.letter_forms import USUAL_GROUP, ReminderForm, TemplateForm, WriteForm, writable
from awards.letter_plans import plan_of, planned
from awards.letter_texts import LANGUAGES, NAMES, USUAL, mark_of, texts_of
from awards.mailing import change, fingerprint
from awards.models import Edition, ReminderPlan
from awards.organised import organised_edition
from awards.states import LetterPurpose

METHODS = ["GET", "HEAD", "POST"]


@never_cache
@require_safe
def letter_plan(request: HttpRequest, key: str) -> HttpResponse:
    """The words of the edition's letters, and the reminders that lie ahead."""
    return _show_plan(request, organised_edition(request, key))


@require_POST
def reminders_change(request: HttpRequest, key: str) -> HttpResponse:
    """Say whether and when reminders go."""
    edition = organised_edition(request, key)
    form = _reminder_form(plan_of(edition), request.POST)
    if not form.is_valid():
        return _show_plan(request, edition, form)

    plan_reminders(edition=edition, by=request.user, **form.cleaned_data)
    messages.success(request, _("The reminders are planned as you said."))
    return redirect("letter_plan", key)


@never_cache
@require_http_methods(METHODS)
def letter_template(request: HttpRequest, key: str, purpose: str, language: str) -> HttpResponse:
    """Change the words of one kind of letter in one language."""
    edition = organised_edition(request, key)
    _known(purpose, language)
    own = texts_of(edition).own.get((purpose, language))
    text = texts_of(edition).template(purpose, language)
    start = {"subject": text.subject, "body": text.body, "was": mark_of(text)}

    form = TemplateForm(request.POST or None, purpose=purpose, initial=start)
    theirs = None
    if request.method == "POST" and form.is_valid():
        try:
            save_template(
                edition=edition,
                purpose=purpose,
                language=language,
                text=form.text,
                was=form.cleaned_data["was"],
                by=request.user,
            )
        except TextMovedError:
            theirs = texts_of(edition).template(purpose, language)
        else:
            messages.success(request, _("The letter now has your words."))
            return redirect("letter_plan", key)

    names = [("{" + name + "}", NAMES[name]) for name in form.usual.names]
    context = {"edition": edition, "form": form, "own": own, "theirs": theirs, "names": names}
    context |= {"kind": LetterPurpose(purpose), "language": language, "start": start}
    context["may"] = permissions.may_write_letters(request.user, edition)
    status = 409 if theirs else 422 if form.errors else 200
    return render(request, "awards/letters/template.html", context, status=status)


@require_POST
def letter_template_reset(request: HttpRequest, key: str, purpose: str, language: str) -> HttpResponse:
    """Go back to our usual words."""
    edition = organised_edition(request, key)
    _known(purpose, language)
    was = request.POST.get("was", "")
    reset_template(edition=edition, purpose=purpose, language=language, was=was, by=request.user)
    messages.success(request, _("The letter has its usual words again."))
    return redirect("letter_plan", key)


@never_cache
@require_http_methods(METHODS)
def letter_write(request: HttpRequest, key: str) -> HttpResponse:
    """Choose the readers and write; then read every letter through before anything is sent."""
    edition, now = organised_edition(request, key), timezone.now()
    permissions.may_write_letters(request.user, edition).require()

    if request.method == "POST":
        form = WriteForm(request.POST, edition=edition, now=now)
        if form.is_valid() and "edit" not in request.POST:
            return _preview(request, edition, form, form.draft.letters(edition, now))
    else:
        form = WriteForm(initial=_beginning(request, edition), edition=edition, now=now)
    return _show_form(request, edition, form)


@require_POST
def letter_send(request: HttpRequest, key: str) -> HttpResponse:
    """Send what was read through; whoever has come or gone since then is told of first."""
    edition, now = organised_edition(request, key), timezone.now()
    permissions.may_write_letters(request.user, edition).require()
    form = WriteForm(request.POST, edition=edition, now=now)
    if not form.is_valid():
        return _show_form(request, edition, form)

    typed = form.cleaned_data
    try:
        count = send_letters(
            edition=edition,
            draft=form.draft,
            seen=request.POST.get("seen", ""),
            token=str(typed["token"]),
            needs_approval=typed["needs_approval"],
            now=now,
            by=request.user,
        )
    except ReadersMovedError as moved:
        changed = change(request.POST.getlist("reader"), moved.letters)
        return _preview(request, edition, form, moved.letters, changed)
    if not count:
        messages.info(request, _("These letters have been sent already."))
        return redirect("letter_list", key)
    if typed["needs_approval"]:
        told = ngettext("One letter waits in the outbox.", "%(count)s letters wait in the outbox.", count)
    else:
        told = ngettext("One letter is on its way.", "%(count)s letters are on their way.", count)
    messages.success(request, told % {"count": count})
    return redirect("letter_list", key)


def _known(purpose: str, language: str) -> None:
    if purpose not in LetterPurpose.values or language not in LANGUAGES:
        raise Http404


def _show_plan(request: HttpRequest, edition: Edition, form: ReminderForm | None = None) -> HttpResponse:
    plan, own = plan_of(edition), texts_of(edition).own
    kinds = [(kind, [(language, (kind.value, language) in own) for language in LANGUAGES]) for kind in USUAL]
    context = {
        "edition": edition,
        "kinds": kinds,
        "plan": plan,
        "planned": planned(edition, plan, timezone.now()),
        "form": form or _reminder_form(plan),
        "may": permissions.may_write_letters(request.user, edition),
        "rests": edition.state != "running",
    }
    return render(request, "awards/letters/plan.html", context, status=form.status if form else 200)


def _reminder_form(plan: ReminderPlan, typed: QueryDict | None = None) -> ReminderForm:
    now = {"is_on": plan.is_on, "days": ", ".join(str(each) for each in plan.days)}
    return ReminderForm(typed, initial=now)


def _beginning(request: HttpRequest, edition: Edition) -> dict:
    purpose = request.GET.get("purpose", LetterPurpose.FREE)
    if purpose not in dict(writable()):
        raise Http404
    texts = texts_of(edition)
    swedish, english = texts.template(purpose, "sv"), texts.template(purpose, "en")
    start = {"purpose": purpose, "subject": swedish.subject, "body": swedish.body}
    start["group"] = request.GET.get("group") or USUAL_GROUP.get(purpose, "contacts")
    if purpose != LetterPurpose.FREE:
        start |= {"subject_en": english.subject, "body_en": english.body}
    return start | {"one": request.GET.get("one", "")}


def _show_form(request: HttpRequest, edition: Edition, form: WriteForm) -> HttpResponse:
    purpose = form["purpose"].value()
    kinds = [(code, label, code == purpose) for code, label in writable()]
    names = [("{" + name + "}", NAMES[name]) for name in USUAL[LetterPurpose.FREE].names]
    context = {"edition": edition, "form": form, "kinds": kinds, "names": names}
    return render(request, "awards/letters/write.html", context, status=422 if form.errors else 200)


def _preview(request: HttpRequest, edition: Edition, form: WriteForm, letters, changed=None) -> HttpResponse:
    context = {
        "edition": edition,
        "form": form,
        "letters": letters,
        "seen": fingerprint(letters),
        "token": uuid.uuid4(),  # of this sending: pressing twice sends once, reading through anew sends anew
        "changed": changed,
        "may": permissions.may_write_letters(request.user, edition),
    }
    return render(request, "awards/letters/preview.html", context, status=409 if changed else 200)
