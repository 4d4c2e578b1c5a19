"""Forms that post along what they showed, so that a save changes what was touched and overwrites nobody."""

from __future__ import annotations

from datetime import date, datetime

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from awards import formats

CONFLICT = 409


class ShownForm(forms.Form):
    """Each field has a hidden twin with what it showed; `initial` says what stands there now.

    A field that nobody touched keeps what stands there now. Where somebody else has written into the same
    field since the page was shown, the form is refused with both, and saving once more lets the typed hold.
    """

    touched: frozenset[str] = frozenset()
    clashes: frozenset[str] = frozenset()

    def __init__(self, *args, **options) -> None:
        super().__init__(*args, **options)
        for field in self.fields.values():
            field.show_hidden_initial = True

    def full_clean(self) -> None:
        """Merge before anything is judged, and refuse what two have written."""
        if self.is_bound:
            self._merge()
        super().full_clean()
        for name in self.clashes:
            self.add_error(
                name, _said(self.fields[name], self.get_initial_for_field(self.fields[name], name))
            )

    @property
    def status(self) -> int:
        """How a page with this form answers."""
        if not self.errors:  # asking for them cleans
            return 200
        return CONFLICT if self.clashes else 422

    def _merge(self) -> None:
        """Find what was touched; all else becomes what stands there now, and so do the hidden twins."""
        data, touched, clashes = self.data.copy(), set(), set()
        for name, field in self.fields.items():
            box, twin = self.add_prefix(name), self.add_initial_prefix(name)
            now = _hidden(field, self.get_initial_for_field(field, name))
            typed = _plain(field, field.widget.value_from_datadict(self.data, self.files, box))
            shown, held = _plain(field, self.data.get(twin, now)), _plain(field, now)
            if typed == shown:
                data[box] = now
            else:
                touched.add(name)
                if held not in (shown, typed):
                    clashes.add(name)
            data[twin] = now
        self.data, self.touched, self.clashes = data, frozenset(touched), frozenset(clashes)


def _hidden(field: forms.Field, value: object) -> str:
    """A value as its hidden twin carries it."""
    written = field.hidden_widget().format_value(field.prepare_value(value))
    return "" if written is None else str(written)


def _plain(field: forms.Field, value: object) -> object:
    """What was posted, so that two ways to write the same compare equal."""
    try:
        plain = field.to_python(value)
    except ValidationError:
        plain = value
    return plain.replace("\r\n", "\n") if isinstance(plain, str) else plain


def _said(field: forms.Field, theirs: object) -> str:
    """What a colleague has made of the field, in a sentence."""
    if theirs in field.empty_values:
        return _("A colleague has emptied this meanwhile. Save once more if what you wrote is to hold.")
    said = _("A colleague has meanwhile written: %(theirs)s. Save once more if what you wrote is to hold.")
    return said % {"theirs": _in_words(field, theirs)}


def _in_words(field: forms.Field, value: object) -> str:
    language = formats.written_language(get_language())
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return f"{formats.day(value, language)}{formats.SPACE}{formats.clock(value)}"
    if isinstance(value, date):
        return formats.day(value, language)
    return str(dict(getattr(field, "choices", ())).get(value, value))
