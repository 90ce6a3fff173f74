"""Makes docs/forms.md, the reference of the form language, from the program itself: `python -m docs.reference`.

Keys, values and their meaning come from the JSON Schema, types from the registry, functions from the table of the
expressions, examples from the tiny definitions that the tests of the types stand on. A test compares the file with this.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from config.settings import ROOT
from docs.expression_examples import EXAMPLES, OPERATORS
from forms.expressions import FUNCTIONS
from forms.schema import schema
from forms.types.base import REGISTRY

FILE = ROOT / "docs" / "forms.md"
PICTURES = ROOT / "docs" / "pictures"
DEFINITIONS = ROOT / "tests" / "forms" / "types"
UNSEEN = ("hidden",)  # types of which there is nothing to see

INTRO = """# Język formularzy

Formularz to jeden plik YAML w katalogu `config/forms`; nazwa pliku jest adresem formularza. Od pustego pliku do działającego
formularza prowadzi [samouczek](tutorial.md). Ten spis powstaje z programu poleceniem `make docs`.

Wartości są tekstem, który stoi w pliku: `0201`, `08:30` i `nie` nie zamieniają się w nic innego. Kotwice, aliasy i znaczniki
YAML-a są odrzucane, powtórzony klucz jest błędem. Błędy pliku wypisuje `flask --app app forms check`; [każdy ma kod](mistakes.md).

Tekst dla ludzi można podać w kilku językach: `{pl: Gmina, en: Municipality}`. W każdym takim tekście `{wyrażenie}` zmienia się
w wartość, a `{{` to zwykły nawias.

## Edytor, który podpowiada

Edytor z rozszerzeniem YAML (VS Code, VSCodium, JetBrains, Neovim i inne, które używają *yaml-language-server*) podpowiada
klucze i podkreśla błędy, gdy plik zaczyna się wierszem z adresem schematu:

```yaml
# yaml-language-server: $schema=https://formularze.urzad.pl/schemat/formularz.json
```

To adres działającego programu; bez sieci ten sam schemat zapisze w pliku `flask --app app forms schema --out formularz.json`.
"""
EXPRESSIONS = """## Wyrażenia

Wyrażenie stoi w `when`, `required`, `checks`, `value`, `min`, `max`, `default` i w nawiasach `{…}` w tekstach. Nazwami są pola
i warunki z `conditions`, w grupie najpierw pola pozycji. Bez odpowiedzi porównanie nie jest spełnione, działanie nie ma wyniku,
a suma i liczba pomijają puste. Błędy w wyrażeniach wypisuje `forms check`: nieznana nazwa, opcja, której nie ma, pole
z późniejszego kroku, zależność w kółko, warunek, który nigdy nie będzie spełniony.
"""


PERIODS = """## Okresy

Formularz z kluczem `period` jest serią: każda gmina wypełnia go raz w roku, kwartale albo miesiącu. Obok pól stoi wtedy to, co ta
sama gmina wysłała w poprzednim okresie – najnowsza odpowiedź, której nie wycofano ani nie odrzucono, po poprawkach.

Poprzednie wartości należą do gminy, więc widzą je tylko:

- osoba, która zaczęła z prywatnej strony poprzedniej odpowiedzi, przyciskiem „Złóż sprawozdanie za następny okres” (słowa zależą
  od `kind`; przycisk stoi tam, gdy formularz jest otwarty i przyjmuje następny okres). Gmina i ten okres są wtedy od razu wpisane.
  Po zmianie gminy albo okresu wartości znikają, chyba że za poprzedni okres wysłano odpowiedź, którą też zaczęto w ten sposób.
  Kończy to również wycofanie poprzedniej odpowiedzi i unieważnienie jej linku,
- zalogowany pracownik, który ma prawo czytać odpowiedzi.

Kto inny wypełnia formularz bez nich: nic nie mówi mu, czy gmina już coś wysłała, `prefill` niczego nie wpisuje, a `warn_change`
i warunki z `previous(pole)` niczego nie sprawdzają. Formularz ma więc sens także dla kogoś, kto poprzednich wartości nie widzi.

```yaml
title: Raport roczny
period: {field: rok, every: year}
one_per: [gmina, rok]
steps:
  - id: gmina
    title: Gmina i rok
    fields:
      - {name: rok, type: year, label: Rok, required: true}
      - {name: gmina, type: gmina, label: Gmina, required: true}
  - id: przedsiewziecia
    title: Przedsięwzięcia
    fields:
      - name: przedsiewziecia
        type: group
        label: Przedsięwzięcia
        key: nr
        prefill: previous
        fields:
          - {name: nr, type: text, label: Numer, required: true}
          - {name: nazwa, type: text, label: Nazwa, prefill: previous}
          - {name: wydatki, type: money, label: Wydatki, compare: true, warn_change: 30}
```

- `compare: true` pokazuje przy polu „Poprzednio (2025): 1 234,50 zł – zmiana +12,5%”. W tabeli klucz stoi przy kolumnie albo przy
  całej tabeli, a wartości szuka się w tym samym wierszu i kolumnie. W grupie pozycje rozpoznaje się po polu z klucza `key`.
- `prefill: previous` wpisuje poprzednią wartość, dopóki nikt nie zapisał kroku, z dopiskiem „Przepisane z 2025 – sprawdź.” Działa
  od kroku po tym, w którym podaje się gminę i okres. Przy grupie przepisuje jej pozycje, a w nich pola, które też mają `prefill`.
- `warn_change: 30` prosi o wyjaśnienie zmiany o więcej niż 30%. Wyjaśnienie zapisuje się z odpowiedzią i rok później stoi obok
  pola. Zmiany od zera i od braku danych nie da się policzyć, więc o nią nie pyta.
- `statistics: ludnosc` pokazuje liczbę tej gminy i roku ze statystyki publicznej, `prefill: statistics` ją wpisuje ([skąd są liczby](indicators.md)).
- W wyrażeniach służą do tego `previous(pole)` i `change(pole)`.
- Danych o osobie (`sensitive`, `autocomplete`, e-mail, telefon, PESEL …) nie pokazuje się nigdy: po roku formularz wypełnia kto inny.
- Gdy wartości pola `period` są opcjami, zapisuje się je `2027`, `2027-Q1` albo `2027-01`.
"""

AUDITS = """## Audyty

Formularz z listą kontrolną i kluczem `audit` jest audytem: powstaje z niego wynik, raport PDF i lista barier w regionie,
a rekomendacje mają dalszy ciąg – kto, kiedy i co zrobił. Klucz mówi, które pytania są czym:

```yaml
title: Audyt dostępności
offline: true
audit:
  ratings: oceny
  building: obiekt
  date: data_audytu
  recommendations: {group: rekomendacje, item: pozycja, text: opis, priority: priorytet, cost: koszt, due: termin}
  photos: {group: zdjecia, file: plik, text: opis}
fields:
  - {name: gmina, type: gmina, label: Gmina, required: true}
  - {name: obiekt, type: text, label: Nazwa obiektu, required: true}
  - {name: data_audytu, type: date, label: Data audytu, hint: "Na przykład 14.10.2026.", required: true}
  - name: oceny
    type: checklist
    label: Ocena
    scale: [{value: "1", label: spełnia, points: 1}, {value: "0", label: nie spełnia, points: 0}]
    areas: [{id: A, title: Budynek, items: [{id: A1, label: Próg ma najwyżej 2 cm, critical: true, photo: true}]}]
  - name: rekomendacje
    type: group
    label: Rekomendacje
    fields:
      - {name: pozycja, type: text, label: Pozycja, required: true}
      - {name: opis, type: long_text, label: Co trzeba zrobić?, required: true}
      - {name: priorytet, type: choice, label: Priorytet, options: [wysoki, niski]}
      - {name: koszt, type: money, label: Koszt, hint: "Na przykład 1 200,00."}
      - {name: termin, type: month, label: Do kiedy?, hint: "Na przykład 12.2028."}
  - name: zdjecia
    type: group
    label: Zdjęcia
    fields:
      - {name: plik, type: file, label: Zdjęcie, accept: [jpg, png]}
      - {name: opis, type: text, label: Co widać na zdjęciu?}
```

- Ten sam obiekt poznaje się po gminie i polach z `building`; wielkość liter, polskie znaki i odstępy nie mają znaczenia.
- Priorytet jest tym pilniejszy, im wcześniej stoi jego opcja. Termin miesięczny mija z ostatnim dniem miesiąca.
- Starsze wersje formularza czyta się według klucza `audit` dzisiejszej wersji.
- Odpowiedzi wrażliwych nie ma ani w wyniku, ani w raporcie, ani na liście.
- `offline: true` działa w każdym formularzu: odpowiedzi, których nie udało się wysłać, razem ze zdjęciami czekają zapisane
  w przeglądarce i idą, gdy wróci sieć. Po wysłaniu znikają z urządzenia. Bez JavaScriptu i w oknie prywatnym, które na to nie
  pozwala, formularz działa jak inne. Nie włączaj tego w formularzach, które wypełnia się na cudzych komputerach.
"""


def reference() -> str:
    """The whole document."""
    return "\n".join(_lines()).rstrip() + "\n"


def _lines() -> Iterator[str]:
    found = schema()
    defs = found["$defs"]
    printed: dict[str, str] = {}
    yield INTRO
    yield "## Formularz\n"
    yield from _keys(found, defs, printed, "formularz")
    yield "## Krok\n"
    yield from _keys(defs["step"], defs, printed, "krok")
    yield "## Pole: klucze wspólne\n"
    yield from _keys(defs["field"], defs, printed, "pole")
    for name in sorted(set(defs) - {"text", "field", "step"} - {f"field-{kind}" for kind in REGISTRY}):
        yield f"## Klucze: {name}\n"
        yield from _keys(defs[name], defs, printed, name)
    yield "## Typy pól\n"
    yield ", ".join(f"[{name}](#{name})" for name in sorted(REGISTRY)) + "\n"
    for name in sorted(REGISTRY):
        yield from _type(name, defs, printed)
    yield from _expressions()
    yield PERIODS
    yield AUDITS


def _type(name: str, defs: Mapping[str, Any], printed: dict[str, str]) -> Iterator[str]:
    kind = REGISTRY[name]
    yield f"### {name}\n"
    yield f"{kind.doc}\n"
    if name not in UNSEEN:
        yield f"![Pole typu {name} na stronie](pictures/{name}.png)\n"
    example = DEFINITIONS / f"{name}.yaml"
    if example.exists():
        yield f"```yaml\n{example.read_text('utf-8').rstrip()}\n```\n"
    own = {key: value for key, value in defs[f"field-{name}"]["properties"].items() if key in kind.keys}
    if own:
        yield from _keys({"properties": own, "required": defs[f"field-{name}"]["required"]}, defs, printed, name)
    else:
        yield "Bez własnych kluczy.\n"


def _keys(struct: Mapping[str, Any], defs: Mapping[str, Any], printed: dict[str, str], where: str) -> Iterator[str]:
    """The table of a mapping's keys, then the tables of mappings within it that have not been shown yet."""
    yield "| klucz | wartość | znaczenie |\n|---|---|---|"
    nested: list[tuple[str, Mapping[str, Any]]] = []
    for name, value in struct["properties"].items():
        must = " **wymagany**" if name in struct.get("required", ()) else ""
        refers = []
        for number, inner in enumerate(_structs(value), 1):
            known = json.dumps(inner["properties"], sort_keys=True)
            if known not in printed:
                printed[known] = f"{where}: {name}" + (f" ({number})" if number > 1 else "")
                nested.append((printed[known], inner))
            refers.append(f"„{printed[known]}”")
        told = words(value) + (f"; zob. {' i '.join(refers)}" if refers else "")
        yield f"| `{name}`{must} | {_cell(told)} | {_cell(value.get('description', ''))} |"
    yield ""
    for title, inner in nested:
        yield f"**{title}**\n"
        yield from _keys(inner, defs, printed, title)


def _structs(value: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The mappings with known keys that a value may hold."""
    if value.get("properties"):
        yield value
        return
    for each in (*value.get("anyOf", ()), *(value.get(inner) for inner in ("items", "else", "additionalProperties"))):
        if isinstance(each, Mapping):
            yield from _structs(each)


def words(value: Mapping[str, Any]) -> str:
    """What may stand as a value, in a few words."""
    if "$ref" in value:
        return _ref(value["$ref"].rpartition("/")[2], value)
    if "properties" in value:
        return "klucze"
    if "anyOf" in value:
        return " albo ".join(dict.fromkeys(words(each) for each in value["anyOf"]))
    if "if" in value:
        return f"`{{nazwa: tekst}}` albo {words(value['else'])}"
    if "enum" in value:
        return ", ".join(f"`{each}`" for each in value["enum"])
    if "examples" in value:
        return "na przykład " + ", ".join(f"`{each}`" for each in value["examples"])
    return _typed(value, value.get("type", ""))


def _typed(value: Mapping[str, Any], kind: str | Sequence[str]) -> str:
    kinds = [kind] if isinstance(kind, str) else list(kind)
    if value.get("format") == "condition":
        return "`true`, `false` albo warunek" if kinds == ["boolean", "string"] else "warunek"
    if value.get("format") == "expression":
        return "wyrażenie" if "boolean" in kinds else "wartość albo wyrażenie"
    if kinds == ["array"]:
        return f"lista: {words(value['items'])}" if "items" in value else "lista"
    if kinds == ["object"]:
        inner = value.get("additionalProperties")
        return f"pary nazwa: {words(inner)}" if isinstance(inner, Mapping) else "klucze"
    if "integer" in kinds:
        return f"liczba całkowita od {value['minimum']} do {value['maximum']}"
    if kinds == ["boolean"]:
        return "`true` albo `false`"
    return "liczba" if kinds[0] == "number" else "tekst"


def _ref(name: str, value: Mapping[str, Any]) -> str:
    if name == "text":
        return "tekst (Markdown)" if value.get("format") == "markdown" else "tekst"
    return {"field": "pole", "step": "krok", "check": "sprawdzenie"}.get(name, name)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def _expressions() -> Iterator[str]:
    yield EXPRESSIONS
    yield "| zapis | znaczenie | przykład | wynik |\n|---|---|---|---|"
    for sign, meaning, example, value in OPERATORS:
        yield f"| {sign} | {meaning} | {f'`{example}`' if example else ''} | {value} |"
    yield ""
    yield "| funkcja | znaczenie | przykład | wynik |\n|---|---|---|---|"
    for name, function in FUNCTIONS.items():
        example, value = EXAMPLES[name]
        yield f"| `{function.usage}` | {function.means} | `{example}` | {value} |"
    yield ""


def main(file: Path = FILE) -> None:
    """Writes the document."""
    file.write_text(reference(), encoding="utf-8")


if __name__ == "__main__":
    main()
