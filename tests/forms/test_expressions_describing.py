"""How expressions read aloud to staff, and how texts with expressions in them fall apart."""

from __future__ import annotations

import pytest

from forms.expressions.piping import PipingMistake, parse_text
from tests.forms.expression_samples import compiled

LABELS = {"nocleg": "Nocleg", "kwota": "Kwota dotacji", "uczestnicy": "Uczestnicy", "uczestnicy.nocleg": "Nocleg"}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("nocleg == 'tak'", "*Nocleg* to *Tak, poproszę*"),
        ("nocleg != 'tak'", "*Nocleg* to nie *Tak, poproszę*"),
        ("nocleg in ('tak', 'nie')", "*Nocleg* to *Tak, poproszę* lub *Nie, dziękuję*"),
        ("nocleg not in ('tak', 'nie')", "*Nocleg* to nie *Tak, poproszę* ani *Nie, dziękuję*"),
        ("kwota > 1234.5", "*Kwota dotacji* to więcej niż *1\u00a0234,5*"),
        ("3 <= kwota", "*Kwota dotacji* to co najmniej *3*"),
        ("zgoda", "*zgoda* to *tak*"),
        ("zgoda and kwota < 5", "*zgoda* to *tak* i *Kwota dotacji* to mniej niż *5*"),
        (
            "zgoda or (kwota < 5 and not zgoda)",
            "*zgoda* to *tak* lub (*Kwota dotacji* to mniej niż *5* i *zgoda* to nie *tak*)",
        ),
        ("not (nocleg == 'tak')", "nieprawda, że *Nocleg* to *Tak, poproszę*"),
        ("not answered(uwagi)", "nie podano *uwagi*"),
        ("'petla' in potrzeby", "w *potrzeby* zaznaczono *pętla indukcyjna*"),
        ("'jan' not in imie", "*imie* nie zawiera *jan*"),
        ("count(uczestnicy, nocleg == 'tak') > 0", "w *Uczestnicy* jest pozycja, w której *Nocleg* to *tak*"),
        ("count(uczestnicy, nocleg == 'tak') == 0", "w *Uczestnicy* nie ma pozycji, w której *Nocleg* to *tak*"),
        ("count(uczestnicy) >= 2", "liczba pozycji w *Uczestnicy* to co najmniej *2*"),
        ("count(potrzeby) == 2", "liczba zaznaczonych opcji w *potrzeby* to *2*"),
        ("od >= 2027-03-09", "*od* przypada nie wcześniej niż *9\u00a0marca 2027\u00a0r.*"),
        ("(kwota + osoby) * 2", "(*Kwota dotacji* + *osoby*) × *2*"),
        ("sum(kwota, osoby)", "suma (*Kwota dotacji*, *osoby*)"),
        ("days(od, do) > 3", "liczba dni od *od* do *do* to więcej niż *3*"),
        ("change(kwota) > 30", "zmiana *Kwota dotacji* w procentach to więcej niż *30*"),
        ("kwota if zgoda else 0", "*Kwota dotacji*, jeżeli *zgoda* to *tak*, a w przeciwnym razie *0*"),
        ("today", "dzisiejsza data"),
    ],
)
def test_an_expression_reads_as_a_sentence(text: str, words: str) -> None:
    assert compiled(text).describe(lambda path: LABELS.get(path, path)) == words


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("", []),
        ("Dzień dobry", ["Dzień dobry"]),
        ("Uczestnik {n}: {imie}!", ["Uczestnik ", ("n", 11), ": ", ("imie", 16), "!"]),
        ("{imie}{n}", [("imie", 1), ("n", 7)]),
        ("{{imie}} i }", ["{imie} i }"]),
        ("{plural(n, 'a}', \"{b\", 'c')} x", [("plural(n, 'a}', \"{b\", 'c')", 1), " x"]),
    ],
)
def test_a_text_falls_into_words_and_expressions(text: str, pieces: list[object]) -> None:
    found = parse_text(text)
    assert found == pieces
    assert all(text[piece[1] :].startswith(piece[0]) for piece in found if isinstance(piece, tuple))


@pytest.mark.parametrize(("text", "at"), [("Witaj {imie", 6), ("{", 0), ("a {b {c}", 2), ("{'}", 0)])
def test_a_brace_that_is_not_closed_is_a_mistake_with_its_place(text: str, at: int) -> None:
    with pytest.raises(PipingMistake) as caught:
        parse_text(text)
    assert (caught.value.start, caught.value.end) == (at, at + 1)
    assert "{" in str(caught.value.what)
