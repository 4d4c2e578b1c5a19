"""The nominees' floor as Django knows it."""

from django.apps import AppConfig
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from awards import addressees, arrivals, copying, due, gates, menu, reminders
from awards.states import RoleKind, StageKind
from nominees.menu import lines

# What must be settled before a stage closes; by name, since tables are not ready when this module is read.
GATES = {
    StageKind.CALL: "nominees.gates.call_gate",
    StageKind.SCREENING: "nominees.gates.screening_gate",
    StageKind.EXTERNAL_EVALUATION: "nominees.gates.evaluation_gate",
    StageKind.NOMINATION: "nominees.gates.nomination_gate",
    StageKind.HEARING: "nominees.gates.questions_gate",
    StageKind.SITE_VISIT: "nominees.gates.questions_gate",
}


class NomineesConfig(AppConfig):
    """Municipalities and what they enter."""

    name = "nominees"
    verbose_name = _("Nominees")

    def ready(self) -> None:
        """Say what stages wait for and who is written to, welcome contacts, let files be checked."""
        menu.register(lines)
        copying.register(import_string("nominees.setup_part.QUESTIONNAIRE"))
        arrivals.register(RoleKind.CONTACT, import_string("nominees.actions.contacts.welcome_contact"))
        for kind, name in GATES.items():
            gates.register(kind, import_string(name))
        for group in import_string("nominees.addressees.GROUPS"):
            addressees.register(group)
        reminders.register(import_string("nominees.addressees.REMINDERS"))
        for name in ("check_waiting", "sweep_files"):
            due.register(import_string(f"nominees.actions.material_checks.{name}"))
        import_string("awards.forgetting.register")(
            import_string("nominees.actions.forgetting.forget_contacts")
        )
