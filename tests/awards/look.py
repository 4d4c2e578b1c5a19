"""A page on which every piece of the theme can be looked at, with invented matter, and its address."""

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import get_template
from django.urls import path

from awards.levels import Level, Levels
from awards.links import Link
from awards.models import Edition
from awards.urls import urlpatterns as real_urlpatterns
from awards.verdicts import YES, no

SCALE = [
    ("0", Level(0, "Inget underlag.", "Ansökan säger inget om det här.")),
    ("1", Level(1, "Påbörjat.", "Avsikter finns, men inga genomförda insatser.")),
    ("2", Level(2, "Delvis.", "Enstaka insatser; resultat saknas eller är oklara.")),
    ("3", Level(3, "Till stor del.", "Systematiskt arbete; resultat finns för delar av kommunen.")),
    ("4", Level(4, "Genomgående.", "Hela kommunen arbetar så; resultaten blir bättre.")),
    ("5", Level(5, "Förebild.", "Resultat i toppklass över tid, och andra lär av kommunen.")),
]
JURY = ("Borås", "Eskilstuna", "Helsingborg", "Karlstad", "Kävlinge", "Västerås")
CELLS = {
    "k": {"css": "is-done", "icon": "check", "words": "klar"},
    "u": {"css": "is-draft", "icon": "half", "words": "utkast"},
    ".": {"css": "", "sign": "·", "words": "ej börjad"},
    "j": {"css": "is-away", "sign": "J", "words": "jäv"},
}


class AreaForm(forms.Form):
    """One of each kind of field."""

    name = forms.CharField(label="Område", max_length=80)
    aim = forms.CharField(label="Mål", widget=forms.Textarea({"rows": 2}), help_text="Högst 60 ord.")
    since = forms.ChoiceField(label="Sedan 2013", choices=[("on", "Fortsätter"), ("new", "Nytt")])
    direction = forms.ChoiceField(
        label="Riktning",
        choices=[("out", "Utåt, för invånarna"), ("in", "Inåt, för hur vi arbetar")],
        widget=forms.RadioSelect,
    )
    result = forms.CharField(label="Resultat", widget=forms.Textarea({"rows": 2}), required=False)
    file = forms.FileField(label="Bilaga", required=False, help_text="PDF, högst 20 MB.")
    agreed = forms.BooleanField(label="Vi har läst igenom det här området")
    score = forms.ChoiceField(label="Demokrati", choices=SCALE, widget=Levels)


@dataclass(frozen=True)
class Entry:
    """One row of the table."""

    name: str
    code: str
    year: int
    won: bool
    people: int


ROWS = [
    Entry("Helsingborg", "1283", 2017, True, 152869),
    Entry("Eskilstuna", "0484", 2015, False, 107076),
    Entry("Örebro", "1880", 2013, True, 160759),
]


@login_not_required
def look(request: HttpRequest, key: str) -> HttpResponse:
    """The style page, as a page of the edition `key`; `?errors` shows the form after a refused sending."""
    request.edition = Edition.objects.get(key=key)
    if "messages" in request.GET:
        messages.success(request, "Utkastet är sparat.")
        messages.error(request, "Filen är för stor. Inget är borta; välj en mindre fil.")
    sent = {"aim": "Tillgängligare och effektivare", "since": "on", "direction": "in", "score": "4"}
    form = AreaForm(sent if "errors" in request.GET else None, initial=sent)
    matrix = [("Ledamot A", "kkkkkk"), ("Ledamot B", "ku..k."), ("Ledamot C", "jkkkkk")]
    context = {
        "form": form,
        "rows": ROWS,
        "sort": "-year",
        "page": Paginator(range(200), 20).page(4),
        "chips": [Link("Omgång 2011–2017", "?utfall=v"), Link("Nominerad eller vann", "?till=2017")],
        "downloads": [Link("Excel", "?f=xlsx"), Link("CSV", "?f=csv"), Link("JSON", "?f=json")],
        "municipalities": JURY,
        "matrix": [(name, [CELLS[letter] for letter in letters]) for name, letters in matrix],
        "allowed": YES,
        "refused": no(
            "4 saker saknas. Allt ni skrivit är sparat, och ni kan ändra till fredag 21 november 23:59."
        ),
    }
    return render(request, "look.html", context)


@login_not_required
def alone(_request: HttpRequest, name: str) -> HttpResponse:
    """A page that Django draws without a request, when things are at their worst."""
    return HttpResponse(get_template(f"{name}.html").render())


@login_not_required
def refused(_request: HttpRequest) -> HttpResponse:
    """A page that the visitor may see but not open."""
    no("Bedömningen har stängt. Poängen kan inte ändras längre.").require()


@login_not_required
def slow_down(request: HttpRequest) -> HttpResponse:
    """The page after too many attempts."""
    return render(request, "429.html", status=429)


urlpatterns = [
    path("look-alone/<slug:name>/", alone),
    path("look-refused/", refused),
    path("look-429/", slow_down),
    path("look/<slug:key>/", look, name="look"),
    *real_urlpatterns,
]
