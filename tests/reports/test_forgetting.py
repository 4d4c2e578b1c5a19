"""Forgetting an archived edition's people: no trace of a name in any table, and not a figure changed."""

import json
from urllib.parse import quote

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.db import connection
from django.urls import reverse

from awards.actions.forgetting import anonymise_people
from awards.actions.invitations import invite
from awards.forgetting import concerned
from awards.models import Edition, Invitation, Job, JournalEntry, Letter, Person, Role
from awards.states import JobState
from criteria.jury_analysis import analysis_of
from criteria.models import Decision, Recusal, Score, ScoreSheet, Tie
from criteria.readings import stamp_of
from criteria.standings import standings_of
from nominees.models import Contact
from reports.models import ExportReceipt, SavedView
from reports.standings_rows import COLUMNS, TOTALS_COLUMNS, standing_rows, total_rows
from reports.tables import json_file, table
from tests.criteria.jury import close
from tests.criteria.meeting import confirmed
from tests.nominees.reading import words
from tests.reports.paper import sent_in
from tests.story import ESKILSTUNA

pytestmark = pytest.mark.django_db
NAMES = ("Anna Provek", "Bo Lindprov", "Cia Almprov", "Vera Kontaktprov")
NAMED = ("juror1", "juror2", "juror3", f"contact_{ESKILSTUNA}")


@pytest.fixture
def archived(story):
    """An edition put away, whose people have names in every place that takes one."""
    for who, name in zip(NAMED, NAMES, strict=True):
        person = story.people[who]
        Person.objects.filter(pk=person.pk).update(name=name)
        EmailAddress.objects.create(user=person, email=person.email)
        Authenticator.objects.create(user=person, type="totp", data={"label": name})
        elsewhere = {"provider": "oidc", "uid": person.email, "extra_data": {"name": name}}
        SocialAccount.objects.create(user=person, **elsewhere)
        Letter.objects.create(
            to=person, email=person.email, edition=story.edition, subject=f"Till {name}", body=f"Hej {name}!"
        )
        Letter.objects.create(to=person, email=person.email, subject="Kod", body=name, state="sent")
        Tie.objects.create(person=person, kind="other", organisation=f"{name} AB")
    Contact.objects.filter(edition=story.edition, person=story.contact).update(title=f"{NAMES[3]}, strateg")
    Recusal.objects.filter(juror=story.seats["juror2"]).update(note=f"{NAMES[1]} är gift där")
    invite(
        email="anna.annan@story.example",
        edition=story.edition,
        kind="juror",
        details={"seat": "Ledamot D", "greeting": NAMES[0]},
        greeting=f"Hälsar {NAMES[0]}",
        now=story.now,
        by=story.organiser,
    )
    job = Job(person=story.juror1, kind="own_binder", state=JobState.DONE, file_name=f"{NAMES[0]}.pdf")
    job.file.save("x.pdf", ContentFile(b"%PDF"))
    asked = f"signed_in=no&q={quote(NAMES[0])}"
    SavedView.objects.create(
        edition=story.edition, list_name="contacts", name="Min", query=asked, owner=story.organiser
    )
    Job.objects.create(
        person=story.organiser, edition=story.edition, kind="report:contacts", parameters={"query": asked}
    )
    ExportReceipt.objects.create(
        edition=story.edition, report="contacts", filters={"q": [NAMES[0]], "signed_in": ["no"]}
    )
    Role.objects.filter(person=story.contact).exclude(edition=story.edition).delete()
    sent_in(story)
    close(story)
    confirmed(story)
    Edition.objects.filter(pk=story.edition.pk).update(state="archived")
    story.edition.refresh_from_db()
    return story


def traces(*wanted: str) -> list[str]:
    """Every column of the database, of any app, that holds one of these texts."""
    found = []
    with connection.cursor() as cursor:
        for table_name in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table_name}"')  # noqa: S608 - a table's own name
            columns = [each[0] for each in cursor.description]
            for row in cursor.fetchall():
                found += [
                    f"{table_name}.{column}"
                    for column, value in zip(columns, row, strict=True)
                    if value is not None and any(text.lower() in _text(value) for text in wanted)
                ]
    return sorted(set(found))


def _text(value: object) -> str:
    if isinstance(value, bytes | memoryview):
        return bytes(value).decode("utf-8", "replace").lower()
    written = value if isinstance(value, str) else json.dumps(value, default=str, ensure_ascii=False)
    return (written.encode().decode("unicode_escape", "replace") + written).lower()


def figures(story) -> tuple[bytes, bytes, bytes, str]:
    """Standings, totals, statistics and the frozen decision, to the byte."""
    story.round.refresh_from_db()
    standings = standings_of(story.round)
    rows = standing_rows(standings, analysis_of(standings))
    scores = Score.objects.order_by("pk").values_list("pk", "sheet", "criterion", "value", "strengths")
    return (
        json_file(table("standings", "", COLUMNS, rows)),
        json_file(table("totals", "", TOTALS_COLUMNS, total_rows(standings))),
        json.dumps([[str(each) for each in row] for row in scores]).encode(),
        json.dumps(Decision.objects.get().record, sort_keys=True),
    )


def test_no_table_holds_a_name_or_an_address_afterwards(archived):
    people = [archived.people[who] for who in NAMED]
    wanted = [*NAMES, *(person.email for person in people), "anna.annan@story.example"]
    before = traces(*wanted)

    anonymise_people(edition=archived.edition, by=archived.organiser)

    assert len(before) >= 14
    assert traces(*wanted) == []


def test_what_was_searched_for_goes_and_the_other_filters_stay(archived):
    anonymise_people(edition=archived.edition, by=archived.organiser)

    assert ExportReceipt.objects.get().filters == {"q": [""], "signed_in": ["no"]}
    assert Job.objects.get(kind="report:contacts").parameters == {"query": "signed_in=no"}
    assert SavedView.objects.get().query == "signed_in=no"


def test_standings_statistics_and_decision_are_the_same_to_the_byte(archived):
    before, stamp = figures(archived), stamp_of(archived.round)

    anonymise_people(edition=archived.edition, by=archived.organiser)

    assert figures(archived) == before
    assert stamp_of(archived.round) == stamp


def test_the_journal_only_grows_by_its_own_line(archived):
    before = list(JournalEntry.objects.order_by("pk").values())

    count = anonymise_people(edition=archived.edition, by=archived.organiser)

    after = list(JournalEntry.objects.order_by("pk").values())
    assert after[:-1] == before
    assert (after[-1]["verb"], after[-1]["data"]) == ("anonymise_people", {"people": count})


def test_seats_rows_and_kinds_of_recusals_stay(archived):
    seats = sorted(Role.objects.values_list("pk", "seat", "kind"))
    recusals = sorted(Recusal.objects.values_list("pk", "juror", "nomination", "reason"))

    anonymise_people(edition=archived.edition, by=archived.organiser)

    assert sorted(Role.objects.values_list("pk", "seat", "kind")) == seats
    assert sorted(Recusal.objects.values_list("pk", "juror", "nomination", "reason")) == recusals
    assert set(ScoreSheet.objects.values_list("private_note", flat=True)) == {""}


def test_who_takes_part_elsewhere_is_kept_and_administrators_and_the_one_who_does_it(archived):
    Role.objects.create(edition=archived.call, person=archived.juror1, kind="juror")
    Role.objects.create(edition=archived.edition, person=archived.administrator, kind="observer")

    found = concerned(archived.edition, archived.organiser)
    anonymise_people(edition=archived.edition, by=archived.organiser)

    stay = {"juror1", "administrator", "organiser"} | {
        f"contact_{code}" for code in archived.municipalities if code != ESKILSTUNA
    }
    addresses = set(Person.objects.values_list("email", flat=True))
    still = {who for who, person in archived.people.items() if person.email in addresses}
    assert stay <= still
    assert found.kept == len(stay)
    assert Person.objects.get(pk=archived.juror1.pk).name == NAMES[0]


def test_the_forgotten_cannot_sign_in(archived, client_of):
    client = client_of(archived.juror1)
    inside = client.get(reverse("job_list")).status_code

    anonymise_people(edition=archived.edition, by=archived.organiser)

    person = Person.objects.get(pk=archived.juror1.pk)
    assert (inside, client.get(reverse("job_list")).status_code) == (200, 302)
    assert person.name == f"Person {person.pk}"
    assert (person.is_active, person.has_usable_password()) == (False, False)


def test_a_file_they_had_ordered_is_thrown_away(archived, django_capture_on_commit_callbacks):
    job = Job.objects.get(kind="own_binder")
    with django_capture_on_commit_callbacks(execute=True):
        anonymise_people(edition=archived.edition, by=archived.organiser)

    assert job.file.storage.exists(job.file.name) is False


def test_an_edition_that_is_not_archived_forgets_nobody(story):
    with pytest.raises(PermissionDenied):
        anonymise_people(edition=story.edition, by=story.organiser)
    with pytest.raises(PermissionDenied):
        anonymise_people(edition=story.edition, by=None)


@pytest.mark.parametrize("who", ["juror1", "chair", "other_organiser", "outsider"])
def test_nobody_else_forgets(archived, who):
    with pytest.raises(PermissionDenied):
        anonymise_people(edition=archived.edition, by=archived.people[who])


def test_twice_is_as_once(archived):
    first = anonymise_people(edition=archived.edition, by=archived.organiser)
    second = anonymise_people(edition=archived.edition, by=archived.organiser)

    assert (first > 5, second) == (True, 0)


def test_the_page_counts_and_asks_for_a_tick(archived, client_of):
    client = client_of(archived.organiser)
    page = reverse("archive_page", args=[archived.edition.key])
    address = reverse("archive_forget", args=[archived.edition.key])
    count = len(concerned(archived.edition, archived.organiser).people)
    letters = Letter.objects.filter(edition=archived.edition).count()

    said = words(client.get(page))
    unsure = client.post(address)
    done = client.post(address, {"sure": "on"}, follow=True)

    assert f"{count} personer har inget uppdrag i någon annan omgång" in said
    assert f"Även texter och adresser i {letters} brev och 1 inbjudningar" in said
    assert "Kryssa i rutan om du är säker." in words(unsure)
    assert f"{count} personer är nu anonyma." in done.content.decode()
    invitation = Invitation.objects.get()
    assert (sorted(invitation.details), invitation.revoked_at is None) == (["nonce", "seat"], False)


@pytest.mark.usefixtures("archived")
def test_the_search_for_traces_finds_plain_text_and_text_in_json():
    assert "criteria_recusal.note" in traces(NAMES[1])
    assert "mfa_authenticator.data" in traces(NAMES[0])
