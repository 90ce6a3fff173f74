"""XLSForms for tests: small workbooks made on the spot, and a whole one as an office would have it."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from openpyxl import Workbook

from forms.importing import Imported, import_xlsform
from tests.forms.definitions import AROUND

Rows = Iterable[Mapping[str, Any]]

YES_NO = [{"list_name": "tn", "name": "tak", "label": "Tak"}, {"list_name": "tn", "name": "nie", "label": "Nie"}]


def workbook(survey: Rows, choices: Rows = YES_NO, settings: Rows = ({"form_title": "Próba"},)) -> bytes:
    """A workbook of these rows; the columns are those that occur, in the order in which they do."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in (("survey", survey), ("choices", choices), ("settings", settings)):
        found = list(rows)
        columns = list(dict.fromkeys(key for row in found for key in row))
        table(book, name, [columns, *([row.get(column) for column in columns] for row in found)])
    return saved(book)


def table(book: Workbook, name: str, rows: Iterable[Sequence[Any]]) -> None:
    """A sheet of these rows."""
    sheet = book.create_sheet(name)
    for row in rows:
        sheet.append(list(row))


def saved(book: Workbook) -> bytes:
    """The bytes of a workbook."""
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def row(kind: str, name: str = "", label: str | None = None, **more: Any) -> dict[str, Any]:
    """A row of the survey; where no label is given, it is made of the name."""
    text = name.replace("_", " ").capitalize() if label is None else label
    return {"type": kind, "name": name, "label": text or None, **more}


def imported(*survey: Mapping[str, Any], choices: Rows = YES_NO, **settings: Any) -> Imported:
    """What a workbook of these rows becomes."""
    return import_xlsform(workbook(survey, choices, [{"form_title": "Próba", **settings}]), "proba.xlsx", AROUND)


def told(made: Imported) -> list[str]:
    """Everything that is remarked upon, a line each."""
    return [remark.line("x") for remark in made.remarks]


VISIT = """
start|start
begin group|gmina_dane|Gmina i osoba do kontaktu|Municipality and contact
text|gmina|Nazwa gminy:|Name of the municipality|required=yes|constraint=string-length(.) <= 80|constraint_message=Skróć nazwę.
select_one powiat|powiat|Powiat|County|required=yes|required_message=Wybierz powiat.
select_one miasto|miasto|Siedziba|Seat|choice_filter=powiat = ${powiat}|appearance=minimal|required=yes
text|osoba|Imię i nazwisko|Name|required=yes
text|poczta|Adres e-mail|E-mail|required=yes|constraint=regex(., '^[^@]+@[^@]+$')|constraint_message=Podaj pełny adres e-mail.
text|telefon|Telefon|Phone|appearance=numbers|constraint=regex(., '[0-9]{9}')
end group
begin group|projekt|Projekt|Project
text|tytul|Tytuł projektu|Title|required=true()
text|opis|Opis|Description|appearance=multiline|hint=Do 500 znaków.|constraint=string-length(.) < 501
date|od|Początek|Start|required=yes
date|do|Koniec|End|required=yes|constraint=. >= ${od}|constraint_message=Koniec nie może być przed początkiem.
decimal|koszt|Koszt całkowity|Total cost|required=yes|constraint=. > 0 and . <= 1000000|constraint_message=Podaj kwotę do miliona.
decimal|wklad|Wkład własny|Own contribution|constraint=. <= ${koszt}|constraint_message=Wkład nie może przekroczyć kosztu.
calculate|udzial|Udział wkładu w procentach|Share|calculation=if(${wklad} != '', round(${wklad} div ${koszt} * 100, 1), '')
note|uwaga|Wkład to ${udzial} procent kosztu.|The share is ${udzial} percent.|relevant=${udzial} > 50
select_multiple temat or_other|temat|Tematy|Topics|required=yes|constraint=count-selected(.) <= 2|constraint_message=Zaznacz najwyżej dwa.
text|temat_opis|Jakie wsparcie?|What support?|relevant=selected(${temat}, 'dostepnosc') or selected(${temat}, 'other')|required=yes
end group
begin group|zespol|Zespół|Team
integer|ile|Ile osób weźmie udział?|How many people?|required=yes|constraint=. >= 1 and . < 4|constraint_message=Od 1 do 3 osób.
begin repeat|osoby|Uczestnicy|Participants|repeat_count=${ile}
text|imie|Imię|First name|required=yes
integer|wiek|Wiek|Age|required=yes|constraint=. >= 16
select_one tn|nocleg|Czy potrzebny jest nocleg?|Accommodation?|required=yes|appearance=likert
text|zgoda_opiekuna|Kto jest opiekunem?|Guardian|relevant=${wiek} < 18|required=yes
end repeat
calculate|noclegi|Liczba noclegów|Nights|calculation=count(${osoby}[${nocleg} = 'tak'])
end group
begin group|oceny|Ocena przygotowania|Readiness|appearance=table-list
select_one skala|o_plan|Plan|Plan|required=yes
select_one skala|o_zespol|Zespół|Team|required=yes
end group
begin group|koniec|Na koniec|Finally|relevant=${ile} > 0 and not(${powiat} = 'x9')
range|pewnosc|Jak pewny jest termin?|How sure is the date?|parameters=start=1 end=5 step=1
acknowledge|zgoda|Wyrażam zgodę na udział|I agree|required=yes
end group
"""
COLUMNS = ("type", "name", "label::Polski (pl)", "label::English (en)")


def visit() -> bytes:
    """A realistic XLSForm of 41 rows: cascading choices, a repeat with a count, a table, calculations, two languages."""
    survey = []
    for line in VISIT.strip().splitlines():
        plain = [part for part in line.split("|") if "=" not in part or part.count(" ") and part[0].isupper()]
        named = dict(part.split("=", 1) for part in line.split("|") if part not in plain)
        survey.append({**dict(zip(COLUMNS, plain, strict=False)), **named})
    lists = {
        "powiat": [("x1", "białogardzki", ""), ("x2", "gryficki", ""), ("x9", "inny", "")],
        "miasto": [("b", "Białogard", "x1"), ("k", "Karlino", "x1"), ("g", "Gryfice", "x2"), ("t", "Trzebiatów", "x2")],
        "temat": [("diagnoza", "Diagnoza", ""), ("dostepnosc", "Dostępność", ""), ("udzial", "Udział mieszkańców", "")],
        "tn": [("tak", "Tak", ""), ("nie", "Nie", "")],
        "skala": [("dobrze", "dobrze", ""), ("srednio", "średnio", ""), ("slabo", "słabo", "")],
    }
    choices = [
        {
            "list_name": name,
            "name": value,
            "label::Polski (pl)": text,
            "label::English (en)": f"{text} (en)",
            "powiat": of,
        }
        for name, rows in lists.items()
        for value, text, of in rows
    ]
    return workbook(survey, choices, [{"form_title": "Wizyta doradcza", "form_id": "Wizyta_2027", "version": "3"}])
