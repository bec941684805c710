import pytest

from glyphspace.core.errors import BadInput
from glyphspace.metrics.frechet import statistics
from glyphspace.metrics.kernel import kernel_distance, squared_mmd
from glyphspace.metrics.manifold import compare_manifolds
from glyphspace.metrics.neighbours import nearest, radii

from .clouds import cloud

COMPARISONS = [kernel_distance, squared_mmd, compare_manifolds, nearest]


def refuses(function, *arguments):
    with pytest.raises(BadInput) as refusal:
        function(*arguments)
    assert "\n" not in str(refusal.value)
    return str(refusal.value)


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
@pytest.mark.parametrize("compare", COMPARISONS)
def test_features_that_are_not_finite_are_refused_in_one_line(compare, value):
    broken = cloud(1)
    broken[7, 2] = value
    assert "not finite" in refuses(compare, cloud(0), broken)
    assert "not finite" in refuses(compare, broken, cloud(0))


@pytest.mark.parametrize("compare", COMPARISONS)
def test_features_of_two_networks_are_refused_in_one_line(compare):
    assert "wide cannot be compared" in refuses(compare, cloud(0), cloud(0, width=5))


@pytest.mark.parametrize("compare", COMPARISONS)
def test_too_few_rows_are_refused_in_one_line(compare):
    assert "take more images" in refuses(compare, cloud(0), cloud(0)[:0])


def test_one_set_is_checked_too():
    assert "at least 2" in refuses(statistics, cloud(0, rows=1))
    assert "at least 6" in refuses(radii, cloud(0, rows=5), 5)
    assert "not finite" in refuses(statistics, cloud(0) / 0)
    assert "no columns" in refuses(statistics, cloud(0)[:, :0])
    assert "cannot be 0" in refuses(radii, cloud(0), 0)
