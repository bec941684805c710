"""What people do, as functions: the command line and the top of the package offer these and nothing else."""
