"""Compiling translations without gettext."""

import gettext
import os

from awards.translations import compile_stale

CATALOGUE = """
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

msgid "Winner"
msgstr "Vinnare"

msgid "%(count)s juror"
msgid_plural "%(count)s jurors"
msgstr[0] "%(count)s ledamot"
msgstr[1] "%(count)s ledamöter"
"""


def _catalogue(folder, settings):
    settings.LOCALE_PATHS = [folder]
    path = folder / "sv" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)
    path.write_text(CATALOGUE, encoding="utf-8")
    return path


def test_catalogue_is_compiled_once(tmp_path, settings):
    catalogue = _catalogue(tmp_path, settings)

    assert (compile_stale(), compile_stale()) == ([catalogue], [])


def test_catalogue_is_compiled_anew_when_changed(tmp_path, settings):
    catalogue = _catalogue(tmp_path, settings)
    compile_stale()
    later = catalogue.with_suffix(".mo").stat().st_mtime + 10
    os.utime(catalogue, (later, later))

    assert compile_stale() == [catalogue]


def test_everything_is_compiled_when_forced(tmp_path, settings):
    catalogue = _catalogue(tmp_path, settings)
    compile_stale()

    assert compile_stale(force=True) == [catalogue]


def test_compiled_texts_are_read_by_gettext(tmp_path, settings):
    _catalogue(tmp_path, settings)
    compile_stale()
    swedish = gettext.translation("django", localedir=tmp_path, languages=["sv"])

    texts = (swedish.gettext("Winner"), swedish.ngettext("%(count)s juror", "%(count)s jurors", 2))
    assert texts == ("Vinnare", "%(count)s ledamöter")


def test_compiling_leaves_nothing_else_behind(tmp_path, settings):
    catalogue = _catalogue(tmp_path, settings)
    compile_stale()

    assert sorted(path.name for path in catalogue.parent.iterdir()) == ["django.mo", "django.po"]
