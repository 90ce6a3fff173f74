"""The documents of the project, and the scripts that make some of them: the reference of the language, its pictures, its mistakes."""
