"""Certificates of those who took part in events: what a form says of them, who takes part, what a paper says."""
