"""YAML as people write it: nodes with places, and its traps explained in words a person knows."""
