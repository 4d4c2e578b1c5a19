"""An edition's questions and an entry's answers."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from nominees.states import Audience, QuestionKind


class Section(models.Model):
    """One page of an edition's questionnaire."""

    edition = models.ForeignKey("awards.Edition", on_delete=models.CASCADE, related_name="sections")
    code = models.SlugField(_("code"))
    title_sv = models.CharField(_("Swedish title"), max_length=200)
    title_en = models.CharField(_("English title"), max_length=200, blank=True)
    guidance_sv = models.TextField(_("Swedish guidance"), blank=True)
    guidance_en = models.TextField(_("English guidance"), blank=True)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        ordering = ["edition", "position", "pk"]
        constraints = [models.UniqueConstraint(fields=["edition", "code"], name="one_section_a_code")]

    def __str__(self) -> str:
        return self.title_sv


class Question(models.Model):
    """One question. Limits and choices mean something only for the kinds that use them."""

    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="questions")
    code = models.SlugField(_("code"))
    kind = models.CharField(_("kind"), max_length=20, choices=QuestionKind)
    text_sv = models.TextField(_("Swedish question"))
    text_en = models.TextField(_("English question"), blank=True)
    guidance_sv = models.TextField(_("Swedish guidance"), blank=True)
    guidance_en = models.TextField(_("English guidance"), blank=True)
    required = models.BooleanField(_("required"), default=False)
    word_limit = models.PositiveIntegerField(_("most words"), null=True, blank=True)
    page_limit = models.PositiveSmallIntegerField(_("most pages"), null=True, blank=True)
    unit = models.CharField(_("unit"), max_length=40, blank=True)
    choices = models.JSONField(_("choices"), default=list, blank=True)  # [{"code", "sv", "en"}]
    audience = models.CharField(_("read by"), max_length=10, choices=Audience, default=Audience.JURY)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["section", "position", "pk"]
        constraints = [models.UniqueConstraint(fields=["section", "code"], name="one_question_a_code")]

    def __str__(self) -> str:
        return self.text_sv


class Answer(models.Model):
    """What an entry answers to a question."""

    nomination = models.ForeignKey("nominees.Nomination", on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="answers")
    text = models.TextField(_("answer"), blank=True)
    number = models.DecimalField(_("number"), max_digits=20, decimal_places=4, null=True, blank=True)
    choice = models.CharField(_("choice"), max_length=60, blank=True)
    version = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField(_("saved"), null=True, blank=True)
    saved_by = models.ForeignKey(
        "awards.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        constraints = [
            models.UniqueConstraint(fields=["nomination", "question"], name="one_answer_a_question")
        ]

    def __str__(self) -> str:
        return self.text[:60]
