"""What the office edits (site.yaml, forms, lists, texts) and the one module that reads the environment."""
