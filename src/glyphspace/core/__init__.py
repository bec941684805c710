"""The small core that every room stands on: errors, randomness, files, registries, progress.

Nothing here knows of images or networks, and nothing here imports another room.
"""
