"""The world that all tests share is the one its page promises."""

from criteria import model_files
from criteria.models import Assignment, ScoreSheet
from nominees.models import Nomination
from tests.story import BORAS, leaf_codes


def test_story_has_the_rehearsal_in_scoring(story):
    assert sorted(story.nominations) == ["0484", "1261", "1283", "1490", "1780", "1980"]
    assert [stage.kind for stage in story.edition.stages.filter(state="open")] == ["scoring"]


def test_story_scoring_model_is_readable(story):
    model = model_files.parse(story.scoring_model.definition)

    assert [area.code for area in model.root.children] == ["A", "B", "C", "D"]
    assert [leaf.code for area in model.root.children for leaf in area.children] == leaf_codes()


def test_story_doors_are_shut_for_the_outsider(story):
    assert list(Nomination.objects.visible_to(story.outsider)) == list(story.history.nominations.all())
    assert Assignment.objects.open_to(story.outsider).count() == 0
    assert ScoreSheet.objects.seen_by(story.outsider).count() == 0


def test_story_doors_are_open_for_those_with_work(story):
    assert Nomination.objects.visible_to(story.organiser).filter(edition=story.edition).count() == 6
    assert Nomination.objects.visible_to(story.contact).filter(edition=story.edition).count() == 1
    assert Assignment.objects.open_to(story.juror1).count() == 6
    open_codes = Assignment.objects.open_to(story.juror2).values_list(
        "nomination__municipality__code", flat=True
    )
    assert sorted(open_codes) == sorted(set(story.nominations) - {BORAS})
    assert ScoreSheet.objects.seen_by(story.juror1).count() == 6
