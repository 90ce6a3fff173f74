"""The pages of the desk over 100,000 responses: processor time of one request and its queries, as a member of staff asks."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from bench import many, ours
from records import people
from records.database import database, run
from records.desk import columns
from views.services import now, services
from views.staff.table.asking import questions_of

TABLE = f"/biuro/formularze/{many.SLUG}/odpowiedzi"
PAGES: Mapping[str, str] = {
    "pierwsza strona tabeli": TABLE,
    "ostatnia strona": f"{TABLE}?page=2000",
    "sortowanie po gminie": f"{TABLE}?sort=gmina",
    "sortowanie po odpowiedzi": f"{TABLE}?sort=a.nazwa&order=asc&kol=state&kol=a.nazwa&kol=a.dieta",
    "stan": f"{TABLE}?state=accepted",
    "powiat i stan": f"{TABLE}?powiat={many.GMINY[5][:4]}&state=accepted&sort=gmina",
    "szukany numer": f"{TABLE}?q=w-77123",
    "szukane słowa": f"{TABLE}?q=kowalski+obez+77",
    "odpowiedź jest": f"{TABLE}?pole=nazwa&jak=jest&wart=Łobez+10",
    "słowo, które ma co dziesiąta": f"{TABLE}?q=lobez",
    "słowo, które mają wszystkie": f"{TABLE}?q=urzad",
    "  ostatnia strona": f"{TABLE}?q=urzad&page=2000",
    "  po dacie": f"{TABLE}?q=urzad&sort=sent_at",
    "  po odpowiedzi": f"{TABLE}?q=urzad&sort=a.nazwa",
    "  w jednej gminie": f"{TABLE}?q=urzad&gmina={many.GMINY[5]}",
    "odpowiedź, której nie ma": f"{TABLE}?pole=nazwa&jak=nie-jest&wart=Łobez+10",
    "dziś": "/biuro/dzis",
    "wiadomości": "/biuro/wiadomosci",
    "terminy": "/biuro/terminy",
}


def application(folder: Path, url: str = "") -> tuple[Flask, float, float]:
    """The application with 100,000 responses; seconds that it took to copy the search and one question into columns."""
    environ = ours.environment(folder, url)
    (Path(environ["CONFIG_DIR"]) / "forms" / f"{many.SLUG}.yaml").write_text(many.FORM, encoding="utf-8")
    app = ours.application(folder, url)
    spent = []
    with app.app_context():
        form = services().catalogue.get(many.SLUG)
        if form is None:
            raise RuntimeError("the form does not serve")
        many.fill(services().version_id(form))
        for name in (columns.SEARCH, "nazwa"):
            begun = time.perf_counter()
            columns.ready(many.SLUG, questions_of(form), [name])
            spent.append(time.perf_counter() - begun)
        many.tidy()
    return app, spent[0], spent[1]


def client(app: Flask) -> FlaskClient:
    """The browser of an administrator."""
    with app.app_context():
        person = people.add("Anna", "anna@urzad.example", "administrator")
        moment = int(now().timestamp())
    visitor = app.test_client()
    with visitor.session_transaction() as session:
        session["person"] = [person.id, person.session_epoch, moment]
    return visitor


def processor(*, postgres: bool) -> Callable[[], float]:
    """Tells how many seconds of processor time this process has taken, and the one of PostgreSQL that serves it.

    That of PostgreSQL is read from /proc; it is told to do all by itself, so that nothing is left out.
    """
    if not postgres:
        return time.process_time
    run("SET max_parallel_workers_per_gather = 0")
    spent = Path(f"/proc/{run('SELECT pg_backend_pid()').fetchone()[0]}/schedstat")
    return lambda: time.process_time() + int(spent.read_text().split()[0]) / 1e9


def measured(visitor: FlaskClient, address: str, rounds: int, clock: Callable[[], float]) -> tuple[float, int]:
    """(the least processor time of so many requests, how many queries one takes)."""
    seen: list[Any] = []
    noted = seen.append
    best = float("inf")
    database.query_hooks.append(noted)
    try:
        for _ in range(rounds):
            seen.clear()
            begun = clock()
            answer = visitor.get(address)
            best = min(best, clock() - begun)
            if answer.status_code != 200:
                raise RuntimeError(f"{address}: {answer.status_code}")
    finally:
        database.query_hooks.remove(noted)
    return best, len(seen)
