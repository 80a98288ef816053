"""One file per command of the command line. May import everything below `cli`."""
