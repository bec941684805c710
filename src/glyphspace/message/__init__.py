"""Writing with a generator: composing a message of latents, drawing it, keeping it, and reading it back."""
