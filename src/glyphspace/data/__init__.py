"""Where images come from: a catalogue of datasets, fetching and verifying, and LabelledImages in memory.

`load_dataset("mnist")` is the way in. To add a dataset, add an entry to `catalogue`.
"""

from .batches import Batches
from .catalogue import catalogue
from .contact_sheet import contact_sheet
from .dataset import Dataset, IdxSplit
from .fetch import data_home
from .glyphs import glyph, read_glyph
from .idx import read_idx, write_idx
from .images import LabelledImages
from .load import Listing, fetch_dataset, list_datasets, load_dataset
from .scaling import to_bytes, to_unit
from .subsets import few_shot, fraction, hold_out, unbalanced, union

__all__ = [
    "Batches",
    "Dataset",
    "IdxSplit",
    "LabelledImages",
    "Listing",
    "catalogue",
    "contact_sheet",
    "data_home",
    "fetch_dataset",
    "few_shot",
    "fraction",
    "glyph",
    "hold_out",
    "list_datasets",
    "load_dataset",
    "read_glyph",
    "read_idx",
    "to_bytes",
    "to_unit",
    "unbalanced",
    "union",
    "write_idx",
]
