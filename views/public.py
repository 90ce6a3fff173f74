"""For everyone: the list of forms, a form's start page, its first step before anything is saved, the office's texts."""

from __future__ import annotations

from functools import lru_cache

from flask import Blueprint, Response, abort, request, session, url_for
from itsdangerous import BadSignature

from forms.definition import Form
from forms.wording import LANGUAGES, Say, say, say_n
from records import access, responses
from views import declaration, laws, owed, wording
from views.access import local_path
from views.ends import beginning, card
from views.pages import answer, page, see
from views.services import now, services
from views.signing import Sealed
from views.steps import journey
from views.steps.drawing import static
from views.steps.filling import Filling
from views.steps.opening import first_step, opening

public = Blueprint("public", __name__)
ELSEWHERE = (
    ("finding.ask", say("Wyślij mi link jeszcze raz"), say("gdy nie możesz znaleźć prywatnego linku do zgłoszenia")),
    ("gmina.sign_in", say("Strona gminy"), say("obowiązki, szkice, zgłoszenia i terminy w jednym miejscu")),
    ("register.programmes", say("Wykaz programów rewitalizacji"), say("jakie programy mają gminy")),
    ("public.law", say("Liczby z przepisów"), say("według nich formularze sprawdzają odpowiedzi")),
)

ORDER = tuple(wording.KINDS)
PHASES = ("open", "soon", "closed")


@public.get("/")
def forms() -> Response:
    """The forms that are open, will open, or have just closed, by kind."""
    listed = [entry.form for entry in services().catalogue.entries() if entry.form and entry.form.state == "open"]
    listed = [form for form in listed if form.audience not in ("invited", "staff")]
    groups = []
    for kind in ORDER:
        cards = [card(form) for form in sorted(listed, key=_closing) if form.kind == kind]
        if cards:
            groups.append({"title": str(wording.KINDS[kind]), "forms": cards})
    count = sum(wording.phase(form) == "open" for form in listed)
    text = str(say_n("{n} otwarty formularz", "{n} otwartych formularzy", count)) if count else ""
    return page("public/list.html", groups=groups, count_text=text, drafts=_drafts(), elsewhere=_elsewhere())


@public.get("/f/<slug>")
def start(slug: str) -> Response:
    """What a form is for, until when, how long it takes."""
    form = journey.form_or_404(slug)
    draft = next((each for each in _drafts() if each["slug"] == slug), None)
    parts = beginning(form)
    over = parts["form"]["state"] == "closed"
    paper_url = "" if over else url_for("documents.paper", slug=slug)
    return page("public/start.html", **parts, paper_url=paper_url, draft=draft)


@public.route("/f/<slug>/wypelnij", methods=["GET", "POST"])
def first(slug: str) -> Response:
    """The first page of a form; sending it begins a draft, under a name that came with the page, so only once."""
    form = journey.form_or_404(slug)
    filling = Filling.fresh(form)
    if not form.open_at(now()) and not journey.preview(form) and not owed.lets_in(form, now()):
        return journey.closed(filling)
    if request.method == "GET":
        return opening(filling, _sealed(services().settings.secret_key).dumps(responses.new_key()))
    try:
        key = _sealed(services().settings.secret_key).loads(request.form.get("_draft", ""))
    except BadSignature:
        key = responses.new_key()
    return journey.take(filling, form.steps[0] if form.journey == "page" else first_step(filling), key=key)


@public.get("/jezyk/<code>")
def choose_language(code: str) -> Response:
    """Keeps the reader's choice of language and goes back to the page it was made on."""
    if code not in LANGUAGES:
        abort(404)
    session["language"] = code
    return see(local_path(request.args.get("na", "/")) or "/")


@public.get("/strony/<slug>")
def text(slug: str) -> Response:
    """A text of the office: privacy, help, cookies."""
    found = next((each for each in services().site.told().get("pages", []) if each["slug"] == slug), None)
    if found is None:
        abort(404)
    site, name = services().site, found["text"]
    own = {"title": found["title"], "body": site.html(name), "tongue": site.tongue(name)}
    if slug == declaration.SLUG:
        return page("pages/declaration.html", **own, **declaration.declaration())
    return page("pages/text.html", **own, updated="")


@public.get("/przepisy")
def law() -> Response:
    """The numbers by which forms check answers, with their sources and dates."""
    return page("pages/laws.html", laws=laws.every())


@public.get("/robots.txt")
def robots() -> Response:
    """Private links are not for search engines."""
    response = answer(
        "User-agent: *\nDisallow: /z/\nDisallow: /k/\nDisallow: /a/\nDisallow: /zaswiadczenie/\nDisallow: /biuro/\nDisallow: /gmina/\n"
    )
    response.mimetype = "text/plain"
    return response


def _elsewhere() -> list[dict[str, str]]:
    """What else is for everybody, and for whom; nobody would find it by its address."""
    return [{"url": url_for(endpoint), "text": str(text), "what": str(what)} for endpoint, text, what in ELSEWHERE]


def _closing(form: Form) -> tuple[int, bool, str, str]:
    """What can be filled in now comes first, the sooner it closes the higher; then what will open, then what was."""
    return (
        PHASES.index(wording.phase(form)),
        form.closes is None,
        form.closes.isoformat() if form.closes else "",
        form.slug,
    )


def _drafts() -> list[dict[str, str]]:
    """What was begun in this browser and is not sent yet."""
    found = []
    for token in session.get("drafts", []):
        response = access.open_link(token, services().settings.secret_key)
        form = services().catalogue.get(response.slug) if response else None
        if response is None or form is None or response.working is None:
            continue
        saved: Say = say("Zapisano: {when}", when=wording.local(response.saved_at))
        url = url_for("respondent.resume", token=token)
        told = {"title": static(form.title), "tongue": wording.tongue(form), "saved": str(saved)}
        found.append({"slug": form.slug, "url": url, **told})
    return found


@lru_cache(maxsize=8)
def _sealed(secret: str) -> Sealed:
    """What signs the names of new drafts."""
    return Sealed(secret, "new-draft")
