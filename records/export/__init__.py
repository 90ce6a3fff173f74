"""All that was sent to a form, as files: one shape of tables, and writers over it."""
