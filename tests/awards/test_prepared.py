"""Compiled queries ask exactly what their querysets ask."""

from datetime import UTC, datetime, timedelta
from threading import Thread

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db.models import F, Q
from django.utils import timezone

from awards.models import Edition, Person, Role, Stage
from awards.prepared import Prepared, PreparedUpdate
from awards.states import StageState
from criteria.models import Assignment, Tie

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 23, 23, 30, tzinfo=UTC)  # past midnight in Stockholm


def roles(person, now):
    return (
        Role.objects.in_force(now)
        .filter(person=person)
        .select_related("edition__fair")
        .annotate(two=F("pk") * 2)
    )


def test_things_are_the_querysets_with_what_was_selected_along(story, django_assert_num_queries):
    held = Prepared(roles, person=int, now=datetime)
    for person in (story.juror, story.chair):
        wanted = list(roles(person.pk, NOW))
        assert wanted
        with django_assert_num_queries(1):
            found = held.things(person=person.pk, now=NOW)
            assert [(each, each.two, each.edition.fair.label_year) for each in found] == [
                (each, each.pk * 2, each.edition.fair.label_year) for each in wanted
            ]


def test_things_answer_to_the_instant_they_are_given(story):
    held = Prepared(roles, person=int, now=datetime)
    role = story.juror.roles.get()
    Role.objects.filter(pk=role.pk).update(ended_at=NOW)
    assert held.things(person=story.juror.pk, now=NOW - timedelta(seconds=1)) == [role]
    assert held.things(person=story.juror.pk, now=NOW) == []


def test_rows_follow_a_day_counted_from_the_instant(story):
    def binding(person, now):
        return Tie.objects.binding(timezone.localdate(now), 2).filter(person=person).values_list("pk")

    asked = Prepared(binding, person=int, now=datetime)
    limit = timezone.localdate(NOW) - timedelta(days=730)
    assert limit.day != (NOW - timedelta(days=730)).day  # Stockholm's day, not Greenwich's
    kept = Tie.objects.create(person=story.juror, kind="employed", organisation="Region", until=limit)
    Tie.objects.create(
        person=story.juror, kind="employed", organisation="Region", until=limit - timedelta(days=1)
    )
    assert asked.rows(person=story.juror.pk, now=NOW) == [(kept.pk,)]


def test_a_row_beside_that_is_missing_reads_as_missing(story):
    bare = Prepared(
        lambda pk: Assignment.objects.filter(pk=pk).select_related("sheet"),
        pk=int,
    )
    for assignment in Assignment.objects.select_related("sheet"):
        with_sheet = hasattr(assignment, "sheet")
        (found,) = bare.things(pk=assignment.pk)
        assert (found, hasattr(found, "sheet")) == (assignment, with_sheet)


def test_an_instant_of_the_querys_own_is_refused(story):
    frozen = Prepared(lambda person: Role.objects.in_force().filter(person=person), person=int)
    with pytest.raises(ImproperlyConfigured, match="for ever"):
        frozen.things(person=story.juror.pk)


def test_a_day_of_the_querys_own_is_refused(story):
    frozen = Prepared(
        lambda person: Tie.objects.binding(timezone.localdate()).filter(person=person), person=int
    )
    with pytest.raises(ImproperlyConfigured, match="for ever"):
        frozen.things(person=story.juror.pk)


def test_a_value_that_the_query_does_not_use_is_refused(story):
    forgetful = Prepared(lambda person, **_now: Role.objects.filter(person=person), person=int, now=datetime)
    with pytest.raises(ImproperlyConfigured, match="does not use now"):
        forgetful.things(person=story.juror.pk, now=NOW)


def test_a_value_of_another_kind_is_refused():
    with pytest.raises(ImproperlyConfigured):
        Prepared(lambda share: Role.objects.filter(pk=share), share=float).things(share=0.5)


def test_an_update_changes_what_its_condition_finds_and_counts_it(story):
    stage = Stage.objects.filter(state=StageState.OPEN).order_by("pk").first()
    close = PreparedUpdate(
        lambda stage, state, **_changes: Stage.objects.filter(
            Q(pk=stage), edition__isnull=False, state=state
        ),
        lambda now, **_known: {"closes_at": now, "position": F("position") + 30},
        stage=int,
        state=str,
        now=datetime,
    )
    later = stage.opens_at + timedelta(days=900)
    assert close.update(stage=stage.pk, state="no such state", now=later) == 0
    assert close.update(stage=stage.pk, state=stage.state, now=later) == 1
    changed = Stage.objects.get(pk=stage.pk)
    assert (changed.closes_at, changed.position) == (later, stage.position + 30)


def test_texts_are_values_and_never_sql(story):
    motto = "'; DROP TABLE awards_stage; -- %s {0} <prepared 0>"
    named = PreparedUpdate(
        lambda pk, **_changes: Edition.objects.filter(pk=pk),
        lambda motto, **_known: {"motto": motto},
        pk=int,
        motto=str,
    )
    edition = Edition.objects.order_by("pk").first()
    assert named.update(pk=edition.pk, motto=motto) == 1
    assert Edition.objects.get(pk=edition.pk).motto == motto


def test_the_jurors_door_compiled_is_the_door(story):
    """The same assignments open to everybody, one by one, as the queryset says."""
    door = Prepared(
        lambda user, now, pk: Assignment.objects.open_to(Person(pk=user), now).filter(pk=pk),
        user=int,
        now=datetime,
        pk=int,
    )
    now = timezone.now()
    people, assignments = Person.objects.all(), list(Assignment.objects.all())
    opened = {
        (person.pk, each.pk)
        for person in people
        for each in assignments
        if door.things(user=person.pk, now=now, pk=each.pk)
    }
    wanted = {
        (person.pk, pk)
        for person in people
        for pk in Assignment.objects.open_to(person, now).values_list("pk", flat=True)
    }
    assert opened == wanted
    assert wanted


def test_a_compiled_query_serves_many_threads_at_once(story):
    """Threads share what was compiled, and none sees another's values."""
    counted = Prepared(
        lambda low, high: Edition.objects.filter(pk__gte=low, pk__lt=high).values_list("pk").order_by("pk"),
        low=int,
        high=int,
    )
    counted.rows(low=1, high=2)
    filled = {}
    compiled = counted._compiled()  # noqa: SLF001 - what the threads share

    def fill(number):
        filled[number] = [compiled.filled({"low": number, "high": number + each})[1] for each in range(200)]

    threads = [Thread(target=fill, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert filled == {number: [(number, number + each) for each in range(200)] for number in range(4)}
