"""What stands around every page: menus, editions, stage line, and how few questions it asks."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
from django.utils import translation

from awards import menu
from awards.models import Award, Edition, Fair, Person, Role, Stage
from awards.shell import Shell, shell
from awards.stage_line import stage_line
from awards.states import EditionState, RoleKind, StageKind, StageState

NOW = datetime(2026, 9, 19, 12, 0, tzinfo=UTC)
DEADLINE = datetime(2026, 9, 25, 21, 59, tzinfo=UTC)
AHEAD, OPEN, DONE = StageState.AHEAD, StageState.OPEN, StageState.CLOSED
KINDS = (StageKind.CALL, StageKind.SCORING, StageKind.CONSENSUS, StageKind.DECISION, StageKind.CEREMONY)


def edition_in(*states, state=EditionState.RUNNING, opens=None, closes=DEADLINE):
    """An edition that is not saved, and its stages."""
    stages = [
        Stage(kind=kind, state=each, opens_at=opens, closes_at=closes)
        for kind, each in zip(KINDS, states, strict=False)
    ]
    return Edition(key="2027", state=state), stages


def sentence(*states, now=NOW, **more):
    with translation.override("en"):
        line = stage_line(*edition_in(*states, **more), now, "en")
    return f"{line.strong} {line.rest}".strip().replace("\N{NO-BREAK SPACE}", " ")


@pytest.fixture
def editions(db):
    """Two public years and a rehearsal."""
    award = Award.objects.create(slug="sveriges-kvalitetskommun", name_sv="Sveriges KvalitetsKommun")
    made = {}
    for key, year, rehearsal in (
        ("2013", 2013, False),
        ("2015", 2015, False),
        ("rehearsal-2027", 2027, True),
    ):
        fair = Fair.objects.create(label_year=year, rehearsal=rehearsal)
        made[key] = Edition.objects.create(
            award=award, fair=fair, key=key, is_rehearsal=rehearsal, published_at=None if rehearsal else NOW
        )
        Stage.objects.create(
            edition=made[key], kind=StageKind.CALL, position=0, state=OPEN, closes_at=DEADLINE
        )
    return made


@pytest.fixture
def own_menu(monkeypatch):
    """A menu of our own, so that other apps' lines do not matter."""
    monkeypatch.setattr(menu, "_sources", [])
    return menu.register


def asked(path="/", user=None, edition=None):
    request = RequestFactory().get(path)
    request.user = user or AnonymousUser()
    if edition:
        request.edition = edition
    return request


@pytest.mark.parametrize(
    ("states", "css"),
    [
        ((OPEN, AHEAD, AHEAD, AHEAD, AHEAD), ["is-now", "is-next", "is-next", "is-next", "is-next"]),
        ((DONE, OPEN, AHEAD, AHEAD, AHEAD), ["is-done", "is-now", "is-next", "is-next", "is-next"]),
        ((DONE, DONE, DONE, DONE, DONE), ["is-done"] * 5),
    ],
)
def test_stage_line_shows_done_now_and_next(states, css):
    line = stage_line(*edition_in(*states), NOW, "sv")

    assert [step.css for step in line.steps] == css


@pytest.mark.parametrize(
    ("states", "more", "said"),
    [
        ((DONE, OPEN, AHEAD, AHEAD, AHEAD), {}, "Scoring closes in 6 days, Friday 25 September 23:59"),
        ((DONE, OPEN, AHEAD, AHEAD, AHEAD), {"closes": None}, "Scoring is under way"),
        (
            (AHEAD, AHEAD, AHEAD, AHEAD, AHEAD),
            {"opens": DEADLINE, "closes": None},
            "Application opens in 6 days, Friday 25 September 23:59",
        ),
        ((AHEAD, AHEAD, AHEAD, AHEAD, AHEAD), {"closes": None}, "Application has not opened yet"),
        ((DONE, DONE, DONE, DONE, DONE), {}, "The edition is concluded."),
        ((DONE, OPEN, AHEAD, AHEAD, AHEAD), {"state": EditionState.PAUSED}, "The edition is paused."),
        ((AHEAD, AHEAD, AHEAD, AHEAD, AHEAD), {"state": EditionState.CANCELLED}, "The edition is cancelled."),
        ((AHEAD, AHEAD, AHEAD, AHEAD, AHEAD), {"state": EditionState.CONCLUDED}, "The edition is concluded."),
    ],
)
def test_stage_line_says_when_the_next_door_moves(states, more, said):
    assert sentence(*states, **more) == said


def test_stage_line_says_that_a_passed_deadline_waits_for_the_organiser():
    said = sentence(DONE, OPEN, AHEAD, AHEAD, AHEAD, now=DEADLINE + timedelta(minutes=1))

    assert said == "Scoring was to close Friday 25 September 23:59, and waits for the organiser"


def test_stage_line_of_a_concluded_edition_is_all_done():
    line = stage_line(*edition_in(DONE, AHEAD, AHEAD, AHEAD, AHEAD, state=EditionState.CONCLUDED), NOW, "sv")

    assert {step.css for step in line.steps} == {"is-done"}


def test_stage_line_takes_a_deadline_of_ones_own():
    edition, stages = edition_in(OPEN, AHEAD, AHEAD, AHEAD, AHEAD)
    with translation.override("en"):
        line = stage_line(edition, stages, NOW, "en", NOW + timedelta(hours=2))

    assert line.rest.replace("\N{NO-BREAK SPACE}", " ") == "closes in 2 hours, Saturday 19 September 16:00"


def test_stage_line_is_missing_where_there_are_no_stages():
    assert stage_line(Edition(key="2003"), [], NOW, "sv") is None


def test_editions_are_the_public_ones_for_a_visitor(editions):
    assert [choice.label for choice in Shell(asked()).editions] == ["2015", "2013"]


def test_editions_of_a_juror_hold_the_rehearsal_too(editions):
    person = Person.objects.create_user("ledamot.b@example.org")
    Role.objects.create(edition=editions["rehearsal-2027"], person=person, kind=RoleKind.JUROR)

    with translation.override("en"):
        labels = [choice.label for choice in Shell(asked(user=person)).editions]

    assert labels == ["Rehearsal 2027", "2015", "2013"]


def test_edition_of_the_page_is_marked_and_named(editions):
    drawn = Shell(asked(edition=editions["2015"]))

    assert (drawn.edition_label, [choice.current for choice in drawn.editions]) == ("2015", [True, False])


def test_page_about_all_years_names_none_and_has_no_stage_line(editions):
    with translation.override("en"):
        drawn = Shell(asked())
        assert (drawn.edition_label, drawn.stage_line, drawn.is_rehearsal) == ("All editions", None, False)


def test_rehearsal_says_so(editions):
    banners = [Shell(asked(edition=each)).is_rehearsal for each in editions.values()]

    assert banners == [False, False, True]


def test_shell_asks_the_database_three_times_at_most(editions, django_assert_num_queries, own_menu):
    person = Person.objects.create_user("ledamot.b@example.org")
    own_menu(
        lambda request: [menu.MenuItem("Min lista", "/scoring/")] if request.user.roles_held == () else []
    )
    edition = Edition.objects.get(key="2015")
    drawn = Shell(asked(user=person, edition=edition))

    with django_assert_num_queries(3):
        for _twice in range(2):
            parts = (drawn.editions, drawn.edition_label, drawn.stage_line, drawn.menu, drawn.more_menu)
    assert len(parts) == 5


def test_shell_asks_nothing_until_it_is_drawn(editions, django_assert_num_queries):
    with django_assert_num_queries(0):
        shell(asked(edition=editions["2015"]))


def test_shell_is_one_for_the_whole_request():
    request = asked()

    assert shell(request)["shell"] is shell(request)["shell"]


def test_menu_of_a_visitor_is_what_is_open_to_all(own_menu):
    own_menu(lambda _request: [menu.MenuItem("Start", "/", 1, menu.Place.OPEN)])
    drawn = Shell(asked())

    assert ([line.label for line in drawn.menu], drawn.more_menu) == (["Start"], ())


def test_menu_of_somebody_with_work_folds_the_open_lines_away(own_menu):
    own_menu(
        lambda _request: [menu.MenuItem("Start", "/", 1, menu.Place.OPEN), menu.MenuItem("Hem", "/desk/", 2)]
    )
    drawn = Shell(asked())

    assert [[line.label for line in place] for place in (drawn.menu, drawn.more_menu)] == [["Hem"], ["Start"]]


def test_menu_is_in_order_and_says_nothing_twice(own_menu):
    own_menu(lambda _request: [menu.MenuItem("B", "/b/", 20), menu.MenuItem("A", "/a/", 10)])
    own_menu(lambda _request: [menu.MenuItem("B again", "/b/", 20)])

    assert [line.label for line in Shell(asked()).menu] == ["A", "B again"]


@pytest.mark.parametrize(
    ("path", "marks"),
    [
        ("/", ["page", "", ""]),
        ("/scoring/", ["", "page", ""]),
        ("/scoring/4/", ["", "true", ""]),
        ("/scoring/grid/", ["", "", "page"]),
        ("/elsewhere/", ["", "", ""]),
    ],
)
def test_menu_marks_the_nearest_line(own_menu, path, marks):
    urls = ("/", "/scoring/", "/scoring/grid/")
    own_menu(lambda _request: [menu.MenuItem(url, url, order) for order, url in enumerate(urls)])

    assert [line.current for line in Shell(asked(path)).menu] == marks


def test_other_language_is_the_one_the_page_is_not_in():
    codes = []
    for code in ("sv", "en"):
        with translation.override(code):
            codes.append(Shell(asked()).other_language.code)

    assert codes == ["en", "sv"]


def test_sign_in_leads_back_to_the_page():
    assert Shell(asked("/nominations/?q=Bor%C3%A5s")).sign_in_url.endswith(
        "?next=%2Fnominations%2F%3Fq%3DBor%25C3%25A5s"
    )
