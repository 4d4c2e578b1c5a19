"""The criteria floor as Django knows it."""

from django.apps import AppConfig
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from awards import addressees, arrivals, copying, due, followers, gates, jobs, menu, reminders
from awards.states import RoleKind, StageKind
from criteria.menu import lines

# What must be settled before a stage closes; by name, since tables are not ready when this module is read.
GATES = {
    StageKind.SCORING: "criteria.gates.scoring_gate",
    StageKind.CONSENSUS: "criteria.gates.consensus_gate",
    StageKind.DECISION: "criteria.gates.decision_gate",
    StageKind.CEREMONY: "criteria.gates.ceremony_gate",
    StageKind.FEEDBACK: "criteria.gates.feedback_gate",
}

# What runs in the background: its title, the work, and who may order it.
JOBS = {
    "statistics": (
        _("Statistics of the jury's scores"),
        "criteria.jury_analysis.work_out",
        "criteria.jury_analysis.may_order",
    )
}

# What the clock brings.
DUE = (
    "criteria.actions.rounds.open_rounds_on_time",
    "criteria.actions.rounds.close_rounds_on_time",
    "criteria.actions.publications.publish_due",
)

# What a municipality is told beside its entries: a name, what is asked along, and the link made of it.
TOLD = (
    "criteria.feedback.links.NAME",
    "criteria.feedback.links.last_feedback",
    "criteria.feedback.links.link",
)


class CriteriaConfig(AppConfig):
    """Scoring models, rounds, sheets, standings."""

    name = "criteria"
    verbose_name = _("Criteria")

    def ready(self) -> None:
        """Put our lines into the menus, our word where stages close, and our work before the clock."""
        menu.register(lines)
        for kind, name in GATES.items():
            gates.register(kind, import_string(name))
        followers.register(StageKind.SCORING, import_string("criteria.actions.rounds.follow_scoring_stage"))
        import_string("nominees.afterwards.register")(*(import_string(name) for name in TOLD))
        import_string("nominees.jurors.register")(import_string("criteria.conflicts.stands_aside"))
        for name in DUE:
            due.register(import_string(name))
        for part in import_string("criteria.setup_parts.PARTS"):
            copying.register(part)
        import_string("awards.forgetting.register")(
            import_string("criteria.actions.forgetting.forget_jurors")
        )
        arrivals.register(RoleKind.JUROR, import_string("criteria.actions.assignments.take_over_reading"))
        for group in import_string("criteria.addressees.GROUPS"):
            addressees.register(group)
        reminders.register(import_string("criteria.addressees.REMINDERS"))
        for code, (title, work, may) in JOBS.items():
            jobs.register(code, title, import_string(work), import_string(may))
