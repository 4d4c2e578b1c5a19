"""The top floor as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from awards import due, jobs, menu


class ReportsConfig(AppConfig):
    """Desks, workbooks, downloads."""

    name = "reports"
    verbose_name = _("Reports")

    def ready(self) -> None:
        """Put lines into the menus, and say what work is done in the background."""
        from awards import forgetting  # noqa: PLC0415 - models are ready only now
        from criteria import elsewhere  # noqa: PLC0415 - models are ready only now
        from reports import assignment_plan, jury_pack, paper_jobs, permissions, shutting  # noqa: PLC0415 - models are ready only now
        from reports.actions.forgetting import forget_searches  # noqa: PLC0415 - the same
        from reports.actions.imports import forget_imports  # noqa: PLC0415 - models are ready only now
        from reports.catalogue import history, jury, listed, nominees, papers, scores  # noqa: PLC0415 - the same
        from reports.catalogue.registry import register  # noqa: PLC0415 - the same
        from reports.menu import lines, own_papers  # noqa: PLC0415 - models are ready only now

        menu.register(lines)
        due.register(forget_imports)
        forgetting.register(forget_searches)
        jobs.register(
            jury_pack.KIND, _("The jurors' workbooks"), jury_pack.make_pack, permissions.may_order_pack
        )
        jobs.register(
            assignment_plan.KIND,
            _("Who reads what"),
            assignment_plan.make_plan,
            assignment_plan.may_order,
            shutting.may_still_fetch,
        )
        for room in (jury, scores, nominees, history, listed, papers):
            for report in room.REPORTS:
                register(report)
        paper_jobs.register_all()
        elsewhere.register(own_papers)
