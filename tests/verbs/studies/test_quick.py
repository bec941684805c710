"""Every quick study from its first step to its page: `make test-slow`."""

import json
from pathlib import Path

import pytest

from glyphspace import study

CLAIMS = {
    "gan-cnn": range(1, 19),
    "cgan": range(19, 28),
    "latent-map": range(28, 33),
    "dcgan-cwgan": range(33, 41),
}
"""The numbers of our list of claims by the study of their document: all 40."""


def numbers(verdicts: list[dict[str, object]]) -> set[int]:
    """Of "6b" 6; questions have none."""
    return {int(digits) for each in verdicts if (digits := str(each["number"]).rstrip("ab")).isdigit()}


@pytest.mark.slow
@pytest.mark.parametrize("name", CLAIMS)
def test_a_quick_study_leaves_nothing_out_and_judges_every_claim_of_its_document(name: str, tmp_path: Path) -> None:
    done = study(name, out=tmp_path / "out", budget="quick")
    assert done.left_out == {}
    kept = json.loads((tmp_path / "out" / "verdicts.json").read_text())["verdicts"]
    assert numbers(kept) == set(CLAIMS[name])
    for each in kept:
        assert each["measured"].startswith("Measured on ")
        assert each["seeds"] >= 0
        assert all(part["found"] for part in each["parts"])
    page = (tmp_path / "out" / "study.html").read_text()
    assert "Left out" not in page
    assert page.count("<img") >= 8
    again = study(name, out=tmp_path / "out", budget="quick")
    assert again.page.read_text() == page


def test_the_studies_share_all_40_claims_among_them() -> None:
    assert sorted(number for some in CLAIMS.values() for number in some) == list(range(1, 41))
