"""The small pieces that every page is put together from: icons, verdict buttons, crumbs, headings."""

import re
from itertools import count

from django import template
from django.http import QueryDict
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from awards.form_problems import problems_of

register = template.Library()
_ICON_NAME = re.compile(r"[a-z]+")


@register.simple_tag
def icon(name: str) -> SafeString:
    """`{% icon "check" %}`: a drawing from the sprite; it is silent, so a word must stand beside it."""
    if not _ICON_NAME.fullmatch(name):
        raise template.TemplateSyntaxError(f"An icon's name is small letters only, not {name!r}.")
    return format_html('<svg class="kv-icon" aria-hidden="true"><use href="#i-{}"/></svg>', name)


@register.simple_block_tag
def crumbs(content: str) -> SafeString:
    """`{% crumbs %}<li>...</li>{% endcrumbs %}`: the way back; the last item is the page itself."""
    return _wrapped("awards/includes/crumbs.html", content)


@register.simple_block_tag
def scroll(content: str, label: str = "", labelledby: str = "") -> SafeString:
    """`{% scroll labelledby="cap" %}<table>...{% endscroll %}`: a region that scrolls by keyboard too."""
    return _wrapped("awards/includes/scroll.html", content, label=label, labelledby=labelledby)


def _wrapped(name: str, content: str, **names) -> SafeString:
    return template.loader.render_to_string(name, {"content": content, **names})


@register.inclusion_tag("awards/includes/verdict.html", takes_context=True)
def verdict_button(context, verdict, label, *, kind="primary", name="", value="", form="", beside=""):
    """A submit button inside your own form: live, or blocked with the verdict's reason in words."""
    return {
        **_verdict(context, verdict, label, kind),
        "name": name,
        "value": value,
        "form": form,
        "beside": beside,
    }


@register.inclusion_tag("awards/includes/act.html", takes_context=True)
def verdict_form(context, verdict, url, label, *, kind="primary", beside=""):
    """A whole POST form with one verdict button, for a verb that needs no other field."""
    token = {"csrf_token": context.get("csrf_token")}
    return {**_verdict(context, verdict, label, kind), **token, "url": url, "beside": beside}


def _verdict(context, verdict, label, kind) -> dict:
    numbers = context.render_context.setdefault("verdict_numbers", count(1))
    return {"verdict": verdict, "label": label, "kind": kind, "reason_id": f"reason-{next(numbers)}"}


@register.inclusion_tag("awards/includes/sort_heading.html", takes_context=True)
def sort_heading(context, name, label, *, sort="", figures=False):
    """A heading that sorts: `{% sort_heading "edition" label sort=sort %}`; sort is such as `-edition`."""
    request = context["request"]
    query: QueryDict = request.GET.copy()
    query.pop("page", None)
    query["sort"] = f"-{name}" if sort == name else name
    direction = {name: "ascending", f"-{name}": "descending"}.get(sort, "")
    return {"label": label, "url": f"?{query.urlencode()}", "direction": direction, "figures": figures}


@register.inclusion_tag("awards/includes/pagination.html", takes_context=True)
def pagination(context, page):
    """Links to the other pages of a `django.core.paginator.Page`, keeping the rest of the query."""
    pages = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return {"page": page, "pages": pages, "request": context["request"]}


@register.simple_block_tag(takes_context=True)
def account_line(context, content: str, view: str, drawing: str) -> SafeString:
    """A line in the index of a person's account; marked when the page lies under its address."""
    url = reverse(view)
    here = context["request"].path.startswith(url)
    current = SafeString(' aria-current="page"') if here else ""
    return format_html('<li><a href="{}"{}>{}<span>{}</span></a></li>', url, current, icon(drawing), content)


@register.simple_tag
def error_list(*forms):
    """The problems of one or several forms (or formsets), in the order of their fields."""
    return problems_of(*forms)
