"""The recipes of the documents: each as it is described there, hyperparameter by hyperparameter."""

from .recipe import ClassifierRecipe, GanRecipe, add

add(
    GanRecipe(
        name="gan-reference",
        summary="the reference GAN of “GAN and CNN to conquer MNIST”",
        generator="reference:z_dim=100",
        discriminator="reference",
        batch_size=32,
    )
)
add(
    ClassifierRecipe(
        name="cnn-reference",
        summary="the reference CNN of “GAN and CNN to conquer MNIST”",
        classifier="reference",
        batch_size=32,
    )
)
