"""What is said about the traps of YAML, in words for people who know no YAML: each sentence once, with its cure."""

from __future__ import annotations

from forms.wording import Say, say, say_n

EMPTY = say("plik jest pusty – zacznij od wiersza „title: …”")
NOT_A_MAPPING = say("plik formularza składa się z kluczy, każdy na początku wiersza, na przykład „title: Zgłoszenie”")
NOT_A_LIST = say("ten plik powinien być listą – każdą pozycję zacznij w nowym wierszu od „- ”")
TOO_LARGE = say("plik ma ponad 1 MB – podziel formularz, a długie listy przenieś do config/lists")
TOO_MANY = say("plik ma zbyt wiele wartości – podziel formularz, a długie listy przenieś do config/lists")
TOO_DEEP = say("za dużo poziomów, jeden w drugim – sprawdź nawiasy i wcięcia")
NOT_UTF8 = say("plik nie jest w UTF-8 – zapisz go w edytorze jako UTF-8")
NOT_TEXT = say("to nie jest plik tekstowy – definicję zapisz w edytorze tekstu, nie w Wordzie ani Excelu")
DOCUMENTS = say("w pliku może być tylko jeden formularz – usuń wiersz „---” albo „...” i to, co po nim")
DIRECTIVE = say("usuń wiersz zaczynający się od „%” – nie jest tu potrzebny")
KEY_NOT_TEXT = say("przed dwukropkiem powinna stać nazwa klucza, jedno słowo")
MERGE = say("klucz „<<” nie jest tu dozwolony – przepisz potrzebne klucze w tym miejscu")
TAB = say("wcięcie zrobiono tabulatorem – zastąp go spacjami, po dwie na każdy poziom")
NBSP = say("we wcięciu stoi niełamliwa spacja – zastąp ją zwykłą")
BACKSLASH = say("ukośnik \\ w podwójnym cudzysłowie ma własne znaczenie – weź ten tekst w pojedynczy cudzysłów: '…'")
QUOTE_INSIDE = say(
    "po zamykającym cudzysłowie stoi dalszy tekst – weź całość w cudzysłów drugiego rodzaju: '…' albo \"…\""
)
COLON_IN_BRACES = say('dwukropek w tekście wewnątrz nawiasów – weź ten tekst w cudzysłów: "…"')
TEXT_IN_BRACES = say(
    "nie wiadomo, co to znaczy wewnątrz nawiasów – weź tekst w cudzysłów, a pozycje oddziel przecinkami"
)
HASH_IN_BRACES = say('znak # zaczyna komentarz, więc nawias się nie zamyka – weź tekst ze znakiem # w cudzysłów: "…"')
HASH_IN_TEXT = say(
    "znak # zaczyna komentarz – jeśli należy do tekstu, weź tekst w cudzysłów, a jeśli nie, dodaj po nim spację"
)
EXTRA_BRACKET = say("ten nawias nie ma pary – usuń go albo dopisz otwierający")
MISSING_COLON = say(
    "po nazwie klucza brakuje dwukropka; jeśli to dalszy ciąg tekstu z wiersza wyżej, wetnij go głębiej niż klucz"
)
GLUED_VALUE = say("po dwukropku brakuje spacji albo wartości")
STRAY_HYPHEN = say("tu stoją klucze, a nie lista – usuń myślnik albo wetnij listę głębiej, pod jej kluczem")
MISSING_HYPHEN = say("tu stoi lista – zacznij wiersz od myślnika albo wyrównaj go z pierwszym kluczem pozycji powyżej")
UNEVEN_HYPHEN = say("myślnik ma inne wcięcie niż lista, więc wiersz należy do tekstu wyżej – wyrównaj myślniki")
UNREADABLE = say("tego nie da się odczytać – sprawdź wcięcie, dwukropki i cudzysłowy w tym wierszu i w wierszu wyżej")


def not_utf8(letter: str) -> Say:
    """The file's encoding is not UTF-8; `letter` is what the byte means in Windows-1250."""
    return say(
        "plik nie jest w UTF-8 (to pewnie „{letter}” z Windows-1250) – zapisz go w edytorze jako UTF-8", letter=letter
    )


def invisible(sign: str) -> Say:
    """A character that nobody can see."""
    return say("niewidoczny znak {code} – usuń go i wpisz to miejsce ręcznie", code=f"U+{ord(sign):04X}")


def duplicate(key: str, line: int) -> Say:
    """A key that stands already on another line."""
    return say("klucz „{key}” jest już w wierszu {line} – zostaw tylko jeden z nich", key=key, line=line)


def special_start(sign: str) -> Say:
    """A text that begins with a sign that YAML keeps for itself."""
    if sign == "-":
        return say(
            'lista zaczyna się w wierszu pod kluczem; jeśli myślnik należy do tekstu, weź cały tekst w cudzysłów: "- …"'
        )
    return say(
        'znak „{sign}” na początku tekstu ma własne znaczenie – weź cały tekst w cudzysłów: "{sign}…"', sign=sign
    )


def quote_not_closed(mark: str) -> Say:
    """A quotation mark without its partner."""
    return say(
        "brakuje zamykającego cudzysłowu – tekst, który zaczyna się tu od {mark}, zakończ takim samym znakiem",
        mark=mark,
    )


def typographic(marks: str) -> Say:
    """Polish quotation marks around a whole text: YAML takes them for letters."""
    return say(
        'cudzysłów {marks} nie jest znakiem YAML i zostanie w tekście – użyj prostego " albo usuń go', marks=marks
    )


def bracket_not_closed(closer: str) -> Say:
    """A bracket without its partner."""
    return say("brakuje nawiasu {closer}, który zamknie ten nawias", closer=closer)


def colon_in_text(text: str) -> Say:
    """A colon and a blank within a text."""
    short = text if len(text) <= 40 else text[:39].rstrip() + "…"
    return say('dwukropek w środku tekstu – weź cały tekst w cudzysłów: "{text}"', text=short)


def comma_in_braces(text: str) -> Say:
    """What stands in `{…}` after a comma and has no colon."""
    return say(
        'po „{text}” brakuje dwukropka; jeśli przecinek należy do tekstu, weź cały tekst w cudzysłów: "…"', text=text
    )


def glued_hyphen(after: str) -> Say:
    """A hyphen without a blank; `after` is what follows it."""
    return say(
        "po myślniku brakuje spacji – napisz „- {word}”", word=after.split(maxsplit=1)[0] if after.strip() else "…"
    )


def glued_colon(key: str) -> Say:
    """A colon without a blank after a key."""
    return say("po dwukropku brakuje spacji – napisz „{key}: …”", key=key)


def wrong_indent(here: int, there: int) -> Say:
    """A line that is indented unlike its neighbours; both in spaces."""
    return say_n(
        "wcięcie ma {n} spację, a sąsiednie wiersze {there} – wyrównaj je",
        "wcięcie ma {n} spacje, a sąsiednie wiersze {there} – wyrównaj je",
        here,
        there=there,
    )


def indented_under_value(here: int, there: int) -> Say:
    """A key that is indented under a line that has a value already; both in spaces."""
    return say_n(
        "wcięcie ma {n} spację, a wiersz wyżej, który ma już wartość, {there} – wyrównaj je; długi tekst zacznij „|”",
        "wcięcie ma {n} spacje, a wiersz wyżej, który ma już wartość, {there} – wyrównaj je; długi tekst zacznij „|”",
        here,
        there=there,
    )
