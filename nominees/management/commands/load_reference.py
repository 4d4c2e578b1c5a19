"""`manage.py load_reference`: 21 counties and 290 municipalities, as often as one likes."""

from nominees.loading.command import LoadingCommand
from nominees.loading.reference import load_reference


class Command(LoadingCommand):
    """Loads counties and municipalities."""

    help = "Load the counties and municipalities; a second run changes nothing."
    load = staticmethod(load_reference)
