"""For staff: the formats of exports, in words."""

from __future__ import annotations

from forms.wording import Say, say

FORMATS: tuple[tuple[str, Say, Say], ...] = (
    ("xlsx", say("Excel"), say("Skoroszyt: liczby, daty i godziny jako takie, arkusz dla każdej grupy, słownik.")),
    ("csv-excel", say("CSV dla Excela"), say("Otwiera się w polskim Excelu podwójnym kliknięciem.")),
    ("csv", say("CSV"), say("Dla programów: przecinki, kropki, daty ISO.")),
    ("jsonl", say("JSON"), say("Dla programów: jedna odpowiedź w wierszu, zawsze z kodami.")),
    ("datapackage", say("Pakiet danych"), say("Pliki CSV z opisem kolumn i słownikiem, zawsze z kodami.")),
)
NAMES = {name: text for name, text, _ in FORMATS}
