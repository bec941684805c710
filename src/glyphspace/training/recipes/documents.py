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
add(
    ClassifierRecipe(
        name="mlp-classifier",
        summary="three dense layers with batch norm and SGD, as in “GANs on MNIST dataset”",
        classifier="dense:width=256",
        batch_size=64,
        optimizer="sgd",
        rate=0.01,
    )
)
