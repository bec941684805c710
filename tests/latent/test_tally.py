import resource

import pytest
import torch

from glyphspace.latent.bulk import Draw, chunks
from glyphspace.latent.distribution import distribution
from glyphspace.latent.tally import tally

from .stamps import classifier, generator

THRESHOLDS = (0.0, 0.5, 0.9)


def test_what_goes_by_in_parts_counts_as_the_whole(labelled):
    parts = [labelled.take(range(start, min(start + 300, 1000))) for start in range(0, 1000, 300)]
    found = tally(iter(parts), THRESHOLDS, images=120)
    assert torch.equal(found.distribution.counts, distribution(labelled, THRESHOLDS).counts)
    assert torch.equal(found.certainty, labelled.certainty)
    for threshold, images in zip(THRESHOLDS, found.kept, strict=True):
        assert torch.equal(images, labelled.above(threshold).images[:120])


def test_no_images_are_kept_unless_they_are_asked_for(labelled):
    assert [len(images) for images in tally([labelled], THRESHOLDS).kept] == [0, 0, 0]


@pytest.mark.slow
def test_memory_does_not_grow_with_the_number_of_latents():
    def most_after(count: int) -> int:
        parts = chunks(generator(), classifier(), Draw(count))
        assert tally(parts, (0.0,) * 8, images=10).distribution.kept[0] == count
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024  # Linux counts in KiB

    few = most_after(20_000)
    assert most_after(120_000) - few < 60  # of the images alone there are 80 MB more, eight times
