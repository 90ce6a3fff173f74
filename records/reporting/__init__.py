"""What the answers to a form come to: counts, shares, means, cross-tables, who is missing, as plain rows."""
