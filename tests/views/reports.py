"""A yearly report of a gmina, filled in year after year: the form, and a person who fills it in."""

from __future__ import annotations

from tests.conscience import Answer, Conscience, filled

BIALOGARD, SWINOUJSCIE = "3201011", "3263011"
REPORT = """
title: Raport roczny
period: {field: rok, every: year}
one_per: [gmina, rok]
steps:
  - id: gmina
    title: Gmina i rok
    fields:
      - {name: rok, type: year, label: Rok, required: true}
      - {name: gmina, type: gmina, label: Gmina, required: true}
  - id: dane
    title: Dane
    fields:
      - {name: koszt, type: money, label: Koszt, compare: true, warn_change: 30}
      - {name: osoby, type: integer, label: Osoby, prefill: previous}
      - {name: opis, type: text, label: Opis, compare: true, prefill: previous}
      - {name: na_osobe, type: computed, label: Na osobę, value: koszt / osoby, compare: true}
      - name: wskazniki
        type: table
        label: Wskaźniki
        no_data: true
        rows: [{value: S01, label: Bezrobotni, unit: os.}, {value: S02, label: Przestępstwa}]
        columns:
          - {name: gmina, type: decimal, label: W gminie, compare: true, warn_change: 50}
          - {name: obszar, type: decimal, label: Na obszarze}
      - name: projekty
        type: group
        label: Projekty
        item: "Projekt {nr}"
        key: nr
        prefill: previous
        fields:
          - {name: nr, type: text, label: Numer, required: true}
          - {name: nazwa, type: text, label: Nazwa, prefill: previous}
          - {name: wydatki, type: money, label: Wydatki, compare: true, warn_change: 10}
"""


def begin(client: Conscience, year: int, gmina: str = BIALOGARD, slug: str = "raport", after: str = "") -> str:
    """Answers which gmina and year it is; the private link's token. The next step is on the page.

    `after` is the token of the private link of an earlier report, from which this one goes on.
    """
    client.get(going_on(client, after) if after else f"/f/{slug}/wypelnij")
    return client.send({"rok": str(year), "gmina": gmina}).request.path.split("/")[2]


def going_on(client: Conscience, token: str) -> str:
    """The address that the private page gives for the next report; "" when it gives none."""
    client.get(f"/z/{token}/")
    return next((a.get("href", "") for a in client.page.all("a") if "/wypelnij?" in a.get("href", "")), "")


def report(client: Conscience, year: int, gmina: str = BIALOGARD, after: str = "", /, **answers: Answer) -> str:
    """Fills in and sends a report without projects, perhaps `after` an earlier one; the token of its private link."""
    token = begin(client, year, gmina, after=after)
    client.send(answers)
    client.send()
    assert client.page.by_id("fields") is None, client.page.text
    return token


def beside(client: Conscience, path: str) -> str:
    """What stands beside a question or a cell about the previous period."""
    place = client.page.by_id(f"{path}-before" if "--" in path else f"{path}--before")
    return "" if place is None else " ".join(" ".join(place.itertext()).replace("\xa0", " ").split())


def live(client: Conscience, trigger: str, /, **answers: Answer) -> str:
    """What comes back when a change is sent while the person is still typing."""
    page = client.page
    form = next(form for form in client.page.forms() if form.get("method") == "post" and len(form) > 1)
    headers = {"HX-Request": "true", "HX-Trigger": f"f-{trigger}"}
    response = client.post(form.get("action", ""), data=filled(form, answers), headers=headers)
    client.page = page
    return response.get_data(as_text=True).replace("\xa0", " ")
