"""Saved views: one's own or shared with the organisers, renamed, deleted, and shown when outdated."""

import pytest
from django.core.exceptions import PermissionDenied

from awards.models import JournalEntry, Person, Role
from awards.states import RoleKind
from reports.actions.saved_views import rename_view
from reports.models import SavedView


@pytest.fixture
def colleague(story):
    person = Person.objects.create_user("colleague@story.example")
    Role.objects.create(edition=story.edition, person=person, kind=RoleKind.ORGANISER)
    return person


def url(story, tail=""):
    return f"/organiser/editions/{story.edition.key}/{tail}"


def save(client, story, name="Utan inloggning", query="signed_in=no&columns=email", **more):
    return client.post(url(story, "contacts/views/"), {"name": name, "query": query, **more})


def test_saved_view_keeps_what_the_list_understands(story, client_of):
    client = client_of(story.organiser)
    answer = save(client, story, query="sort=-email&signed_in=no&page=3&secret=1&columns=email")
    assert answer["Location"] == url(story, "contacts/?signed_in=no&sort=-email&columns=email")
    view = SavedView.objects.get()
    assert (view.name, view.query, view.owner, view.is_shared, view.list_name) == (
        "Utan inloggning", "signed_in=no&sort=-email&columns=email", story.organiser, False, "contacts",
    )  # fmt: skip
    assert JournalEntry.objects.filter(verb="save_view", thing_id=view.pk).count() == 1
    page = client.get(answer["Location"]).content.decode()
    assert 'aria-current="true">Utan inloggning</a>' in page


def test_view_with_the_same_name_is_replaced(story, client_of):
    client = client_of(story.organiser)
    save(client, story)
    save(client, story, query="signed_in=yes", shared="on")
    view = SavedView.objects.get()
    assert (view.query, view.is_shared) == ("signed_in=yes", True)


def test_own_view_is_seen_by_nobody_else_and_a_shared_one_by_the_organisers(story, client_of, colleague):
    mine, theirs = client_of(story.organiser), client_of(colleague)
    save(mine, story, "Min egen")
    save(mine, story, "Allas", shared="on")
    page = theirs.get(url(story, "contacts/")).content.decode()
    assert ("Min egen" in page, "Allas" in page) == (False, True)
    assert "Allas" not in theirs.get(url(story, "jurors/")).content.decode()
    own, shared = SavedView.objects.get(name="Min egen"), SavedView.objects.get(name="Allas")
    codes = [theirs.post(url(story, f"views/{view.pk}/delete/")).status_code for view in (own, shared)]
    assert codes == [404, 302]
    assert list(SavedView.objects.all()) == [own]


def test_view_is_renamed_and_deleted(story, client_of):
    client = client_of(story.organiser)
    save(client, story, "Första")
    save(client, story, "Andra")
    first = SavedView.objects.get(name="Första")
    client.post(url(story, f"views/{first.pk}/rename/"), {"name": "Andra"})
    first.refresh_from_db()
    assert first.name == "Första"
    client.post(url(story, f"views/{first.pk}/rename/"), {"name": "Tredje"})
    first.refresh_from_db()
    assert first.name == "Tredje"
    client.post(url(story, f"views/{first.pk}/delete/"))
    assert [view.name for view in SavedView.objects.all()] == ["Andra"]
    verbs = JournalEntry.objects.filter(verb__in=["rename_view", "delete_view"]).order_by("pk")
    assert list(verbs.values_list("verb", flat=True)) == ["rename_view", "delete_view"]


@pytest.mark.parametrize("name", ["", "x" * 81])
def test_view_without_a_fitting_name_is_not_saved(story, client_of, name):
    client = client_of(story.organiser)
    answer = client.post(url(story, "contacts/views/"), {"name": name, "query": "signed_in=no"}, follow=True)
    assert ("kv-note is-alert" in answer.content.decode(), SavedView.objects.count()) == (True, 0)


def test_view_of_another_edition_is_not_reached_through_this_one(story, client_of):
    client = client_of(story.organiser)
    save(client, story)
    pk = SavedView.objects.get().pk
    answer = client.post(f"/organiser/editions/{story.call.key}/views/{pk}/delete/")
    assert (answer.status_code, SavedView.objects.count()) == (404, 1)


@pytest.mark.parametrize(
    "query", ["state=gone", "county=99&columns=gone&sort=gone", "q=" + "x" * 200, "state=%00"]
)
def test_outdated_view_is_shown_and_not_an_error(story, client_of, query):
    SavedView.objects.create(
        edition=story.edition, list_name="nominations", name="Gammal", query=query, owner=story.organiser
    )
    client = client_of(story.organiser)
    assert "Gammal" in client.get(url(story, "nominations/")).content.decode()
    answer = client.get(url(story, f"nominations/?{query}"))
    assert answer.status_code in (200, 400)
    assert (answer.status_code == 400) is ("%00" in query)


def test_of_two_renamed_alike_at_once_the_later_is_refused_in_words(story, client_of):
    client = client_of(story.organiser)
    save(client, story, "Ena")
    save(client, story, "Andra")
    view = SavedView.objects.get(name="Andra")

    with pytest.raises(PermissionDenied, match="Det finns redan en vy med det namnet"):
        rename_view(view=view, name="Ena", by=story.organiser)

    assert sorted(SavedView.objects.values_list("name", flat=True)) == ["Andra", "Ena"]
    assert JournalEntry.objects.filter(verb="rename_view").count() == 0


def test_chair_saves_no_view(story, client_of):
    assert save(client_of(story.chair), story).status_code == 403
    assert SavedView.objects.count() == 0
