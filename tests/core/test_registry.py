import pytest

from glyphspace.core.errors import UnknownName
from glyphspace.core.registry import Registry


@pytest.fixture
def animals() -> Registry[str]:
    registry: Registry[str] = Registry("animal")
    registry.add("zebra", "striped")
    registry.add("ant", "small")
    return registry


def test_names_keep_the_order_in_which_they_came(animals):
    assert list(animals) == ["zebra", "ant"]
    assert dict(animals) == {"zebra": "striped", "ant": "small"}
    assert len(animals) == 2


def test_a_decorator_adds_what_it_decorates_and_gives_it_back(animals):
    @animals.register("maker")
    def make() -> str:
        return "made"

    assert animals["maker"] is make


def test_an_unknown_name_is_refused_with_the_nearest(animals):
    with pytest.raises(UnknownName, match="no animal is called 'zebr'; did you mean zebra"):
        animals["zebr"]


def test_a_registry_is_a_mapping_in_every_way(animals):
    assert "ant" in animals
    assert "bee" not in animals
    assert animals.get("bee") is None
    assert animals.get("bee", "busy") == "busy"


def test_a_name_is_given_once(animals):
    with pytest.raises(ValueError, match="'ant' is registered twice"):
        animals.add("ant", "other")
    assert animals["ant"] == "small"
