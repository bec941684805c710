import contextlib
import io
from dataclasses import astuple

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from glyphspace.core.errors import BadInput
from glyphspace.metrics.manifold import Manifold, compare_manifolds

from .clouds import cloud, seeds, shuffled


def by_prdc(real, fake, k):
    from prdc import compute_prdc

    with contextlib.redirect_stdout(io.StringIO()):
        figures = compute_prdc(real.double().numpy(), fake.double().numpy(), nearest_k=k)
    return [float(figures[name]) for name in ("precision", "recall", "density", "coverage")]


@settings(max_examples=20)
@given(seeds, st.integers(1, 7))
def test_figures_are_those_of_prdc(seed, k):
    real = cloud(seed, rows=90)
    fake = cloud(seed, rows=120) * 0.8 + 0.5
    assert astuple(compare_manifolds(real, fake, k))[:4] == pytest.approx(by_prdc(real, fake, k))


@given(seeds)
def test_a_set_lies_wholly_in_its_own_neighbourhood(seed):
    features = cloud(seed)
    same = compare_manifolds(features, shuffled(features, seed))
    assert (same.precision, same.recall, same.coverage) == (1, 1, 1)
    assert same.density >= 1


def test_sets_far_apart_share_nothing():
    assert compare_manifolds(cloud(0), cloud(0) + 1000) == Manifold(0.0, 0.0, 0.0, 0.0, k=5)


@given(seeds)
def test_precision_and_recall_change_places_with_the_sets(seed):
    a, b = cloud(seed), cloud(seed, rows=50)
    there, back = compare_manifolds(a, b), compare_manifolds(b, a)
    assert (there.precision, there.recall) == (back.recall, back.precision)


@given(seeds, st.integers(1, 5000))
def test_neither_order_nor_block_size_nor_place_changes_a_figure(seed, block):
    a, b = cloud(seed), cloud(seed + 1) * 0.5 + 1
    moved = compare_manifolds(shuffled(a, seed).double() + 1e3, shuffled(b, seed + 1).double() + 1e3, block=block)
    assert moved == compare_manifolds(a, b)


def test_one_good_image_over_and_over_is_precise_and_recalls_nothing():
    real = cloud(0)
    collapsed = compare_manifolds(real, real[:1].expand(40, -1))
    assert collapsed.precision == 1
    assert collapsed.recall == pytest.approx(1 / 60)  # the real image that it is a copy of
    assert collapsed.coverage < 0.5


def test_a_ball_of_radius_zero_holds_copies_of_its_point():
    copies = cloud(0)[:1].expand(40, -1)
    assert compare_manifolds(copies, copies) == Manifold(1.0, 1.0, 8.0, 1.0, k=5)


def test_too_few_rows_for_k_are_refused():
    with pytest.raises(BadInput, match="at least 6"):
        compare_manifolds(cloud(0), torch.zeros(5, 4))
