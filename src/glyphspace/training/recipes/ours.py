"""Our own recipes: what we found to be best for its time."""

from .recipe import ClassifierRecipe, GanRecipe, add

GAN_FAST = GanRecipe(
    name="gan-fast",
    summary="our small unconditional GAN: good samples in two minutes on two cores",
    generator="fast:z_dim=64,width=64,depth=1",
    discriminator="fast:width=32",
    objective="relativistic",
    penalty="r1+r2",
    penalty_weight=0.3,
    penalty_every=16,
    penalty_images=32,
    epochs=8.0,
    batch_size=64,
    generator_rate=2e-3,
    discriminator_rate=2e-3,
    beta1=0.0,
    beta2=0.99,
    average_half_life=10_000,
)
add(GAN_FAST)
add(
    ClassifierRecipe(
        name="cnn-fast",
        summary="our small classifier: 99% on MNIST in one epoch, a matter of seconds; more epochs, more",
        classifier="whitened:width=16",
        epochs=1.0,
        batch_size=256,
        optimizer="muon",
        rate=0.15,
        schedule="one-cycle",
        label_smoothing=0.1,
    )
)
add(
    ClassifierRecipe(
        name="cnn-better",
        summary="the net of cnn-fast, four epochs of images that are moved: for 99.5% on MNIST",
        classifier="whitened:width=16",
        epochs=4.0,
        batch_size=256,
        optimizer="muon",
        rate=0.15,
        schedule="one-cycle",
        label_smoothing=0.1,
        augmentation="shift",
    )
)
add(
    ClassifierRecipe(
        name="cnn-best",
        summary="the net of cnn-fast, eight epochs of images turned, slanted and resized too: nearly 99.6% on MNIST",
        classifier="whitened:width=16",
        epochs=8.0,
        batch_size=256,
        optimizer="muon",
        rate=0.15,
        schedule="one-cycle",
        label_smoothing=0.1,
        augmentation="affine",
    )
)
add(
    GanRecipe(
        name="stacked-fast",
        summary="our small GAN on three digits at once, the 1,000 modes of Stacked-MNIST",
        data="stacked-mnist",
        generator="fast:z_dim=64,width=64,depth=1,channels=3",
        discriminator="fast:width=32,channels=3",
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
        average_half_life=50_000,
    )
)
