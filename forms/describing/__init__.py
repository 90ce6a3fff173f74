"""A form in plain words: its questions, conditions and limits, for people who will not read YAML."""
