"""Forms written in the browser: a text, its mistakes at their lines, how it will look, what it does, publishing it."""
