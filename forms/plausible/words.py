"""What made-up answers are made of: names, places, offices and sentences. Nobody and nothing here is real."""

from __future__ import annotations

from random import Random

from forms.polish import fold

FIRST_NAMES = (
    "Anna", "Agnieszka", "Barbara", "Beata", "Celina", "Dorota", "Ewa", "Grażyna", "Halina", "Iwona", "Joanna",
    "Katarzyna", "Łucja", "Małgorzata", "Natalia", "Oliwia", "Renata", "Sylwia", "Urszula", "Zofia", "Adam", "Andrzej",
    "Bartosz", "Cezary", "Dariusz", "Grzegorz", "Jacek", "Krzysztof", "Łukasz", "Marek", "Paweł", "Piotr", "Rafał",
    "Sławomir", "Tomasz", "Wojciech", "Zbigniew", "Żaneta",
)  # fmt: skip
LAST_NAMES = (
    "Bąk", "Czajka", "Dudek", "Gajda", "Jeż", "Kaczor", "Kołodziej", "Kos", "Kruk", "Lis", "Łoś", "Mazur", "Mróz",
    "Nowak", "Orzeł", "Pająk", "Rybak", "Sikora", "Sowa", "Szczygieł", "Ślimak", "Wilk", "Wójcik", "Wróbel", "Zając",
    "Źrebak", "Żuk",
)  # fmt: skip
TOWNS = (
    "Barlinek", "Białogard", "Darłowo", "Dębno", "Drawno", "Golczewo", "Goleniów", "Gryfice", "Gryfino", "Kamień",
    "Karlino", "Łobez", "Myślibórz", "Nowogard", "Pełczyce", "Płoty", "Polanów", "Resko", "Sianów", "Świdwin",
    "Trzebiatów", "Węgorzyno", "Wolin", "Złocieniec",
)  # fmt: skip
STREETS = ("Rynek", "Lipowa", "Ogrodowa", "Szkolna", "Polna", "Jana Kochanowskiego", "Piastowska", "Nadbrzeżna")
POSITIONS = (
    "Inspektor ds. rozwoju", "Podinspektor ds. promocji", "Kierownik Referatu Rozwoju", "Sekretarz Gminy",
    "Skarbnik Gminy", "Główny specjalista", "Zastępca Wójta", "Koordynatorka ds. dostępności", "Animator społeczny",
)  # fmt: skip
UNITS = ("Referat Rozwoju", "Referat Inwestycji", "Referat Organizacyjny", "Wydział Planowania", "Biuro Funduszy")
OFFICES = (
    "Urząd Miejski – {town}",
    "Urząd Gminy – {town}",
    "Ośrodek Pomocy Społecznej – {town}",
    "Dom Kultury – {town}",
)
TITLES = ("Gminny Program Rewitalizacji na lata 2024–2033 – {town}", "Nowe życie starego rynku – {town}")
SENTENCES = (
    "Chcemy poznać model współpracy miasta z organizacjami.",
    "Najważniejsze jest dla nas włączenie mieszkańców od samego początku.",
    "Budynek dworca stoi pusty od kilku lat i wymaga remontu.",
    "Prosimy o przykłady z małych gmin, w których mieszka mniej niż pięć tysięcy osób.",
    "Zaczynamy diagnozę i nie wiemy, jakie wskaźniki wybrać.",
    "Na podwórkach przy rynku powstaną zieleń, ławki i miejsce spotkań.",
    "Termin zależy od tego, kiedy zbierze się rada.",
    "Potrzebujemy wskazówek, jak przeprowadzić konsultacje zimą.",
)
PHRASES = (
    "brak uwag",
    "sesja rady",
    "remont świetlicy",
    "plac zabaw",
    "droga gminna",
    "centrum wsparcia",
    "zieleń miejska",
)
ROMAN = ("I", "II", "IV", "IX", "XII", "XVIII", "XXIV", "XXXIII", "XLI", "LVIII", "LXII")

PERSON = ("imie_nazwisko", "imie_i_nazwisko", "audytor", "wspollokator", "osoba", "asystent")
KINDS = (  # words in a field's name or label → what it asks for; the first that fits
    (("imie i nazwisko", *PERSON), "person"),
    (("nazwisko",), "last"),
    (("imie",), "first"),
    (("stanowisko", "zatwierdzil"), "position"),
    (("komorka", "referat"), "unit"),
    (("uchwal", "numer wpisu", "zarzadzeni"), "resolution"),
    (("ulica",), "street"),
    (("nr_domu", "numer domu"), "house"),
    (("miejscowosc",), "town"),
    (("jednostk", "instytucj", "urzad", "organ", "obiekt"), "office"),
    (("tytul", "program", "nazwa"), "title"),
)


def kind_of(name: str, label: str) -> str:
    """What a text field asks for, told from its name and label; "" when nothing tells."""
    words = fold(f"{name} {label}")
    return next((kind for marks, kind in KINDS if any(mark in words for mark in marks)), "")


def phrase(kind: str, rng: Random) -> str:
    """A short text of one of the kinds."""
    town = rng.choice(TOWNS)
    if kind == "person":
        return f"{rng.choice(FIRST_NAMES)} {rng.choice(LAST_NAMES)}"
    if kind == "resolution":
        return f"{rng.choice(ROMAN)}/{rng.randint(10, 600)}/{rng.randint(2021, 2026)}"
    if kind == "house":
        return f"{rng.randint(1, 120)}{rng.choice(('', '', '', 'A', 'B'))}"
    if kind == "town":
        return town
    pool = {
        "first": FIRST_NAMES, "last": LAST_NAMES, "position": POSITIONS, "unit": UNITS, "street": STREETS,
        "office": OFFICES, "title": TITLES,
    }.get(kind, PHRASES)  # fmt: skip
    return rng.choice(pool).format(town=town)


def sentences(least: int, most: int, rng: Random) -> str:
    """A text of at least and at most so many characters."""
    text = rng.choice(SENTENCES)
    while len(text) < least or (len(text) < most // 4 and rng.random() < 0.5):
        text = f"{text} {rng.choice(SENTENCES)}"
    return text[:most].rstrip().ljust(least, ".")


def letters(name: str) -> str:
    """A name as it stands in an e-mail address: `Żaneta Łoś` → `zaneta.los`."""
    return ".".join(fold(name).split())
