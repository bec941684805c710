"""Small nets that draw digits within a minute: for what a quick study has to train."""

SMALL = {"generator": "fast:z_dim=100,width=32,depth=1", "discriminator": "fast:width=16", "batch_size": 32}
