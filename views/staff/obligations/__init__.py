"""For staff: which gminy have sent a report that comes again, which have not, and what can be done about it."""
