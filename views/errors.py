"""What a person reads when something goes wrong: what happened and what to do, in the same design as everything else."""

from __future__ import annotations

import logging
import secrets

from flask import Flask, Response, current_app, render_template, request, url_for
from flask_wtf.csrf import CSRFError
from markupsafe import escape
from peewee import InterfaceError, OperationalError
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from forms.types.attachment import show_size
from forms.wording import Say, say, say_n
from records.database import database
from views import again, audience, programs
from views.link.returning import stale_questions
from views.pages import answer
from views.services import services
from views.steps.journey import stale_step

log = logging.getLogger("nabor")

Words = tuple[Say, Say, tuple[Say, ...]]  # what happened, why, what to do

WORDS: dict[int, Words] = {
    400: (
        say("Nie możemy tego odczytać"),
        say("Adres albo wysłane dane są niepełne."),
        (say("Wróć do poprzedniej strony i spróbuj jeszcze raz."),),
    ),
    401: (
        say("Ten klucz nie otwiera API"),
        say("Nagłówek powinien brzmieć „Authorization: Bearer KLUCZ”. Klucz mógł wygasnąć albo zostać unieważniony."),
        (say("Poproś administratora o nowy klucz."),),
    ),
    403: (
        say("Nie masz dostępu do tej strony"),
        say("Ta strona jest dla osób z innymi uprawnieniami."),
        (say("Jeśli potrzebujesz dostępu, poproś o niego administratora."),),
    ),
    404: (
        say("Nie ma takiej strony"),
        say("Adres jest niepełny albo strona została usunięta."),
        (say("Sprawdź, czy adres jest skopiowany w całości."), say("Zacznij od listy formularzy.")),
    ),
    405: (
        say("Tej strony nie można tak otworzyć"),
        say("Ten adres przyjmuje tylko wysłany formularz."),
        (say("Wróć do formularza i użyj przycisku na stronie."),),
    ),
    413: (
        say("Plik jest za duży"),
        say("Wysłane dane są większe, niż możemy przyjąć."),
        (
            say("Wróć do formularza i dołącz mniejszy plik albo podziel go na części."),
            say("Odpowiedzi zapisane wcześniej są bezpieczne."),
        ),
    ),
    422: (
        say("Nie możemy przyjąć tych danych"),
        say("Wysłane dane nie zgadzają się z formularzem, który je przysłał."),
        (say("Wróć do formularza, odśwież stronę i wyślij go jeszcze raz."),),
    ),
    429: (
        say("Za dużo prób"),
        say("W krótkim czasie przyszło stąd zbyt wiele prób."),
        (say("Odczekaj kilka minut i spróbuj ponownie."),),
    ),
    500: (
        say("Coś poszło nie tak po naszej stronie"),
        say("Zapisaliśmy, że to się stało. Odpowiedzi zapisane wcześniej są bezpieczne."),
        (say("Spróbuj ponownie za kilka minut."), say("Jeśli to się powtarza, napisz do nas i podaj numer zdarzenia.")),
    ),
    503: (
        say("Serwis jest chwilowo niedostępny"),
        say("Trwają prace albo baza danych nie odpowiada. Odpowiedzi zapisane wcześniej są bezpieczne."),
        (say("Spróbuj ponownie za kilka minut."),),
    ),
}

NOT_FOR_ALL: dict[str | None, Words] = {
    audience.STAFF_ONLY: (
        say("Ten formularz wypełniają tylko pracownicy"),
        say("Żeby go otworzyć, trzeba się zalogować."),
        (
            say("Jeśli masz konto, zaloguj się i otwórz ten adres jeszcze raz."),
            say("Jeśli nie masz konta, poproś o nie administratora."),
        ),
    ),
    audience.INVITED_ONLY: (
        say("Ten formularz jest dla zaproszonych"),
        say("Otwiera się go linkiem z zaproszenia, a w tym adresie brakuje jego końcówki."),
        (
            say("Otwórz link z zaproszenia albo skopiuj go w całości."),
            say("Jeśli nie masz zaproszenia, napisz albo zadzwoń do nas."),
        ),
    ),
}

RETRY_AFTER = {429: 300, 503: 120}  # seconds, for programs that ask; people read the same on the page
# Said when even the page about an error cannot be drawn; nothing here may fail.
LAST_RESORT = (
    '<!DOCTYPE html><html lang="pl"><head><meta charset="utf-8"><title>{title}</title></head><body><main>'
    "<h1>{title}</h1><p>{text}</p><p>{reference}</p></main></body></html>"
)

STALE = (
    say("Ta strona była otwarta zbyt długo"),
    say("Ze względów bezpieczeństwa trzeba ją odświeżyć. To, co zapisaliśmy wcześniej, jest bezpieczne."),
    (say("Wróć przyciskiem „wstecz” – wpisane odpowiedzi powinny tam być – odśwież stronę i wyślij jeszcze raz."),),
)


def register(app: Flask) -> None:
    """Gives the application its pages for everything that can go wrong."""
    app.register_error_handler(CSRFError, _stale)
    app.register_error_handler(HTTPException, _known)
    app.register_error_handler(OperationalError, _database)
    app.register_error_handler(InterfaceError, _database)
    app.register_error_handler(Exception, _unknown)


def _known(error: HTTPException) -> Response | HTTPException:
    code = error.code or 500
    if code < 400:
        return error
    if error.description in NOT_FOR_ALL:
        signing_in = url_for("staff.sign_in") if error.description == audience.STAFF_ONLY else ""
        return _page(code, NOT_FOR_ALL[error.description], sign_in=signing_in)
    if code == 413 and request.mimetype.startswith("multipart/"):
        return _page(code, _too_large(services().settings.max_upload))
    if error.description == "link":
        return _page(code, _link(), find=url_for("finding.ask"))
    words = WORDS.get(code, WORDS[400 if code < 500 else 500])
    response = _page(code, words, detail=str(getattr(error, "detail", "")))
    if isinstance(error, MethodNotAllowed) and error.valid_methods:
        response.allow.update(error.valid_methods)
    return response


def _too_large(most: int) -> Words:
    """What was sent is larger than a request that brings files may be: `most` bytes."""
    happened, _, steps = WORDS[413]
    return happened, say("Za jednym razem przyjmujemy najwyżej {most}.", most=show_size(most)), steps


def _link() -> Words:
    """A private link that opens nothing; a draft that was erased leaves no trace, so this page speaks of it too."""
    why = say_n(
        "Link jest niepełny, został unieważniony albo szkic usunięto po {n} dniu bez zmian.",
        "Link jest niepełny, został unieważniony albo szkic usunięto po {n} dniach bez zmian.",
        services().settings.draft_days,
    )
    steps = (
        say("Sprawdź, czy link jest skopiowany w całości."),
        say("Jeśli szkic usunięto, wypełnij formularz od nowa – znajdziesz go na stronie głównej."),
        say("Jeśli link nadal nie działa, napisz albo zadzwoń do nas."),
    )
    return say("Ten link nie działa"), why, steps


def _stale(error: CSRFError) -> Response:
    """A page that was open too long: what was typed comes back with a fresh token, unsaved; a step of a form as it was."""
    back = stale_step() or stale_questions() or again.expired()
    return back if back is not None else _page(400, STALE, link=request.path)


def _database(error: Exception) -> Response:
    database.close()
    reference = _note(error)
    return _page(503, WORDS[503], reference)


def _unknown(error: Exception) -> Response:
    if current_app.testing:
        raise error
    return _page(500, WORDS[500], _note(error))


def _note(error: Exception) -> str:
    """One line in the log, without what anyone typed: where it happened, never the exception's own words."""
    reference = secrets.token_hex(4)
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    where = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else "?"
    endpoint = request.endpoint or "?"
    log.error("reference=%s error=%s at=%s endpoint=%s", reference, type(error).__name__, where, endpoint)
    return reference


def _page(
    code: int,
    words: Words,
    reference: str = "",
    *,
    link: str = "",
    find: str = "",
    sign_in: str = "",
    detail: str = "",
) -> Response:
    title, text, steps = words
    if programs.asks():
        return programs.problem(code, str(title), detail or str(text), reference)
    try:
        html = render_template(
            "errors/error.html",
            title=str(title),
            text=str(text),
            next=[str(each) for each in steps],
            reference=reference,
            home_url=url_for("public.forms"),
            retry_url=link,
            find_url=find,
            sign_in_url=sign_in,
        )
    except Exception as error:  # what broke the page may break every page: a mistake in site.yaml, a missing file
        html = LAST_RESORT.format(title=escape(title), text=escape(text), reference=reference or _note(error))
    response = answer(html, code)
    if code in RETRY_AFTER:
        response.headers["Retry-After"] = str(RETRY_AFTER[code])
    return response
