"""Our best conditional generators, a recipe for each kind of data; docs/choosing-best.md tells how they were chosen."""

from dataclasses import replace

from .recipe import GanRecipe, add

DIGITS = GanRecipe(
    name="digits-best",
    summary="our best digits, conditional: ten minutes on two cores",
    generator="conditional:z_dim=64,width=64,depth=1",
    discriminator="projection:width=32",
    objective="relativistic",
    penalty="r1+r2",
    penalty_weight=0.3,
    penalty_every=16,
    penalty_images=32,
    epochs=40.0,
    batch_size=64,
    generator_rate=2e-3,
    discriminator_rate=2e-3,
    beta1=0.0,
    beta2=0.99,
    schedule="cosine",
    average_half_life=50_000,
)
add(DIGITS)
for name, summary, changes in (
    ("letters-best", "our best letters, conditional; --data names a folder of them", {"data": "emnist-letters"}),
    ("fashion-best", "our best articles of clothing, conditional", {"data": "fashion-mnist"}),
    (
        "characters-best",
        "our best digits and letters of both cases, conditional; --data names a union of them",
        {"data": "emnist-balanced"},
    ),
):
    add(replace(DIGITS, name=name, summary=summary, **changes))  # type: ignore[arg-type]  # of text
