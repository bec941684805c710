import gc
import sys

import pytest

from glyphspace.core.imports import import_for_good


def test_a_module_is_imported_and_its_objects_are_no_more_searched_for_garbage(monkeypatch) -> None:
    monkeypatch.delitem(sys.modules, "colorsys", raising=False)
    frozen = gc.get_freeze_count()
    try:
        import_for_good("colorsys")
        assert "colorsys" in sys.modules
        assert gc.isenabled()
        assert gc.get_freeze_count() > frozen
    finally:
        gc.unfreeze()


def test_what_is_there_already_is_left_alone() -> None:
    frozen = gc.get_freeze_count()
    import_for_good("sys")
    assert gc.get_freeze_count() == frozen


def test_garbage_is_looked_for_again_after_a_module_that_is_not_there() -> None:
    with pytest.raises(ModuleNotFoundError):
        import_for_good("no_such_module")
    assert gc.isenabled()
