"""A scale whose every level says what it means, drawn as one row per level."""

from dataclasses import dataclass

from django.forms import RadioSelect


@dataclass(frozen=True, slots=True)
class Level:
    """What stands beside one radio button: the step, its name and its descriptor."""

    step: object
    name: object
    text: object = ""

    def __str__(self) -> str:
        return f"{self.step} {self.name}".strip()


class Levels(RadioSelect):
    """Radio buttons drawn as a scale; the form templates know it by `is_levels`."""

    is_levels = True
