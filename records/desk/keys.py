"""By what answers are sorted and found: bytes in the order that people expect, and texts as they are compared."""

from __future__ import annotations

import struct
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from forms.polish import sort_key
from records.listing import fold

SORTED_BY = 60  # letters: those further on decide nothing that anybody would notice
FOUND_BY = 1000


def order(value: Any) -> bytes:
    """A key whose bytes sort as the values do: numbers by size, dates by time, texts as in a Polish dictionary.

    All values of a column are of one kind; no two kinds are compared.
    """
    if isinstance(value, (int, float, Decimal)):
        bits = struct.pack(">d", float(value) + 0.0)  # + 0.0: minus zero is zero
        return bytes(255 - byte for byte in bits) if bits[0] & 0x80 else bytes([bits[0] | 0x80]) + bits[1:]
    if isinstance(value, (date, datetime, time)):
        return value.isoformat().encode()
    return sort_key(str(value))[0][: 2 * SORTED_BY].encode()


def found(value: Any) -> str:
    """A value as it is looked for: texts folded, numbers and dates in one spelling of theirs."""
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, (int, float, Decimal)):
        return f"{Decimal(str(value)).normalize():f}"
    if isinstance(value, (date, datetime, time)):
        return value.isoformat()
    return fold(str(value))[:FOUND_BY]
