"""Audits on pages and on paper: read from their responses, drawn the same for staff and for the gmina."""
