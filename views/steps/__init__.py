"""A step of a form in somebody's hands: read, saved, drawn, and updated in place as it is answered."""
