"""A version of a scoring model; its tree is kept whole, as the file form says it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from criteria.states import ModelState


class ScoringModel(models.Model):
    """Immutable once it is active. `definition` is what model_files.parse reads (decision 6)."""

    code = models.SlugField(_("code"))
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    title_sv = models.CharField(_("Swedish title"), max_length=200)
    title_en = models.CharField(_("English title"), max_length=200, blank=True)
    definition = models.JSONField(_("definition"))
    state = models.CharField(_("state"), max_length=10, choices=ModelState, default=ModelState.DRAFT)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("scoring model")
        verbose_name_plural = _("scoring models")
        ordering = ["code", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="one_model_a_code_and_version")
        ]

    def __str__(self) -> str:
        return f"{self.title_sv} ({self.version})"
