"""What an organiser chooses and types to import a table."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from awards.models import Edition
from reports.cells import XLSX_TYPE
from reports.importing.columns import lacking
from reports.importing.kinds import KINDS
from reports.importing.reading import LARGEST_FILE
from reports.importing.reading_apart import UnreadableError
from reports.models import ImportDraft

ENDINGS = f".csv,.txt,.tsv,.xlsx,text/csv,{XLSX_TYPE}"
UNUSED = "unused"
SHOWN = 3  # values of a column beside its heading


class ImportForm(forms.Form):
    """The edition, the kind and the file; what is in it is judged by the reader."""

    edition = forms.ChoiceField(label=_("Edition"))
    kind = forms.ChoiceField(label=_("What the file holds"), widget=forms.RadioSelect)
    file = forms.FileField(
        label=_("The file (.xlsx or .csv)"),
        help_text=_("Nothing is saved yet: first you see every row."),
        widget=forms.FileInput(attrs={"accept": ENDINGS}),
        error_messages={
            "required": _("Choose a file."),
            "empty": _("The file holds no rows."),
            "max_length": _("The file's name is too long. Give it a shorter one."),
        },
        max_length=300,
    )
    source = forms.CharField(
        label=_("Where the figures come from"),
        help_text=_("An address or a publication. The journal keeps it; external scores need it."),
        max_length=500,
        required=False,
    )

    def __init__(self, *args, editions: Sequence[Edition], **options) -> None:
        super().__init__(*args, **options)
        self.editions = {each.key: each for each in editions}
        self.fields["edition"].choices = [(each.key, f"{each.award} {each.title}") for each in editions]
        self.fields["kind"].choices = [
            (kind.name, format_lazy("{}. {}", kind.label, kind.about)) for kind in KINDS.values()
        ]

    def clean_file(self) -> UploadedFile:
        """The file, when it is not too large to be a list."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST_FILE:
            raise forms.ValidationError(UnreadableError("too_large").says)
        return file

    def clean_edition(self) -> Edition:
        """The edition itself."""
        return self.editions[self.cleaned_data["edition"]]

    def clean(self) -> dict:
        """External scores name their source."""
        data = super().clean()
        if data.get("kind") and KINDS[data["kind"]].needs_source and not data.get("source", "").strip():
            self.add_error("source", _("Say where the scores come from."))
        return data


class ColumnsForm(forms.Form):
    """Which column is which, and what holds for rows whose cell is empty."""

    def __init__(self, *args, draft: ImportDraft, **options) -> None:
        super().__init__(*args, **options)
        self.draft, self.kind = draft, KINDS[draft.kind]
        rows = draft.table["rows"]
        self.titles = rows[draft.headings][1]
        choices = [(UNUSED, _("Not used")), *((each.name, each.label) for each in self.kind.fields)]
        for place, title in enumerate(self.titles):
            below = [
                row[place] for _number, row in rows[draft.headings + 1 :] if place < len(row) and row[place]
            ]
            self.fields[f"column-{place}"] = forms.ChoiceField(
                label=title or format_lazy(_("Column {number}, without heading"), number=place + 1),
                help_text=" · ".join(value[:40] for value in below[:SHOWN]),
                choices=choices,
                initial=draft.columns[place] or UNUSED,
            )
        for each in self.kind.fields:
            if each.fills:
                self.fields[f"fill-{each.name}"] = forms.CharField(
                    label=each.label, max_length=500, required=False, initial=draft.fills.get(each.name, "")
                )

    @property
    def column_fields(self) -> list[forms.BoundField]:
        """One choice for each column."""
        return [self[name] for name in self.fields if name.startswith("column-")]

    @property
    def fill_fields(self) -> list[forms.BoundField]:
        """What holds where a cell is empty."""
        return [self[name] for name in self.fields if name.startswith("fill-")]

    def clean(self) -> dict:
        """`columns` and `fills` as a draft keeps them; what rows cannot be read without is asked for."""
        data = super().clean()
        columns = [data.get(f"column-{place}", "") for place in range(len(self.titles))]
        columns = ["" if name == UNUSED else name for name in columns]
        said = {each.name: data.get(f"fill-{each.name}", "") for each in self.kind.fields}
        fills = {name: text.strip() for name, text in said.items() if text.strip()}
        for sentence in lacking(self.kind, columns, fills):
            self.add_error(None, sentence)
        return {"columns": columns, "fills": fills}
