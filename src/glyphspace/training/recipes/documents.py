"""The recipes of the documents: each as it is described there, hyperparameter by hyperparameter."""

from dataclasses import replace

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

_CGAN = "“Training CGAN on MNIST”"
CGAN_REFERENCE = GanRecipe(
    name="cgan-reference",
    summary=f"the reference conditional GAN of {_CGAN}",
    generator="cgan-reference:z_dim=50",
    discriminator="cgan-reference",
    epochs=15.0,
    batch_size=64,
)
CGAN_RESNET = GanRecipe(
    name="cgan-resnet",
    summary=f"the residual conditional GAN of {_CGAN}",
    generator="cgan-resnet:z_dim=50",
    discriminator="cgan-resnet",
    advantage="fixed:9",
    epochs=30.0,
    batch_size=32,
    generator_rate=2e-5,
    discriminator_rate=2e-4,
)
add(CGAN_REFERENCE)
add(CGAN_RESNET)
for end, words, changes in (
    ("joined-first", "the class joined first", {"discriminator": "cgan-resnet-joined-first"}),
    ("projection", "the class projected at the end", {"discriminator": "cgan-resnet-projection"}),
    (
        "dual-projection",
        "two projections of the class, which learn to name it",
        {"discriminator": "cgan-resnet-dual-projection", "auxiliary": "dual-projection"},
    ),
    ("hinge", "the hinge loss", {"objective": "hinge"}),
    (
        "without-residual",
        "no shortcuts",
        {
            "generator": "cgan-resnet-without-residual:z_dim=50",
            "discriminator": "cgan-resnet-without-residual",
        },
    ),
    ("without-spectral-norm", "no spectral norm", {"discriminator": "cgan-resnet-without-spectral-norm"}),
    ("without-batch-norm", "no batch norm", {"generator": "cgan-resnet-without-norm:z_dim=50"}),
    ("transposed", "transposed convolutions", {"generator": "cgan-resnet-transposed:z_dim=50"}),
):
    add(replace(CGAN_RESNET, name=f"cgan-resnet-{end}", summary=f"cgan-resnet with {words}", **changes))  # type: ignore[arg-type]  # of text

_DCGAN = "“DCGAN and conditional WGAN”"
DCGAN = GanRecipe(  # neither rates nor epochs are named there; these are those of the DCGAN paper and enough of them
    name="dcgan",
    summary=f"the DCGAN of {_DCGAN}, a sigmoid and binary cross-entropy at its end",
    generator="dcgan:z_dim=100",
    discriminator="dcgan",
    objective="non-saturating-bce",
    epochs=20.0,
    batch_size=128,
    precision="float32",
)
CWGAN = GanRecipe(  # where that is silent, the recipe of Improved Training of Wasserstein GANs, 2017
    name="cwgan-gp",
    summary=f"the conditional WGAN of {_DCGAN}, batch norm in its critic",
    data="fashion-mnist",
    generator="cwgan:z_dim=100",
    discriminator="cwgan",
    objective="wasserstein",
    advantage="fixed:1",  # in turn; with that paper's 5, and 1e-4 for both nets, two classes hardly came
    penalty="wgan-gp",
    penalty_weight=10.0,
    penalty_every=1,
    penalty_images=128,
    epochs=30.0,
    batch_size=128,
    generator_rate=1e-4,
    discriminator_rate=4e-4,
    beta1=0.0,
    beta2=0.9,
    average_half_life=120_000,  # two epochs, since its weights swing from one to the next
)
add(DCGAN)
add(
    replace(
        DCGAN,
        name="dcgan-logits",
        summary="dcgan with logits in place of the sigmoid",
        discriminator="dcgan-logits",
        objective="non-saturating",
    )
)
add(CWGAN)
add(
    replace(
        CWGAN,
        name="cwgan-gp-layernorm",
        summary="cwgan-gp with layer norm in its critic",
        discriminator="cwgan-layer-norm",
    )
)
