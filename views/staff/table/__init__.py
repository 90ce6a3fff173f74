"""The table of responses: what its address asks for, how it is drawn, and what is done to many responses at once."""
