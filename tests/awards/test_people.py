"""People and roles: one account an address, one role a seat, and nobody left without an organiser."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from awards.actions.people import appoint, create_person, end_role, make_administrator
from awards.models import JournalEntry, Person, Role


def test_person_address_is_kept_in_lower_case_and_once(db):
    first = create_person(email="  Ny.Person@Story.Example ", by=None)
    second = create_person(email="ny.person@story.example", by=None)

    assert first == second
    assert first.email == "ny.person@story.example"
    assert not first.has_usable_password()
    assert list(JournalEntry.objects.values_list("verb", flat=True)) == ["create_person"]


def test_person_with_capitals_is_refused_by_the_database(db):
    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.bulk_create([Person(email="A@story.example")])


def test_appoint_gives_a_role_once(story):
    details = {"person": story.outsider, "edition": story.edition, "kind": "juror", "now": story.now}
    first = appoint(**details, seat="Ledamot D", by=story.organiser)
    second = appoint(**details, by=story.organiser)

    assert first == second
    assert story.outsider.holds(story.edition, "juror")
    assert JournalEntry.objects.filter(verb="appoint").count() == 1


@pytest.mark.parametrize("who", ["chair", "juror1", "contact", "outsider", "other_organiser"])
def test_appoint_is_for_the_editions_own_organiser(story, who):
    with pytest.raises(PermissionDenied):
        appoint(
            person=story.outsider, edition=story.edition, kind="juror", now=story.now, by=story.people[who]
        )


def test_role_that_ends_shuts_and_stays_on_record(story):
    end_role(role=story.seats["juror1"], now=timezone.now() - timedelta(seconds=1), by=story.organiser)

    juror = Person.objects.get(pk=story.juror1.pk)
    assert not juror.holds(story.edition, "juror")
    assert Role.objects.get(pk=story.seats["juror1"].pk).seat == "Ledamot A"


def test_role_that_has_ended_cannot_end_again(story):
    end_role(role=story.seats["juror1"], now=timezone.now(), by=story.organiser)

    with pytest.raises(PermissionDenied):
        end_role(role=story.seats["juror1"], now=timezone.now(), by=story.organiser)


def test_last_organiser_stays(story):
    with pytest.raises(PermissionDenied, match="minst en arrangör"):
        end_role(role=story.seats["organiser"], now=timezone.now(), by=story.organiser)


def test_roles_of_an_archived_edition_open_nothing(story):
    assert story.earlier_juror.roles.count() == 1
    assert story.earlier_juror.roles_held == ()


def test_administrators_are_made_by_administrators(story):
    with pytest.raises(PermissionDenied):
        make_administrator(person=story.outsider, by=story.organiser)

    make_administrator(person=story.outsider, by=story.administrator)
    assert story.outsider.is_superuser
