"""Each part of an edition changed afterwards: facts, stages, partners, seats; refused in words."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from awards.actions import seats, set_up
from awards.actions.invitations import accept_invitation, invite
from awards.actions.seats import SeatWords
from awards.models import Edition, Fair, Invitation, JournalEntry, Partner, Role, Seat, Stage, StageExtension
from awards.seats import seats_of


def kinds(edition):
    return list(Stage.objects.filter(edition=edition).order_by("position").values_list("kind", flat=True))


def stage(edition, kind):
    return Stage.objects.select_related("edition__fair").get(edition=edition, kind=kind)


def as_shown(form):
    """What a browser posts when nobody touches the page: each box and its hidden twin."""
    twins = {each.html_initial_name: each.value() for each in form if not form.is_bound}
    twins = twins or {each.html_initial_name: form.data[each.html_initial_name] for each in form}
    boxes = {each.html_name: each.value() for each in form}
    return {name: "" if value is None else value for name, value in (boxes | twins).items()}


def line(edition, name):
    return next(each for each in seats_of(edition) if each.name == name)


# Facts ----------------------------------------------------------------------------------------------
def test_facts_are_changed_and_the_journal_says_which(story, client_of):
    typed = {"motto": "Tillit", "entry_mode": "application", "note": "", "venue": "Göteborg", "theme": "",
             "starts": "2027-11-16", "ends": "2027-11-18"}  # fmt: skip
    address = reverse("setup_facts", args=[story.call.key])
    client = client_of(story.organiser)
    fair = Fair.objects.get(pk=story.call.fair_id)
    typed |= {"starts": f"{fair.label_year}-11-16", "ends": f"{fair.label_year}-11-18"}
    answers = [client.post(address, typed).status_code for _time in range(2)]
    fair.refresh_from_db()

    assert answers == [302, 302]
    assert (fair.venue, fair.starts) == ("Göteborg", date(fair.label_year, 11, 16))
    entry = JournalEntry.objects.get(verb="change_facts")
    assert entry.data == {"fields": ["motto", "venue", "starts", "ends"]}


def test_fact_that_nobody_touched_keeps_what_a_colleague_wrote(story, client_of):
    client, address = client_of(story.organiser), reverse("setup_facts", args=[story.call.key])
    opened = as_shown(client.get(address).context["form"])
    set_up.change_facts(edition=story.call, facts={"note": "En rad.\nEn till."}, by=story.organiser)
    answer = client.post(address, {**opened, "motto": "Tillit"})

    assert answer.status_code == 302
    assert Edition.objects.values_list("motto", "note").get(pk=story.call.pk) == (
        "Tillit",
        "En rad.\nEn till.",
    )


def test_fact_that_two_have_written_shows_both_and_keeps_the_first(story, client_of):
    client, address = client_of(story.organiser), reverse("setup_facts", args=[story.call.key])
    opened = as_shown(client.get(address).context["form"])
    set_up.change_facts(edition=story.call, facts={"motto": "Mod"}, by=story.organiser)
    answer = client.post(address, {**opened, "motto": "Tillit"})
    page = answer.content.decode()

    assert answer.status_code == 409
    assert "En kollega har under tiden skrivit: Mod. Spara en gång till om det du skrev ska gälla." in page
    assert 'value="Tillit"' in page
    assert Edition.objects.get(pk=story.call.pk).motto == "Mod"
    assert client.post(address, as_shown(answer.context["form"])).status_code == 302
    assert Edition.objects.get(pk=story.call.pk).motto == "Tillit"


def test_fair_that_ends_before_it_begins_is_refused(story, client_of):
    typed = {"entry_mode": "application", "starts": "2029-11-16", "ends": "2029-11-15"}
    answer = client_of(story.organiser).post(reverse("setup_facts", args=[story.call.key]), typed)

    assert answer.status_code == 422
    assert "Mässan kan inte sluta innan den börjar." in answer.content.decode()
    assert Fair.objects.get(pk=story.call.fair_id).ends is None


def test_fair_of_other_peoples_editions_is_left_alone(story, client_of):
    Edition.objects.filter(pk=story.elsewhere.pk).update(fair=story.call.fair)
    typed = {"motto": "Tillit", "entry_mode": "application", "venue": "Annanstans"}
    address = reverse("setup_facts", args=[story.call.key])
    page = client_of(story.organiser).get(address).content.decode()
    client_of(story.organiser).post(address, typed)

    assert "Andra omgångar hör till samma mässa" in page
    assert (Edition.objects.get(pk=story.call.pk).motto, Fair.objects.get(pk=story.call.fair_id).venue) == (
        "Tillit",
        "",
    )
    edition = Edition.objects.select_related("fair").get(pk=story.call.pk)
    with pytest.raises(PermissionDenied):
        set_up.change_facts(edition=edition, facts={"venue": "Annanstans"}, by=story.organiser)


# Stages ---------------------------------------------------------------------------------------------
def test_stage_is_added_after_another_without_dates(story, client_of):
    client, address = client_of(story.organiser), reverse("setup_stages", args=[story.edition.key])
    after = stage(story.edition, "scoring").pk
    answer = client.post(address, {"kind": "hearing", "after": after})

    assert answer.status_code == 302
    assert kinds(story.edition) == ["call", "scoring", "hearing", "consensus", "decision", "ceremony"]
    added = stage(story.edition, "hearing")
    assert (added.opens_at, added.state) == (None, "ahead")


@pytest.mark.parametrize(
    ("typed", "status", "sentence"),
    [
        ({"kind": "scoring", "after": ""}, 422, "Välj ett giltigt alternativ"),
        ({"kind": "hearing", "after": ""}, 403, "Ett nytt skede kommer efter dem som har börjat."),
        ({"kind": "hearing", "after": "0"}, 422, "Välj ett giltigt alternativ"),
    ],
)
def test_stage_that_cannot_be_is_refused(story, client_of, typed, status, sentence):
    before = kinds(story.edition)
    answer = client_of(story.organiser).post(reverse("setup_stages", args=[story.edition.key]), typed)

    assert answer.status_code == status
    assert sentence in answer.content.decode()
    assert kinds(story.edition) == before


def test_stage_ahead_is_taken_away_and_one_that_has_begun_stays(story):
    set_up.remove_stage(stage=stage(story.edition, "decision"), by=story.organiser)
    StageExtension.objects.create(
        stage=stage(story.edition, "ceremony"), closes_at=story.now, by=story.organiser,
        municipality_code="0484",
    )  # fmt: skip
    StageExtension.objects.create(
        stage=stage(story.edition, "consensus"), closes_at=story.now, by=story.organiser
    )
    set_up.remove_stage(stage=stage(story.edition, "consensus"), by=story.organiser)

    for kind, sentence in (("scoring", "Skedet har börjat"), ("ceremony", "En kommun har en egen tid")):
        with pytest.raises(PermissionDenied, match=sentence):
            set_up.remove_stage(stage=stage(story.edition, kind), by=story.organiser)
    assert kinds(story.edition) == ["call", "scoring", "ceremony"]


def test_swapped_stages_leave_the_times_where_they_were(story, client_of):
    times = list(story.edition.stages.values_list("opens_at", "closes_at"))
    address = reverse("stage_swap", args=[story.edition.key, stage(story.edition, "consensus").pk])
    answer = client_of(story.organiser).post(address, {"later": ""})

    assert answer.status_code == 302
    assert kinds(story.edition) == ["call", "scoring", "decision", "consensus", "ceremony"]
    assert list(Stage.objects.filter(edition=story.edition).values_list("opens_at", "closes_at")) == times


@pytest.mark.parametrize(("kind", "later"), [("scoring", True), ("consensus", False), ("ceremony", True)])
def test_stages_that_have_begun_or_have_no_neighbour_stay(story, kind, later):
    before = kinds(story.edition)
    with pytest.raises(PermissionDenied):
        set_up.swap_stages(stage=stage(story.edition, kind), by=story.organiser, later=later)

    assert kinds(story.edition) == before


def test_stage_that_somebody_has_just_taken_away_is_refused_in_words(story):
    gone = stage(story.edition, "decision")
    set_up.remove_stage(stage=stage(story.edition, "decision"), by=story.organiser)

    with pytest.raises(PermissionDenied, match="just tagit bort skedet"):
        set_up.swap_stages(stage=gone, by=story.organiser, later=False)
    with pytest.raises(PermissionDenied, match="just tagit bort skedet"):
        set_up.add_stage(edition=story.edition, kind="hearing", after=gone, by=story.organiser)


# Partners -------------------------------------------------------------------------------------------
def test_partner_comes_and_goes(story, client_of):
    client, address = client_of(story.organiser), reverse("setup_partners", args=[story.edition.key])
    for _time in range(2):
        client.post(address, {"organisation": "Svenska Mässan", "part": "huvudpartner"})
    partner = Partner.objects.get()
    page = client.get(address).content.decode()
    foreign = reverse("partner_remove", args=[story.call.key, partner.pk])
    answers = [
        client.post(foreign).status_code,
        client.post(reverse("partner_remove", args=[story.edition.key, partner.pk])).status_code,
    ]

    assert "Svenska Mässan" in page
    assert answers == [404, 302]
    assert not Partner.objects.exists()


# Seats ----------------------------------------------------------------------------------------------
def test_seats_are_those_set_out_and_those_that_people_hold(story):
    Seat.objects.create(edition=story.edition, name="Ledamot D", organisation="SKR")
    lines = seats_of(story.edition)

    assert [(each.name, each.whom, each.is_empty) for each in lines] == [
        ("Ordförande", "chair@story.example", False),
        ("Vice ordförande", "deputy@story.example", False),
        ("Ledamot D", "", True),
        ("Ledamot A", "juror1@story.example", False),
        ("Ledamot B", "juror2@story.example", False),
        ("Ledamot C", "juror3@story.example", False),
        ("Observatör", "observer@story.example", False),
    ]


def test_seat_waits_is_offered_and_is_taken(story, client_of):
    client, key = client_of(story.organiser), story.edition.key
    seat = {"name": "Ledamot D", "kind": "juror", "organisation": "SKR", "panel": "Panel 1"}
    client.post(reverse("setup_seats", args=[key]), seat)
    twice = client.post(reverse("setup_seats", args=[key]), seat | {"name": "ledamot d"})
    client.post(reverse("seat_offer", args=[key]), {"seat": "Ledamot D", "email": "d@story.example"})
    invitation = Invitation.objects.get(email="d@story.example")
    again = client.post(reverse("seat_offer", args=[key]), {"seat": "Ledamot D", "email": "e@story.example"})
    person = accept_invitation(invitation=invitation, now=story.now)

    assert (twice.status_code, again.status_code) == (422, 422)
    role = Role.objects.get(person=person)
    assert (role.kind, role.seat, role.organisation, role.panel) == ("juror", "Ledamot D", "SKR", "Panel 1")
    assert line(story.edition, "Ledamot D").whom == "d@story.example"


def test_renamed_seat_takes_its_holder_and_its_invitation_along(story, client_of):
    invite(
        email="e@story.example", edition=story.edition, kind="juror", details={"seat": "Ledamot E"},
        now=story.now, by=story.organiser,
    )  # fmt: skip
    earlier = Role.objects.create(
        edition=story.edition, person=story.outsider, kind="juror", seat="Ledamot A",
        began_at=story.now - timedelta(days=9), ended_at=story.now - timedelta(days=8),
    )  # fmt: skip
    client, address = client_of(story.organiser), reverse("seat_edit", args=[story.edition.key])
    for name, new in (("Ledamot A", "SKR"), ("Ledamot E", "Vinnova")):
        answer = client.post(
            f"{address}?seat={name.replace(' ', '%20')}",
            {"name": new, "kind": "juror", "organisation": new, "panel": "Panel 2"},
        )
        assert answer.status_code == 302
    held = story.seats["juror1"]
    held.refresh_from_db()
    earlier.refresh_from_db()

    assert (held.seat, held.organisation, held.panel) == ("SKR", "SKR", "Panel 2")
    assert earlier.seat == "Ledamot A"
    assert Invitation.objects.get(email="e@story.example").details["seat"] == "Vinnova"
    assert {each.name for each in seats_of(story.edition)} >= {"SKR", "Vinnova"}


def test_seat_that_a_colleague_changed_keeps_what_was_not_touched(story, client_of):
    client = client_of(story.organiser)
    address = f"{reverse('seat_edit', args=[story.edition.key])}?seat=Ledamot%20A"
    opened = as_shown(client.get(address).context["form"])
    words = SeatWords("Ledamot A", "juror", "SKR", "Panel 1")
    seats.change_seat(edition=story.edition, name="Ledamot A", seat=words, by=story.organiser)
    untouched = client.post(address, opened).status_code
    both = client.post(address, {**opened, "panel": "Panel 2"})

    assert (untouched, both.status_code) == (302, 409)
    assert "En kollega har under tiden skrivit: Panel 1." in both.content.decode()
    held = line(story.edition, "Ledamot A")
    assert (held.organisation, held.panel) == ("SKR", "Panel 1")


def test_seat_keeps_its_role_while_somebody_sits_there(story):
    words = SeatWords("Ledamot A", "chair")
    with pytest.raises(PermissionDenied, match="rollen ligger fast"):
        seats.change_seat(edition=story.edition, name="Ledamot A", seat=words, by=story.organiser)


def test_only_empty_seats_are_taken_away(story):
    Seat.objects.create(edition=story.edition, name="Ledamot D")
    seats.remove_seat(edition=story.edition, name="Ledamot D", by=story.organiser)

    for name, sentence in (("Ledamot A", "Någon sitter där"), ("Ledamot D", "finns inte längre")):
        with pytest.raises(PermissionDenied, match=sentence):
            seats.remove_seat(edition=story.edition, name=name, by=story.organiser)
    assert not Seat.objects.exists()


def test_seat_of_a_taken_name_is_refused(story):
    with pytest.raises(PermissionDenied, match="som heter så"):
        seats.add_seat(edition=story.edition, seat=SeatWords("ordförande", "juror"), by=story.organiser)


# Archived -------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("state", "said"), [("cancelled", "inställd"), ("concluded", "avslutad"), ("archived", "arkiverad")]
)
def test_ended_edition_changes_no_more(story, state, said):
    Edition.objects.filter(pk=story.edition.pk).update(state=state)
    edition = Edition.objects.select_related("fair").get(pk=story.edition.pk)
    with pytest.raises(PermissionDenied, match=said):
        set_up.add_partner(edition=edition, organisation="X", by=story.administrator)
    with pytest.raises(PermissionDenied, match=said):
        set_up.change_facts(edition=edition, facts={"motto": "X"}, by=story.administrator)
    with pytest.raises(PermissionDenied, match=said):
        seats.add_seat(edition=edition, seat=SeatWords("X", "juror"), by=story.administrator)
    with pytest.raises(PermissionDenied, match=said):
        seats.offer_seat(
            edition=edition, name="X", email="x@story.example", now=story.now, by=story.administrator
        )


# Few queries ----------------------------------------------------------------------------------------
@pytest.mark.parametrize("rows", [1, 3])
def test_pages_ask_the_same_few_queries_however_many_rows(story, client_of, rows):
    edition = story.elsewhere
    Stage.objects.filter(edition=edition, position__gt=rows).delete()
    Role.objects.filter(edition=edition, kind="juror").delete()
    for number in range(rows):
        Seat.objects.create(edition=edition, name=f"Ledamot {number}")
        Partner.objects.create(edition=edition, organisation=f"Partner {number}")
    client = client_of(story.other_organiser)
    asked = {}
    for name in ("edition_setup", "setup_stages", "setup_seats", "setup_partners"):
        client.get(reverse(name, args=[edition.key]))
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse(name, args=[edition.key])).status_code == 200
        asked[name] = len(queries)

    assert asked == {"edition_setup": 16, "setup_stages": 7, "setup_seats": 10, "setup_partners": 8}
