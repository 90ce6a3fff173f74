"""Audits: what a form's key `audit` says, what one audit found, and how two audits of one building differ."""
