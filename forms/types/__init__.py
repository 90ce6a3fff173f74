"""The field types: one class each."""
