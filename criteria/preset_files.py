"""The scoring models that come with the product, as files in the folder beside this module."""

from pathlib import Path

from criteria import model_files
from criteria.scoring import ScoringModel

FOLDER = Path(__file__).with_name("presets")


def preset_codes() -> list[str]:
    """The codes of the models that come with the product, in alphabetical order."""
    return sorted(path.stem for path in FOLDER.glob("*.json"))


def preset(code: str) -> ScoringModel:
    """One of them, read from its file. KeyError when there is none of that code."""
    if code not in preset_codes():
        raise KeyError(code)
    return model_files.read(FOLDER.joinpath(f"{code}.json").read_bytes())
