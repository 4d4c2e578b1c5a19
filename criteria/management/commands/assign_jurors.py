"""Deal the entries out among the jurors, balanced and free of conflicts, or show how it would fall."""

from __future__ import annotations

import sys

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from awards.models import Edition
from criteria import actions
from criteria.models import Round
from criteria.progress import latest_round
from criteria.proposal import ANCHORS, SEED, Proposal, propose

MOST_SEED = 2**31 - 1  # what a round keeps


class Command(BaseCommand):
    """Assign jurors to the entries of an edition's round."""

    help = "Assign jurors to entries: everybody reads everything, or K readings each by a balanced plan."

    def add_arguments(self, parser: CommandParser) -> None:
        """Which edition and round, how many readings, and whether to write."""
        parser.add_argument("--edition", required=True, metavar="KEY", help="the edition, such as 2027")
        parser.add_argument("--round", type=int, metavar="N", help="the round's number (the latest one)")
        parser.add_argument("--per-nomination", type=int, metavar="K", help="readings of each entry")
        parser.add_argument("--everybody", action="store_true", help="everybody reads everything")
        parser.add_argument("--anchors", type=int, default=ANCHORS, help="entries that all read (2)")
        parser.add_argument("--seed", type=int, default=SEED, help="seed of the lots (2027)")
        parser.add_argument("--dry-run", action="store_true", help="write nothing")

    def handle(self, *, edition: str, **options: object) -> None:
        """Plan, tell, write; what cannot be done is told in sentences and leaves with 2."""
        if options["per_nomination"] is not None and options["per_nomination"] < 1:
            self.refuse(_("An entry needs at least one reading."))
        if not 0 <= options["seed"] <= MOST_SEED:
            self.refuse(_("The seed must be a whole number from 0 to %(most)s.") % {"most": MOST_SEED})
        scoring_round = self.find_round(edition, options["round"])
        wishes = {
            "per_nomination": options["per_nomination"],
            "everybody": options["everybody"] or None,
            "anchors": options["anchors"],
            "seed": options["seed"],
        }
        if options["dry_run"]:
            plan = propose(scoring_round, **wishes)
        else:
            plan = actions.assign_jurors(scoring_round=scoring_round, by=None, **wishes)
        if plan.problems:
            self.refuse("\n".join(plan.problems))
        self.stdout.write("\n".join(in_words(plan)))
        if options["dry_run"]:
            self.stdout.write(_("Nothing was written."))

    def find_round(self, key: str, number: int | None) -> Round:
        """The round, or a sentence and 2."""
        edition = Edition.objects.filter(key=key).first()
        if edition is None:
            self.refuse(_("There is no edition “%(key)s”.") % {"key": key})
        found = (
            latest_round(edition)
            if number is None
            else Round.objects.filter(edition=edition, position=number).first()
        )
        if found is None:
            self.refuse(_("The edition %(key)s has no such round of scoring.") % {"key": key})
        found.edition = edition
        return found

    def refuse(self, sentence: str) -> None:
        """Say why, and leave with 2."""
        self.stderr.write(sentence)
        sys.exit(2)


def in_words(plan: Proposal) -> list[str]:
    """The plan as lines of text."""
    whole = {"entries": plan.entries, "jurors": plan.jurors, "k": plan.per_nomination, "seed": plan.seed}
    lines = [
        _("%(entries)s entries, %(jurors)s jurors: everybody reads everything.") % whole
        if plan.per_nomination is None
        else _("%(entries)s entries, %(jurors)s jurors, %(k)s readings each, seed %(seed)s.") % whole
    ]
    if plan.anchors:
        lines.append(_("Read by all: %(entries)s.") % {"entries": ", ".join(plan.anchors)})
    lines += [
        _("%(seat)s: %(now)s now, %(then)s then (%(started)s begun, %(conflicts)s conflicts)")
        % {
            "seat": load.seat,
            "now": load.now,
            "then": load.then,
            "started": load.started,
            "conflicts": load.conflicts,
        }
        for load in plan.loads
    ]
    lines.append(
        _("%(add)s new, %(drop)s taken away, %(kept)s stay.")
        % {"add": len(plan.add), "drop": len(plan.drop), "kept": plan.kept}
    )
    if plan.islands > 1:
        lines.append(
            _("The jury falls into %(n)s groups without a common entry: no common order can be made.")
            % {"n": plan.islands}
        )
    return lines
