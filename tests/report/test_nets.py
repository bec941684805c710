import pytest

from glyphspace.core.errors import BadInput
from glyphspace.report.nets import lay_out, tell_nets
from glyphspace.report.page import Picture, Text


def test_the_reference_counts_are_told_the_right_way_round() -> None:
    nets = [lay_out("generator", "reference:z_dim=100", 10), lay_out("discriminator", "reference", 10)]
    assert [net.parameters for net in nets] == [377_121, 246_529]
    last = list(tell_nets(nets))[-1]
    assert isinstance(last, Text)
    assert "246,529 for the generator and 377,121 for the discriminator" in last.paragraphs[0]


def test_other_nets_get_no_such_note() -> None:
    nets = [lay_out("generator", "fast", 10), lay_out("discriminator", "fast", 10)]
    assert [type(block) for block in tell_nets(nets)] == [Text, Picture, Picture]


def test_a_classifier_is_laid_out_for_its_classes() -> None:
    net = lay_out("classifier", "reference", 26)
    assert net.shapes[0] == "1×28×28"
    assert net.shapes[-1] == "26"


def test_the_picture_of_a_net_says_in_words_what_it_shows() -> None:
    _, picture = tell_nets([lay_out("generator", "fast:z_dim=16,width=8", 10)])
    assert isinstance(picture, Picture)
    assert picture.alt.startswith("Diagram of the generator: 16 → 392 → 8×7×7 → ")
    assert picture.alt.endswith("→ 1×28×28")


def test_a_net_that_is_not_there_is_refused() -> None:
    with pytest.raises(BadInput):
        lay_out("generator", "fasd", 10)
