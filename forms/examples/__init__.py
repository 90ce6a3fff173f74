"""Examples: tests inside a definition, which must hold before it is published."""
