from dataclasses import replace

import pytest

from glyphspace.message.compose import compose
from glyphspace.message.handover import hand_over
from glyphspace.message.typeset import typeset
from latent.stamps import generator
from latent.stamps import sharp as classifier


@pytest.mark.parametrize(
    ("model", "argument"),
    [("digits", "digits"), ("my-own.v2", "my-own.v2"), ("cgan-resnet on characters", "GENERATOR.safetensors")],
)
def test_the_page_names_a_model_only_as_a_command_could(model, argument, tmp_path):
    composed = compose("7", generator(), classifier(), 0)
    page = typeset(composed.images, composed.text)
    hand_over(tmp_path, replace(composed.message, model=model), page, "black", "white", 40)
    told = (tmp_path / "README.md").read_text()
    assert f"--model {argument}\n" in told and f'model="{argument}")' in told
    assert model in told
