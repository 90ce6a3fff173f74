"""What is measured at an item of a checklist: reading it, showing it, and when it contradicts the best rating."""

from __future__ import annotations

from decimal import Decimal

from forms.types.numbers import parse_number
from forms.types.rows import with_unit
from forms.types.scores import Item, Measure, Rating
from forms.wording import Say, number, say

FEMININE = ("a", "ść")  # szerokość, liczba
NEUTER = ("e", "o", "ę", "um")  # nachylenie, oświetlenie

TOO_SMALL = {
    "f": "{what} {value} jest mniejsza niż {limit}, więc pozycja {item} nie może mieć oceny „{rating}”. Popraw pomiar albo ocenę.",
    "n": "{what} {value} jest mniejsze niż {limit}, więc pozycja {item} nie może mieć oceny „{rating}”. Popraw pomiar albo ocenę.",
    "m": "{what} {value} jest mniejszy niż {limit}, więc pozycja {item} nie może mieć oceny „{rating}”. Popraw pomiar albo ocenę.",
}
TOO_LARGE = {
    "f": "{what} {value} jest większa niż {limit}, więc pozycja {item} nie może mieć oceny „{rating}”. Popraw pomiar albo ocenę.",
    "n": "{what} {value} jest większe niż {limit}, więc pozycja {item} nie może mieć oceny „{rating}”. Popraw pomiar albo ocenę.",
    "m": "{what} {value} jest większy niż {limit}, więc pozycja {item} nie może mieć oceny „{rating}”. Popraw pomiar albo ocenę.",
}
