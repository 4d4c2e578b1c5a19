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
        from reports import assignment_plan, jury_pack, permissions  # noqa: PLC0415 - models are ready only now
        from reports.actions.imports import forget_imports  # noqa: PLC0415 - models are ready only now
        from reports.menu import lines  # noqa: PLC0415 - models are ready only now

        menu.register(lines)
        due.register(forget_imports)
        jobs.register(
            jury_pack.KIND, _("The jurors' workbooks"), jury_pack.make_pack, permissions.may_order_pack
        )
        jobs.register(
            assignment_plan.KIND, _("Who reads what"), assignment_plan.make_plan, assignment_plan.may_order
        )
