"""Forms filled in period after period: what a period is, what was answered before, how much has changed."""
