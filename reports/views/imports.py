"""Bringing a table in: choose the file, say which column is which, see every row, confirm."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import DatabaseError, IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from awards import trouble
from awards.models import Edition
from awards.states import EditionState
from reports import permissions
from reports.actions import imports as actions
from reports.import_forms import ColumnsForm, ImportForm
from reports.import_page import ROWS_A_PAGE, answers_posted, page_of
from reports.importing.kinds import KINDS
from reports.importing.plan import plan_of
from reports.importing.reading_apart import UnreadableError
from reports.models import ImportDraft

ENDED = (EditionState.CANCELLED, EditionState.CONCLUDED, EditionState.ARCHIVED)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def import_start(request: HttpRequest) -> HttpResponse:
    """Choose the edition, the kind and the file; a post reads it and writes nothing but the draft."""
    permissions.organises_something(request.user).require()

    editions = _editions(request)
    asked = request.GET.get("edition", "")
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    form = ImportForm(*posted, editions=editions, initial={"edition": asked, "kind": "nominations"})
    request.edition = form.editions.get(request.POST.get("edition", asked))

    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        verdict = permissions.may_import(request.user, typed["edition"], typed["kind"])
        if not verdict:
            form.add_error("kind", verdict.reason)
            return render(request, "reports/imports/start.html", {"form": form}, status=422)
        try:
            draft = actions.start_import(
                edition=typed["edition"],
                kind=typed["kind"],
                name=typed["file"].name,
                content=typed["file"].read(),
                source=typed["source"].strip(),
                now=timezone.now(),
                by=request.user,
            )
        except UnreadableError as error:
            form.add_error("file", error.says)
        else:
            return redirect("import_columns", draft.pk)

    return render(request, "reports/imports/start.html", {"form": form}, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def import_columns(request: HttpRequest, pk: int) -> HttpResponse:
    """Say which column is which."""
    draft = _draft(request, pk)

    if draft.imported_at:
        return redirect("import_page", pk)

    form = ColumnsForm(request.POST if request.method == "POST" else None, draft=draft)
    if request.method == "POST" and form.is_valid():
        actions.choose_columns(draft=draft, by=request.user, **form.cleaned_data)
        return redirect("import_page", pk)

    context = {"draft": draft, "kind": KINDS[draft.kind], "form": form}
    return render(request, "reports/imports/columns.html", context, status=422 if form.errors else 200)


@never_cache
@require_safe
def import_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Every row with what it would do; after the import, what it did."""
    draft = _draft(request, pk)

    if draft.imported_at:
        context = {"draft": draft, "kind": KINDS[draft.kind]}
        return render(request, "reports/imports/done.html", context)
    if not draft.is_mapped:
        return redirect("import_columns", pk)

    page = page_of(draft, plan_of(draft, timezone.now()), request.GET.get("show", ""))
    rows = Paginator(page.rows, ROWS_A_PAGE).get_page(request.GET.get("page"))
    context = {"draft": draft, "kind": KINDS[draft.kind], "page": page, "rows": rows}
    return render(request, "reports/imports/page.html", context)


@require_POST
def import_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep the answers about doubtful rows, and the rows that are left out."""
    draft = _draft(request, pk)

    actions.answer_rows(draft=draft, answers=answers_posted(draft, request.POST), by=request.user)
    return redirect("import_page", pk)


@require_POST
def import_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Write what was shown: all of it or nothing."""
    draft = _draft(request, pk)

    try:
        actions.import_table(
            draft=draft,
            digest=request.POST.get("digest", ""),
            greeting=request.POST.get("greeting", "").replace("\x00", "").strip()[:2000],
            now=timezone.now(),
            by=request.user,
        )
    except (actions.MovedError, IntegrityError):
        sentence = _(
            "Something has changed since you looked. Nothing was written. Look through the rows again."
        )
        messages.error(request, sentence)
    except PermissionDenied as refusal:
        nothing = _("Nothing was written.")
        messages.error(request, f"{refusal} {nothing}")
    except DatabaseError as error:
        if (sentence := trouble.in_words(error)) is None:
            raise
        messages.error(request, sentence)
    else:
        messages.success(request, _("The list has been imported."))
    return redirect("import_page", pk)


@require_POST
def import_discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the table go."""
    draft = _draft(request, pk)

    actions.discard_import(draft=draft, by=request.user)
    messages.info(request, _("The file has been let go."))
    return redirect("import_start")


def _editions(request: HttpRequest) -> list[Edition]:
    """The living editions that the person organises: one query."""
    rows = Edition.objects.visible_to(request.user).exclude(state__in=ENDED).select_related("award", "fair")
    return [each for each in rows if permissions.organises(request.user, each)]


def _draft(request: HttpRequest, pk: int) -> ImportDraft:
    drafts = ImportDraft.objects.visible_to(request.user).select_related("edition__award", "edition__fair")
    draft = get_object_or_404(drafts, pk=pk)
    permissions.may_import(request.user, draft.edition, draft.kind).require()
    request.edition = draft.edition
    return draft
