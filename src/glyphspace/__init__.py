"""Glyphspace: small generative adversarial networks on handwritten characters, on an ordinary CPU.

The verbs of the command line are functions here: `train`, `evaluate`, `calibrate`, `compare`, `draw`, `sample`,
`select`, `classify`, `write`, `read`, `seal`, `hide`, `open_sealed`, `new_keys`, `report`, `models`, `recipes`; and
`load_dataset`. `explore` holds the experiments on a latent space. Each is imported when it is first asked for, since
torch is slow to import.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .data import load_dataset
    from .verbs import explore
    from .verbs.calibrate import calibrate
    from .verbs.classify import classify
    from .verbs.compare import compare
    from .verbs.draw import draw
    from .verbs.edit import edit
    from .verbs.encoder import encoder
    from .verbs.evaluate import evaluate
    from .verbs.export_model import export_model
    from .verbs.import_model import import_model
    from .verbs.invert import invert
    from .verbs.listing import models, recipes
    from .verbs.read import read
    from .verbs.report import report
    from .verbs.sample import sample
    from .verbs.seal import hide, new_keys, open_sealed, seal
    from .verbs.select import select
    from .verbs.study import study
    from .verbs.train import train
    from .verbs.write import write

__version__ = "0.1.0"

__all__ = [
    "calibrate",
    "classify",
    "compare",
    "draw",
    "edit",
    "encoder",
    "evaluate",
    "explore",
    "export_model",
    "hide",
    "import_model",
    "invert",
    "load_dataset",
    "models",
    "new_keys",
    "open_sealed",
    "read",
    "recipes",
    "report",
    "sample",
    "seal",
    "select",
    "study",
    "train",
    "write",
]

_HOMES = {
    "load_dataset": ".data",
    **dict.fromkeys(("models", "recipes"), ".verbs.listing"),
    **dict.fromkeys(("hide", "new_keys", "open_sealed"), ".verbs.seal"),
}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module 'glyphspace' has no attribute {name!r}")
    home = import_module(_HOMES.get(name, f".verbs.{name}"), __name__)
    return home if name == "explore" else getattr(home, name)


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
