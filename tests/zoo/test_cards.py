"""The card of a model that ships says how to train it again, and that command means the recipe it was trained by."""

from pathlib import Path

import pytest

from glyphspace.training.recipes import find_recipe, override
from glyphspace.zoo.shipped import FOLDER, load_shipped

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.skipif(not (ROOT / "tools" / "ship.py").is_file(), reason="the tools are not in this copy")


def shipments():
    if not (ROOT / "tools" / "ship.py").is_file():
        return []
    from tools.shipments import SHIPMENTS

    return SHIPMENTS


@pytest.mark.parametrize("shipment", shipments(), ids=lambda shipment: shipment.name)
def test_the_command_on_a_card_trains_by_the_recipe_of_the_model(shipment) -> None:
    from tools.ship import again

    card = (FOLDER / f"{shipment.name}.md").read_text()
    assert f"- again: `{again(shipment, 'cuda' if 'trained on cuda' in card else 'cpu')}`" in card
    said = vars(override(find_recipe(shipment.recipe), {**shipment.changes, "epochs": shipment.epochs}))
    trained = load_shipped(shipment.name).recipe
    unlike = {key for key, value in trained.items() if said.get(key) != value} - {"summary", "data"}
    assert unlike <= ({"reward_weight"} if trained.get("reward") == "none" else set())
