"""Anyone can check the jury's arithmetic: all six statistics of a long score table, without a database."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _


class Command(BaseCommand):
    """Print the statistics of FILE.csv."""

    help = "Statistics of a long score table (entry,juror,score). Needs no database."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """FILE, the form of the answer, and the scale where the file's own range is not it."""
        parser.add_argument("file", help="CSV with the columns entry, juror, score")
        parser.add_argument("--json", action="store_true", help="print JSON")
        parser.add_argument("--scale", nargs=2, type=float, metavar=("LOW", "HIGH"), help="the scale's ends")
        parser.add_argument("--top", type=int, default=3, metavar="K", help="the top to watch (3)")
        parser.add_argument("--seed", type=int, default=2027, help="seed of the draws (2027)")

    def handle(self, *, file: str, **options: object) -> None:
        """Read, analyse, print; a file that cannot be read is one sentence and exit code 2."""
        from criteria.statistics import analysis, table  # noqa: PLC0415 - numpy and scipy are heavy

        if options["seed"] < 0:
            self.refuse(_("The seed must be a whole number from 0 up."))
        if options["scale"] and not -table.MOST <= options["scale"][0] < options["scale"][1] <= table.MOST:
            self.refuse(_("The scale must be two numbers, the lowest first."))
        try:
            scores = table.read_csv(Path(file).read_text(encoding="utf-8"))
        except OSError as error:
            self.refuse(_("%(file)s cannot be read: %(why)s.") % {"file": file, "why": error.strerror})
        except UnicodeDecodeError:
            self.refuse(_("%(file)s is not UTF-8 text.") % {"file": file})
        except table.TableProblem as problem:
            self.refuse(f"{file}: {problem}")
        scale = tuple(options["scale"]) if options["scale"] else None
        found = analysis.analyse(scores, scale=scale, top_k=max(1, options["top"]), seed=options["seed"])
        self.stdout.write(
            json.dumps(analysis.as_dict(found), ensure_ascii=False, indent=2, allow_nan=False)
            if options["json"]
            else in_words(found)
        )

    def refuse(self, sentence: str) -> None:
        """Say why, and leave with 2."""
        self.stderr.write(sentence)
        sys.exit(2)


def in_words(found) -> str:
    """The analysis as a page of plain text."""
    from criteria.statistics import analysis  # noqa: PLC0415 - numpy and scipy are heavy

    data = analysis.as_dict(found)
    lines = [
        _("%(entries)s entries, %(jurors)s jurors, %(readings)s scores.")
        % {
            "entries": len(found.table.entries),
            "jurors": len(found.table.jurors),
            "readings": found.table.readings,
        },
        "",
        f"{_('Entry'):<30} {_('raw'):>9} {_('adjusted'):>9} {_('P first'):>8}  {_('90 % rank')}",
    ]
    lines += [
        f"{entry:<30} {data['raw'][entry]:9.3f} {_beside(data, entry)}"
        for entry in sorted(data["raw"], key=lambda name: -data["raw"][name])
    ]
    if data["severity"]:
        lines += ["", f"{_('Juror'):<30} {_('generosity'):>10}"]
        lines += [
            f"{juror:<30} {value:+10.3f}"
            for juror, value in sorted(data["severity"].items(), key=lambda x: x[1])
        ]
    for name in ("variance", "icc", "reliability", "alpha"):
        if data[name]:
            figures = ", ".join(
                f"{key} {value:.4f}" for key, value in data[name].items() if value is not None
            )
            lines.append(f"{name}: {figures}")
    for odd in data["odd_scores"]:
        lines.append(_("Worth a talk: %(juror)s on %(entry)s, %(score)s.") % odd)
    return "\n".join([*lines, "", *data["notes"]])


def _beside(data: dict, entry: str) -> str:
    """What stands beside an entry's raw mean, as far as it can be computed."""
    if data["adjusted"] is None:
        return ""
    if data["first_probability"] is None:
        return f"{data['adjusted'][entry]:9.3f}"
    low, high = data["rank_interval"][entry]
    chance, group = data["first_probability"][entry], data["groups"][entry]
    return f"{data['adjusted'][entry]:9.3f} {chance:8.2f}  {low}-{high} {group}"
