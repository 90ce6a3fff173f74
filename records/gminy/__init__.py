"""Gminy as partners: who acts for each, which responses stand on its page, who filled in what, what was signed.

A response stands on the page of a gmina only when somebody of that gmina brought it there: it was begun by one of its
people who had signed in, or one of them, holding its private link, took it over. That a stranger chose the gmina in a
form shows nothing of that stranger's answers to it. Anonymous forms never appear.
"""
