"""For staff: public statistics read from a CSV of the Bank Danych Lokalnych, compared with what is kept, and only then kept."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from flask import Response, g, request, url_for

from forms.definition import Field
from forms.wording import Say, number, say, say_n, short_date
from records import audit, gus
from records.gus import Found, Known
from views import acting, wording
from views.access import Right, requires
from views.pages import page, see, sent
from views.security import csrf_token
from views.services import now, services

NAME = re.compile(r"[a-z][a-z0-9_]{0,62}")
MOST_CHANGES = 200  # rows of the comparison that are shown
LONGEST = 200  # characters of a source


@requires(Right.DECIDE)
def statistics() -> Response:
    """What is kept; a file read and compared; what was compared kept. Statistics are public and belong to no form."""
    if request.method == "GET":
        return _page({"zrodlo": "GUS BDL", "stan": now().date().isoformat()}, done=request.args.get("zapisano", ""))
    values = {name: sent(name).strip() for name in ("zmienna", "zrodlo", "stan", "slowo")}
    found, errors = _read(values)
    if errors or found is None:
        return _page(values, errors=errors, status=422)
    if sent("krok") != "zapisz":
        return _page(values, found=found)
    as_of = date.fromisoformat(values["stan"])
    gus.store(values["zmienna"], found.values, values["zrodlo"], as_of, now(), audit.staff(g.person.id))
    return see(url_for("staff.statistics", zapisano=values["zmienna"]))


def _read(values: Mapping[str, str]) -> tuple[Found | None, dict[str, Say | str]]:
    """The file (or what it said when it was compared), and what is wrong, by the name of the input."""
    errors: dict[str, Say | str] = {}
    if not NAME.fullmatch(values["zmienna"]):
        errors["zmienna"] = say("Podaj nazwę z liter a–z, cyfr i _, na przykład ludnosc.")
    if not values["zrodlo"] or len(values["zrodlo"]) > LONGEST:
        errors["zrodlo"] = say("Podaj źródło, na przykład GUS BDL.")
    try:
        date.fromisoformat(values["stan"])
    except ValueError:
        errors["stan"] = say("Podaj dzień, na który pobrano dane.")
    file = request.files.get("plik")
    raw: bytes | str = file.stream.read() if file is not None and file.filename else sent("dane")
    if not raw:
        errors["plik"] = say("Wybierz plik CSV z Banku Danych Lokalnych.")
        return None, errors
    rows = acting.gminy()
    again = isinstance(raw, str)  # what was compared is of one measure already
    found = gus.read(raw, rows.by_value.keys() if rows is not None else (), "" if again else values["slowo"])
    if found.problems:
        errors["plik"] = " ".join(map(str, found.problems))
    return found, errors


def _page(
    values: Mapping[str, str],
    *,
    found: Found | None = None,
    errors: Mapping[str, Say | str] | None = None,
    done: str = "",
    status: int = 200,
) -> Response:
    errors = errors or {}
    told = {name: str(what) for name, what in errors.items()}
    return page(
        "staff/indicators/statistics.html",
        status=status,
        known=[_line(each) for each in gus.known()],
        asked=", ".join(_asked()),
        values={name: values.get(name, "") for name in ("zmienna", "zrodlo", "stan", "slowo")},
        errors={name: told.get(name, "") for name in ("zmienna", "zrodlo", "stan", "slowo", "plik")},
        problems=[(f"#{name}", what) for name, what in told.items()],
        problems_title=wording.problems_title(len(told)),
        done=str(say("Zapisano: {variable}.", variable=done)) if NAME.fullmatch(done) else "",
        compared=_compared(values, found) if found is not None else None,
        action_url=url_for("staff.statistics"),
        csrf=csrf_token(),
    )


def _asked() -> list[str]:
    """The variables that forms ask for in their keys `statistics`, by name."""

    def named(fields: Iterable[Field]) -> Iterator[str]:
        for each in fields:
            yield each.statistics
            yield from named(each.fields)

    forms = (entry.form for entry in services().catalogue.entries())
    return sorted({name for form in forms if form is not None for name in named(form.fields)} - {""})


def _compared(values: Mapping[str, str], found: Found) -> dict[str, Any]:
    """What saving would do."""
    change = gus.compare(values["zmienna"], found.values)
    texts = [
        say_n("{n} wartość jest nowa.", "{n} wartości jest nowych.", change.new),
        say_n("{n} wartość się zmieni.", "{n} wartości się zmieni.", len(change.changed)),
        say_n("{n} wartość zostanie taka sama.", "{n} wartości zostanie takich samych.", change.same),
    ]
    if values["zmienna"] not in _asked():
        texts.append(say("Żaden formularz nie pyta o zmienną „{variable}”. Sprawdź nazwę.", variable=values["zmienna"]))
    if (others := found.passed_over()) is not None:
        texts.append(others)
    if len(change.changed) > MOST_CHANGES:
        texts.append(say("W tabeli jest pierwszych {n} zmian.", n=MOST_CHANGES))
    return {
        "texts": [str(each) for each in texts],
        "rows": [
            [acting.label(teryt), str(year), number(before), number(after)]
            for teryt, year, before, after in change.changed[:MOST_CHANGES]
        ],
        "data": found.text(),
    }


def _line(each: Known) -> list[str]:
    years = str(each.first) if each.first == each.last else f"{each.first}–{each.last}"
    counts = [number(each.gminy), number(each.values)]
    return [each.variable, years, *counts, each.source, short_date(each.as_of), wording.local(each.imported_at)]
