"""What the desk of the staff keeps and asks, beyond the responses themselves; each module is a room that reads alone."""
