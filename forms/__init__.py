"""The form language: what a YAML file says, and what it means. Knows no request and no database."""
