"""What is kept and what happens to it: responses, versions of forms, people, files. Knows no request and no HTML."""
