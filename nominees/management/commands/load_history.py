"""`manage.py load_history`: the award's editions since 2003 with everything known, as often as one likes."""

from nominees.loading.command import LoadingCommand
from nominees.loading.history import load_history


class Command(LoadingCommand):
    """Loads the award's history."""

    help = "Load the award's history; a second run changes nothing."
    load = staticmethod(load_history)
