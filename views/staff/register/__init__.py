"""For staff: the Wykaz – looked through, changed with a reason, imported after a comparison, taken from a response."""
