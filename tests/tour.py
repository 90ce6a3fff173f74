"""A tour of the exhibition: every kind of page in every state, as visitors, respondents and staff see them."""

from __future__ import annotations

from collections.abc import Container
from itertools import product

from forms.plausible.filling import fill
from records import access
from records.database import run
from records.responses import Response, by_id
from tests.exhibition import SECRET, Exhibit, Office
from tests.journeys import Journey, samples
from views.commands.filling import send_all

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
REFUSED = ("/f/zamkniety/wypelnij", "/f/wkrotce/wypelnij", "/nie-ma", "/z/nie-ma/")
PAPERS = ("/f/audyt-dostepnosci/druk", "/f/monitoring/druk")
DOCUMENTS = (".pdf", ".ics", ".csv", ".xlsx", ".json")  # what is not a page
RECEIVED = ("szkolenie", "wizyta-studyjna", "doradztwo", "deklaracja", "miejsca", "miejsca", "pytanie")


def visit(office: Office) -> dict[str, Exhibit]:
    """Goes everywhere; the pages by name."""
    public(office)
    journeys(office, {each["form"] for each in samples("valid")})
    sent = received(office)
    private(office, sent)
    staff(office, sent)
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


def staff(office: Office, sent: list[Response]) -> None:
    """All that staff may open, as the administrator."""
    office.services.catalogue.refresh(now=True)
    anna = office.visitor(role="administrator")
    known: dict[str, list[object]] = {
        "slug": ["szkolenie"],
        "key": [next(each.key for each in sent if each.slug == "szkolenie")],
        "event": [office.form("szkolenie").events[0].id],
        "message_id": [row[0] for row in run("SELECT min(id) FROM message").fetchall()],
    }
    with office.app.test_request_context():
        addresses = [
            office.app.url_for(rule.endpoint, **dict(zip(rule.arguments, values, strict=True)))
            for rule in office.app.url_map.iter_rules()
            if rule.endpoint.startswith("staff.") and "GET" in (rule.methods or ()) and rule.arguments <= known.keys()
            for values in product(*(known[name] for name in rule.arguments))
        ]
    for address in (*addresses, "/biuro/formularze/zepsuty/bledy", "/f/szkolenie/kod-qr.svg"):
        if not address.endswith(DOCUMENTS):
            anna.get(address)
