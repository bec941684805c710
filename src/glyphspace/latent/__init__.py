"""What a generator has learned: latents drawn from a prior, decoded to images, labelled by a classifier, studied."""
