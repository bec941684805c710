"""How nets are trained: recipes, objectives, the adversarial and the classifier's step, the loop, the run folder.

Importing this package or its `recipes` does not import torch, so that the command line answers at once.
"""
