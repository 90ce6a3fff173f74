"""What an author is told about a file that YAML cannot read, or reads otherwise than meant: one small file per slip."""

from __future__ import annotations

import pytest

from forms.source import Problems, read

WRONG: list[tuple[str | bytes, str, int, int, str]] = [
    # the file as such
    ("", "empty-file", 1, 1, "plik jest pusty"),
    ("# sam komentarz\n", "empty-file", 1, 1, "plik jest pusty"),
    ("- a\n- b\n", "not-a-mapping", 1, 1, "title: Zgłoszenie"),
    ("sam tekst\n", "not-a-mapping", 1, 1, "składa się z kluczy"),
    (b"a: b\nc: \xb3\n", "not-utf8", 2, 4, "„ł” z Windows-1250"),
    ("a: b\n".encode("utf-16"), "not-utf8", 1, 1, "zapisz go w edytorze jako UTF-8"),
    (b"PK\x03\x04\x14", "not-text", 1, 1, "nie w Wordzie ani Excelu"),
    ("a: b\nc: \x07\n", "control-character", 2, 4, "U+0007"),
    ("a: b\u2028c\n", "control-character", 1, 5, "U+2028"),
    ("a: b\n---\nc: d\n", "many-documents", 2, 1, "tylko jeden formularz"),
    ("a: b\n...\nc: d\n", "many-documents", 3, 1, "tylko jeden formularz"),
    ("%YAML 1.3\n---\na: b\n", "directive", 1, 1, "„%”"),
    ("%YAML 1.1\n---\na: b\n", "directive", 1, 1, "„%”"),
    ("a: " + "[" * 60 + "]" * 60, "too-deep", 1, 43, "za dużo poziomów"),
    # what the form language refuses
    ("a: b\nc: d\na: e\n", "duplicate-key", 3, 1, "klucz „a” jest już w wierszu 1"),
    ("a: *x\n", "alias", 1, 4, "znak „*”"),
    ("label: *Ważne* słowa\n", "alias", 1, 8, "weź cały tekst w cudzysłów"),
    ("a: &x [1]\n", "anchor", 1, 4, "znak „&”"),
    ("a: & b\n", "anchor", 1, 4, "znak „&”"),
    ("a: !!int 3\n", "tag", 1, 4, "znak „!”"),
    ("a: !uż\n", "tag", 1, 4, "znak „!”"),
    ("<<: x\n", "merge-key", 1, 1, "przepisz potrzebne klucze"),
    ("{[a]: b}\n", "key-not-text", 1, 2, "jedno słowo"),
    (": b\n", "key-not-text", 1, 1, "nazwa klucza, jedno słowo"),
    # signs at the beginning of a text
    ("a: @x\n", "special-start", 1, 4, "znak „@”"),
    ("a: `x`\n", "special-start", 1, 4, "znak „`”"),
    ("a: %x\n", "special-start", 1, 4, "znak „%”"),
    ("a: > 5 osób\nb: c\n", "special-start", 1, 4, "znak „>”"),
    ("a: |tekst\nb: c\n", "special-start", 1, 4, "znak „|”"),
    ("a: ? x\n", "special-start", 1, 4, "znak „?”"),
    ("a: - x\n", "special-start", 1, 4, "lista zaczyna się w wierszu pod kluczem"),
    ("item: {imie} {nazwisko}\n", "special-start", 1, 7, 'w cudzysłów: "{…"'),
    ("item: {imie}\n", "special-start", 1, 8, 'w cudzysłów: "{…"'),
    ("a: [x] y\nb: c\n", "special-start", 1, 4, 'w cudzysłów: "[…"'),
    # colons
    ("label: Uwaga: ważne\n", "colon-in-text", 1, 13, '"Uwaga: ważne"'),
    ("a:\n  - label: Uwaga: ważne\n", "colon-in-text", 2, 17, '"Uwaga: ważne"'),
    ("intro: |\n  Uwaga: x\nb: Uwaga: x\n", "colon-in-text", 3, 9, "dwukropek w środku tekstu"),
    ("a: {pl: Gmina: x, en: y}\n", "colon-in-text", 1, 14, "wewnątrz nawiasów"),
    ("a: b\nlabel:Tekst\nc: d\n", "no-space-after-colon", 2, 6, "napisz „label: …”"),
    ("label:Tekst\nc: d\n", "no-space-after-colon", 1, 6, "napisz „label: …”"),
    ("f:\n  - name:foo\n    type: x\n", "no-space-after-colon", 2, 9, "napisz „name: …”"),
    ("a: {pl:Gmina, en: b}\n", "no-space-after-colon", 1, 7, "napisz „pl: …”"),
    ("a: {pl:}\n", "no-space-after-colon", 1, 7, "po dwukropku brakuje spacji"),
    ("a: b\nsłowo\nc: d\n", "missing-colon", 2, 1, "brakuje dwukropka"),
    ("a: b\nlabel:{pl: x, en: y}\n", "no-space-after-colon", 2, 6, "napisz „label: …”"),
    ("f:\n  - name nip\n    type: nip\n", "missing-colon", 2, 5, "brakuje dwukropka"),
    # hyphens
    ("f:\n  -name: x\n  type: y\n", "no-space-after-hyphen", 2, 3, "napisz „- name”"),
    ("f:\n  -name: x\n   type: y\n", "no-space-after-hyphen", 2, 3, "napisz „- name:”"),
    ("f:\n  -Tak\n  -Nie\n", "no-space-after-hyphen", 2, 3, "napisz „- Tak”"),
    ("f:\n  -Tak\n", "no-space-after-hyphen", 2, 3, "napisz „- Tak”"),
    ("b: c\n-name\nd: e\n", "no-space-after-hyphen", 2, 1, "napisz „- name”"),
    # inside brackets
    ("a: {pl: Gmina, powiat, en: x}\n", "comma-in-braces", 1, 16, "po „powiat” brakuje dwukropka"),
    ("a: {pl: Punkt #1, en: x}\nb: c\n", "hash-in-braces", 1, 15, "zaczyna komentarz"),
    ('a: {pl: "Co" to, en: x}\n', "text-in-braces", 1, 14, "pozycje oddziel przecinkami"),
    ("a: [x, y\nb: c\n", "bracket-not-closed", 1, 4, "brakuje nawiasu ]"),
    ("a: {x: y\nb: c\nd: e\n", "bracket-not-closed", 1, 4, "brakuje nawiasu }"),
    ("a: [b]]\nc: d\n", "extra-bracket", 1, 7, "nie ma pary"),
    # quotation marks
    ('a: "Tekst\nb: c\n', "quote-not-closed", 1, 4, 'zaczyna się tu od "'),
    ('a: b\nc: "Tekst\nd: "e"\nf: g\n', "quote-not-closed", 2, 4, "brakuje zamykającego cudzysłowu"),
    ('a: "x\nb: y"\nc: d\n', "quote-not-closed", 1, 4, "brakuje zamykającego cudzysłowu"),
    ("a: 'x\n", "quote-not-closed", 1, 4, "zaczyna się tu od '"),
    ("a: {x: 'y', z: \"q}\nb: c\n", "quote-not-closed", 1, 16, "brakuje zamykającego cudzysłowu"),
    ('a: "Tak" lub "Nie"\n', "quote-inside", 1, 10, "cudzysłów drugiego rodzaju"),
    ("when: 'tak' == x\nb: c\n", "quote-inside", 1, 13, "cudzysłów drugiego rodzaju"),
    ('a: "C:\\dane"\n', "backslash", 1, 7, "w pojedynczy cudzysłów"),
    # indentation
    ("a:\n\tb: c\n", "tab-indent", 2, 1, "zastąp go spacjami"),
    ("a:\n  b: c\n\td: e\n", "tab-indent", 3, 1, "zastąp go spacjami"),
    ("f:\n\u00a0\u00a0a: b\n", "nbsp-indent", 2, 1, "niełamliwa spacja"),
    ("title: a\n  label: b\n", "wrong-indent", 2, 3, "wiersz wyżej, który ma już wartość, 0"),
    ("f:\n  a: b\n   c: d\n", "wrong-indent", 3, 4, "wcięcie ma 3 spacje, a wiersz wyżej"),
    ("f:\n   a: b\n  c: d\n", "wrong-indent", 3, 3, "wcięcie ma 2 spacje, a sąsiednie wiersze 3"),
    ("f:\n  - a: 1\n   - b: 2\n", "wrong-indent", 3, 4, "wcięcie ma 3 spacje, a sąsiednie wiersze 2"),
    ("f:\n  - a: 1\n    b: 2\n   c: 3\n", "wrong-indent", 4, 4, "wcięcie ma 3 spacje, a sąsiednie wiersze 4"),
    ("f:\n  - a: b\n  c: d\n", "wrong-indent", 3, 3, "zacznij wiersz od myślnika"),
    ("a: b\n- c\n", "wrong-indent", 2, 1, "usuń myślnik"),
    ("f:\n - b\n  - c\n", "wrong-indent", 3, 3, "wyrównaj myślniki"),
    ("a: |\n  x\n y\nb: c\n", "wrong-indent", 3, 2, "wcięcie ma 1 spację, a sąsiednie wiersze 2"),
    # no slip that has a name
    ("a: b\n'c' d\ne: f\n", "missing-colon", 2, 1, "brakuje dwukropka"),
    ("'a' b\n", "quote-inside", 1, 5, "cudzysłów drugiego rodzaju"),
]

DOUBTFUL: list[tuple[str, str, int, int, str]] = [
    ("a: Punkt #1\n", "hash-in-text", 1, 10, "zaczyna komentarz"),
    ("a: „Gmina”\n", "typographic-quotes", 1, 4, "użyj prostego"),
]

RIGHT = [
    "a: Czy tak?\n",
    "a: {pl: Czy tak?, en: Yes}\n",
    "a: b  # komentarz\n",
    "a: [Tak, Nie?, nie wiem]\n",
    "a: [{tak: Tak}, {nie: Nie}]\n",
    "a: {b: , c: d}\n",
    "a: -5\n",
    "when: kontakt == 'email'\n",
    "a: https://example.pl/#x\n",
    'a: |\n  Uwaga: "x\n  - *y*\n  \tz #1\n',
    "a: |\n  \u00a0tekst\n",
    "a: długi tekst\n  ciągnie się - dalej\n",
    "--- \na: b\n",
    "a: Gmina „Razem” i inni\n",
    'a: "dwa\n  wiersze"\n',
]


@pytest.mark.parametrize(("text", "code", "line", "column", "words"), WRONG)
def test_a_slip_is_named_placed_and_cured(text: str | bytes, code: str, line: int, column: int, words: str) -> None:
    problems = Problems("f.yaml")
    read(text, "f.yaml", problems)
    first = problems.errors[0]
    assert (first.code, first.place.line, first.place.column) == (code, line, column)
    assert words in str(first.what)


@pytest.mark.parametrize(("text", "code", "line", "column", "words"), DOUBTFUL)
def test_what_may_be_meant_is_only_a_warning(text: str, code: str, line: int, column: int, words: str) -> None:
    problems = Problems("f.yaml")
    assert read(text, "f.yaml", problems) is not None
    assert not problems.errors
    (warning,) = problems.warnings
    assert (warning.code, warning.place.line, warning.place.column) == (code, line, column)
    assert words in str(warning.what)


@pytest.mark.parametrize("text", RIGHT)
def test_ordinary_text_is_left_in_peace(text: str) -> None:
    problems = Problems("f.yaml")
    assert read(text, "f.yaml", problems) is not None
    assert [problem.line() for problem in problems] == []


@pytest.mark.parametrize(("text", "code"), [(text, code) for text, code, *_ in WRONG])
def test_one_slip_is_told_once(text: str | bytes, code: str) -> None:
    problems = Problems("f.yaml")
    read(text, "f.yaml", problems)
    told = [(problem.code, problem.place) for problem in problems if problem.code == code]
    assert len(told) == len(set(told))
    assert len(problems) <= 2
