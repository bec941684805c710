"""Benchmarks: each claim of speed or quality as a program that measures it and prints what it found, good or bad.

python -m benchmarks            lists them
python -m benchmarks.gan_fast   runs one; --help tells what it can be asked
python -m benchmarks all        runs all, and leaves figures and a page in runs/benchmarks
"""
