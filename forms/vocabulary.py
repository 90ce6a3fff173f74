"""Polish words that authors write for the language's English keys, so that the linter can answer with the right key."""

from __future__ import annotations

ALIASES: dict[str, str] = {
    "tytuł": "title", "tytul": "title", "streszczenie": "summary", "opis": "summary", "rodzaj": "kind", "wstęp": "intro", "wstep": "intro",
    "podziękowanie": "thanks", "podziekowanie": "thanks", "języki": "languages", "jezyki": "languages", "stan": "state",
    "otwarcie": "opens", "od": "opens", "początek": "opens", "zamknięcie": "closes", "zamkniecie": "closes", "termin": "closes", "do": "closes",
    "odbiorcy": "audience", "numeracja": "reference", "numer": "reference", "kontakt": "contact", "powiadom": "notify",
    "prywatność": "privacy", "prywatnosc": "privacy", "klauzula": "privacy", "rodo": "privacy", "przechowuj": "retain", "anonimowy": "anonymous",
    "anonimowa": "anonymous", "kroki": "steps", "krok": "steps", "strony": "steps", "pola": "fields", "pole": "fields", "pytania": "fields",
    "sprawdzenia": "checks", "reguły": "checks", "reguly": "checks", "walidacja": "checks", "warunki": "conditions", "wydarzenia": "events",
    "ankieta": "survey", "zaświadczenie": "certificate", "zaswiadczenie": "certificate", "godziny": "hours", "reguła": "rule", "regula": "rule",
    "okres": "period", "porównaj": "compare", "porownaj": "compare", "przepisz": "prefill", "poprzednio": "previous", "statystyka": "statistics",
    "nazwa": "name", "typ": "type", "etykieta": "label", "pytanie": "label", "podpowiedź": "hint", "podpowiedz": "hint", "wskazówka": "hint",
    "wskazowka": "hint", "wymagane": "required", "obowiązkowe": "required", "obowiazkowe": "required", "kiedy": "when", "gdy": "when", "jeśli": "when",
    "jesli": "when", "jeżeli": "when", "jezeli": "when", "warunek": "when", "domyślnie": "default", "domyslnie": "default", "komunikat": "message",
    "błąd": "message", "blad": "message", "wrażliwe": "sensitive", "wrazliwe": "sensitive", "wcześniej": "was", "opcje": "options",
    "odpowiedzi": "options", "lista": "list", "gdzie": "where", "wartość": "value", "wartosc": "value", "poziom": "level", "kod": "code", "przy": "on",
    "wiersze": "rows", "kolumny": "columns", "element": "item", "pozycja": "item", "jednostka": "unit", "miejsca": "places", "minimum": "min",
    "maksimum": "max", "tekst": "text", "treść": "text", "tresc": "text", "inne": "other", "wzór": "pattern", "wzor": "pattern", "rozmiar": "max_size",
    "przykłady": "examples", "przyklady": "examples", "if": "when", "condition": "when", "visible": "when", "relevant": "when", "help": "hint",
    "description": "hint",
    "help_text": "hint", "placeholder": "hint", "question": "label", "caption": "label", "id": "name", "key": "name", "choices": "options",
    "mandatory": "required", "constraint": "checks", "validation": "checks", "rules": "checks", "pages": "steps", "sections": "steps", "start": "opens",
    "deadline": "closes", "end": "closes", "rule": "that", "że": "that", "test": "that",
}  # fmt: skip

# Words that authors write for a type, from Polish and from other form builders.
TYPE_WORDS: dict[str, str] = {
    "tekst": "text", "string": "text", "input": "text", "textarea": "long_text", "longtext": "long_text",
    "opis": "long_text", "liczba": "decimal", "number": "decimal", "float": "decimal", "int": "integer",
    "kwota": "money", "currency": "money", "procent": "percent", "data": "date", "godzina": "time", "czas": "time",
    "rok": "year", "miesiac": "month", "bool": "yes_no", "boolean": "yes_no", "yesno": "yes_no",
    "tak_nie": "yes_no", "zgoda": "consent", "oswiadczenie": "consent", "select": "choice", "select_one": "choice",
    "radio": "choice", "radios": "choice", "dropdown": "choice", "wybor": "choice", "select_multiple": "choices",
    "checkbox": "choices", "checkboxes": "choices", "multiselect": "choices", "likert": "matrix", "grid": "matrix",
    "macierz": "matrix", "tabela": "table", "repeat": "group", "grupa": "group", "lista": "group",
    "telefon": "phone", "tel": "phone", "mail": "email", "e-mail": "email", "adres": "address", "plik": "file",
    "upload": "file", "zalacznik": "file", "kod_pocztowy": "postal_code", "calculate": "computed",
    "calculation": "computed", "wyliczane": "computed", "html": "note", "markdown": "note", "informacja": "note",
}  # fmt: skip

# Every reason for which a type refuses what was typed, with what it means; a test holds this against the types.
MESSAGE_KINDS: dict[str, str] = {
    "required": "Brak odpowiedzi na obowiązkowe pytanie.", "format": "Zapis, którego typ pola nie rozumie.",
    "min": "Za mało, za krótko albo za wcześnie.", "max": "Za dużo, za długo albo za późno.",
    "option": "Odpowiedź spoza listy albo już wycofana.", "other": "Zaznaczone „Inne”, ale bez treści.",
    "none": "„Żadne z powyższych” razem z inną odpowiedzią.", "pattern": "Zapis niezgodny ze wzorem pola.",
    "checksum": "Nie zgadza się cyfra kontrolna.", "calendar": "Takiego dnia albo godziny nie ma w kalendarzu.",
    "whole": "Ułamek tam, gdzie ma być liczba całkowita.", "unclear": "Liczba, którą można przeczytać na dwa sposoby.",
    "repair": "Prawdopodobna literówka w adresie.", "places": "Za dużo miejsc po przecinku.",
    "type": "Plik innego rodzaju.", "size": "Za duży plik.", "empty": "Pusty plik.",
    "unique": "Pozycja, która powtarza inną.", "no_data": "„Brak danych” bez przyczyny albo razem z wartością.",
    "measure": "Pomiar sprzeczny z oceną.", "remark": "Brak uzasadnienia oceny.",
    "describe": "Plik albo zdjęcie bez opisu.", "programme": "Gmina bez programu i bez deklaracji (audience: programme).",
}  # fmt: skip
