"""A tour of the exhibition: every kind of page in every state, as visitors, respondents and staff see them."""

from __future__ import annotations

import io
from collections.abc import Container
from itertools import product

from forms.plausible.filling import fill
from records import access, obligations
from records.database import run
from records.gminy import people
from records.privacy import protocols
from records.responses import Response, by_id
from tests.conscience import Conscience
from tests.exhibition import SECRET, Exhibit, Office
from tests.journeys import Journey, samples
from views.commands.filling import send_all
from views.services import now

PAGES = (
    "/",
    "/f/szkolenie",
    "/f/monitoring",
    "/f/miejsca",
    "/f/zamkniety",
    "/f/wkrotce",
    "/f/szkolenie/druk",
    "/wzory",
)
COMMUNE = "3201011"
REFUSED = ("/f/zamkniety/wypelnij", "/f/wkrotce/wypelnij", "/nie-ma", "/z/nie-ma/")
PAPERS = ("/f/audyt-dostepnosci/druk", "/f/monitoring/druk")
DOCUMENTS = (".pdf", ".ics", ".csv", ".xlsx", ".json")  # what is not a page
RECEIVED = (
    "szkolenie",
    "wizyta-studyjna",
    "doradztwo",
    "deklaracja",
    "miejsca",
    "miejsca",
    "pytanie",
    "monitoring",
    "audyt-dostepnosci",
)


def visit(office: Office) -> dict[str, Exhibit]:
    """Goes everywhere; the pages by name."""
    public(office)
    journeys(office, {each["form"] for each in samples("valid")})
    sent = received(office)
    private(office, sent)
    staff(office, sent)
    gmina(office)
    return office.kept


def public(office: Office) -> None:
    """What everybody sees."""
    guest = office.visitor()
    with office.app.test_request_context():
        plain = [
            office.app.url_for(rule.endpoint)
            for rule in office.app.url_map.iter_rules()
            if not rule.arguments and not rule.endpoint.startswith("staff.") and "GET" in (rule.methods or ())
        ]
    texts = [f"/strony/{each['slug']}" for each in office.services.site.get("pages")]
    for address in (*plain, *PAGES, *PAPERS, *texts, *REFUSED, "/biuro/logowanie"):
        guest.get(address)
    guest.send({"email": "anna@urzad.example", "password": "nie to"})
    english = office.visitor("en")
    english.get("/jezyk/en?na=/", follow_redirects=True)
    english.get("/f/szkolenie/wypelnij")
    english.get("/strony/deklaracja-dostepnosci")


def journeys(office: Office, slugs: Container[str]) -> None:
    """These forms of the office: every step blank and refused, every step filled in, the summary, and what is said at the end."""
    for slug, answers in {each["form"]: each["answers"] for each in reversed(samples("valid"))}.items():
        if slug not in slugs:
            continue
        form = office.form(slug)
        blank = Journey(office.visitor(f"{slug}-pusty"), form, {})
        blank.insist()
        for step in form.steps:
            if step.share:
                blank.client.get(blank.resume().replace("dalej", f"przekaz/{step.id}"))
        guest = office.visitor(f"{slug}-pelny")
        journey = Journey(guest, form, answers)
        journey.fill()
        if form.confirm:
            guest.get(journey.resume().removesuffix("dalej"))
            guest.get(journey.resume().replace("dalej", "podsumowanie"))
            guest.send(form="form")


def received(office: Office) -> list[Response]:
    """Responses that have come in, made up."""
    with office.app.app_context():
        for seed, slug in enumerate(RECEIVED, 1):
            form = office.form(slug)
            problems = send_all(form, [fill(office.services.catalogue.plan(form), office.services.env(), seed)])
            assert problems == [""], (slug, problems)
    ids = [row[0] for row in run("SELECT id FROM response WHERE reference IS NOT NULL ORDER BY id").fetchall()]
    return [found for each in ids if (found := by_id(each)) is not None]


def private(office: Office, sent: list[Response]) -> None:
    """The private page of each response, a correction begun, the questions to whoever replaces a participant."""
    for each in sent:
        guest = office.visitor(each.slug)
        guest.get(f"/z/{access.token(each, SECRET)}/")
        guest.get(f"/z/{access.token(each, SECRET)}/wyslane")


def gmina(office: Office) -> None:
    """What a coordinator of a gmina sees."""
    guest = office.visitor("koordynator")
    guest.get("/gmina/logowanie")
    guest.send({"email": "nie ma tu adresu"})
    person = people.add(COMMUNE, "Anna Nowak", "anna@bialogard.example", people.COORDINATOR, now(), "system")
    guest.get(f"/gmina/wejdz/{people.make_link(person, now())}")
    guest.send()
    for address in ("/gmina", "/gmina/osoby", "/gmina/wskazniki", "/gmina/osoby/przekaz"):
        guest.get(address)


def register(office: Office, anna: Conscience) -> None:
    """The Wykaz: before its first entry, begun from the list, refused, compared with a file; and what everybody sees of it."""
    anna.get("/biuro/wykaz")
    anna.send(form="z-listy")
    anna.get("/biuro/wykaz/nowy")
    anna.send(form="wpis")
    for rows in ("3201011;Rynek;PR;7\n3218043;Nowy;GPR;\n", "3201011;Rynek;LPR;siedem\n"):
        anna.get("/biuro/wykaz/plik")
        sheet = f"teryt;tytul;podstawa;ludnosc\n{rows}".encode()
        anna.send({"plik": (io.BytesIO(sheet), "wykaz.csv")}, form="plik-form")
    guest = office.visitor("wykaz")
    guest.get("/wykaz")
    guest.get("/wykaz/3201011")


def staff(office: Office, sent: list[Response]) -> None:
    """All that staff may open, as the administrator."""
    office.services.catalogue.refresh(now=True)
    anna = office.visitor(role="administrator")
    register(office, anna)
    known: dict[str, list[object]] = {
        "slug": ["szkolenie"],
        "key": [next(each.key for each in sent if each.slug == "szkolenie")],
        "event": [office.form("szkolenie").events[0].id],
        "message_id": [row[0] for row in run("SELECT min(id) FROM message").fetchall()],
        "person_id": [1],
        "entry": [1],
    }
    with office.app.test_request_context():
        addresses = [
            office.app.url_for(rule.endpoint, **dict(zip(rule.arguments, values, strict=True)))
            for rule in office.app.url_map.iter_rules()
            if rule.endpoint.startswith("staff.") and "GET" in (rule.methods or ()) and rule.arguments <= known.keys()
            for values in product(*(known[name] for name in rule.arguments))
        ]
    obligations.keep(office.form("monitoring"), now())
    owed = [
        f"/biuro/formularze/monitoring/kompletnosc{end}" for end in ("", "/okresy", "/wiadomosc", f"/gmina/{COMMUNE}")
    ]
    of_one = ["/biuro/formularze/zepsuty/bledy", "/f/szkolenie/kod-qr.svg", f"/biuro/gminy/{COMMUNE}"]
    of_one += ["/biuro/formularze/monitoring/raport", "/biuro/formularze/pytanie/raport/pytanie"]
    of_one += ["/biuro/wskazniki/monitoring/wydatki"]
    of_one += [f"/biuro/odpowiedzi/{each.key}/audyt" for each in sent if each.slug == "audyt-dostepnosci"]
    protocol = protocols.write(
        "system", {"responses": 1, "files": 2}, ["SZK-1"], [protocols.Kept("SZK-2", "art. 17")], now()
    )
    of_one += [f"/biuro/prywatnosc/protokoly/{protocol.id}", "/biuro/prywatnosc/rejestr"]
    anna.get("/biuro/prywatnosc/osoba")
    anna.send({"kogo": str(next(each.reference for each in sent if each.slug == "szkolenie"))}, form="/osoba")
    anna.send(button="Usuń te dane…", form="/kopia")
    for address in (*addresses, *owed, *of_one):
        if not address.endswith(DOCUMENTS):
            anna.get(address)
