"""The Wykaz of revitalisation programmes: entries with their whole history, and what they mean for who may take part.

An entry is never overwritten: each change is a further version, with who made it, when and why. At most one entry of a
gmina is in force; a struck-off one stays, with its history. While the register is empty, the columns `wykaz` and
`program` of the list of gminy say how a gmina stands; from the first entry on the register says it alone (see standing).
"""

from records.register.changing import AlreadyEntered, Stale, add, change, change_many
from records.register.columns import BASES, BY_NAME, COLUMNS, ENTERED, STATUSES, STRUCK, Column
from records.register.entries import (
    HAND,
    IMPORT,
    LIST,
    RESPONSE,
    Programme,
    Version,
    current,
    history,
    newest,
    of_gmina,
    started,
)
from records.register.standing import Office, StandingBook

__all__ = [
    "BASES",
    "BY_NAME",
    "COLUMNS",
    "ENTERED",
    "HAND",
    "IMPORT",
    "LIST",
    "RESPONSE",
    "STATUSES",
    "STRUCK",
    "AlreadyEntered",
    "Column",
    "Office",
    "Programme",
    "Stale",
    "StandingBook",
    "Version",
    "add",
    "change",
    "change_many",
    "current",
    "history",
    "newest",
    "of_gmina",
    "started",
]
