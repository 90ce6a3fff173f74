"""What the program does best, measured beside what one would pick instead: `make bench`."""
