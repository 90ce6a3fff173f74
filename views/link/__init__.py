"""Behind a private link: a response continued, sent, looked at, corrected, handed on, withdrawn. No account is needed."""
