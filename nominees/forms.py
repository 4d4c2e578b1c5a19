"""What organisers type on the nominees' floor."""

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from nominees.models import Theme


class ThemeForm(forms.Form):
    """A theme by its titles; its code is made of the Swedish one."""

    title_sv = forms.CharField(label=_("Swedish title"), max_length=80)
    title_en = forms.CharField(label=_("English title"), max_length=80, required=False)

    def clean(self) -> dict:
        """A code, and no second theme of the same name."""
        data = super().clean()
        data["code"] = slugify(data.get("title_sv", ""), allow_unicode=True)[:50]
        if data.get("title_sv") and not data["code"]:
            self.add_error("title_sv", _("The title needs letters or digits."))
        elif Theme.objects.filter(code=data["code"]).exists():
            self.add_error("title_sv", _("There is a theme with that name already."))
        return data
