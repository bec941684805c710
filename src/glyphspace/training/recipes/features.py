"""The recipes of the feature networks: one chooses between models, one judges them."""

from .recipe import ClassifierRecipe, add

add(
    ClassifierRecipe(
        name="features-choosing",
        summary="the network whose features choose between models, on held-out training images",
        hold_out=10_000,
        classifier="fast:width=16",
        epochs=6.0,
        optimizer="sgd",
        rate=0.1,
        weight_decay=5e-4,
        schedule="one-cycle",
        augmentation="shift",
    )
)
add(
    ClassifierRecipe(
        name="features-judging",
        summary="the network whose features judge on the test set, once all choices are made",
        classifier="deep:width=16",
        epochs=6.0,
        optimizer="sgd",
        rate=0.1,
        weight_decay=5e-4,
        schedule="one-cycle",
        augmentation="affine",
    )
)
