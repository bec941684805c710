"""What people do, as functions, a file each: the command line and the top of the package offer these and no others."""
