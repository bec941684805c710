"""Which characters look alike: pairs that a network confuses in real images, named before messages are measured.

The images are training images that the network held out. A pair is one in which at least a share of the images of
either character is taken for the other. `benchmarks.messages` counts such confusions apart.
"""

import sys
from pathlib import Path

import torch

from glyphspace.core.files import write_json
from glyphspace.metrics.features import probabilities
from glyphspace.verbs.calibrate import held_out
from glyphspace.zoo import find_model

from .common import HERE, machine, parser, table

TABLE = HERE / "lookalikes.json"
SHARE = 0.02  # of the images of one character that are taken for the other, at least


def main() -> int:
    options = parser(__doc__ or "", "lookalikes")
    options.set_defaults(json=TABLE)
    options.add_argument(
        "--network", default="mnist-choosing", help="a classifier that held out images (default: mnist-choosing)"
    )
    arguments = options.parse_args()
    model = find_model(arguments.network, "classifier")
    images = held_out(model, arguments.data)
    taken = probabilities(model.net, images.images).argmax(dim=1)
    counts = torch.zeros(len(model.classes), len(model.classes), dtype=torch.int64)
    counts.index_put_((images.labels, taken), torch.ones_like(taken), accumulate=True)
    shares = counts / counts.sum(dim=1, keepdim=True).clamp(min=1)
    pairs = [
        (float(max(shares[one, two], shares[two, one])), model.classes[one], model.classes[two])
        for one in range(len(model.classes))
        for two in range(one)
        if max(shares[one, two], shares[two, one]) >= SHARE
    ]
    pairs.sort(reverse=True)
    table(("pair", "share taken for the other"), [(f"{one} {two}", f"{share:.1%}") for share, one, two in pairs])
    found = {
        "data": images.name,
        "network": Path(arguments.network).name,
        "images": len(images),
        "accuracy": round(float((taken == images.labels).float().mean()), 4),
        "share": SHARE,
        "pairs": [[one, two, round(share, 4)] for share, one, two in pairs],
        "commit": machine()["commit"],
    }
    write_json(arguments.json, found)
    print(f"\n{len(pairs)} pairs in {arguments.json}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
