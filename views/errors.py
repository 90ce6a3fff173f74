"""What a person reads when something goes wrong: what happened and what to do, in the same design as everything else."""

from __future__ import annotations

import logging
import secrets

from flask import Flask, Response, current_app, render_template, request, url_for
from flask_wtf.csrf import CSRFError
from peewee import InterfaceError, OperationalError
from werkzeug.exceptions import HTTPException

from forms.wording import Say, say
from records.database import database
from views.journey import stale_step
from views.pages import answer

log = logging.getLogger("nabor")

WORDS: dict[int, tuple[Say, Say, tuple[Say, ...]]] = {
    400: (
        say("Nie rozumiemy tego żądania"),
        say("Adres albo wysłane dane są niepełne."),
        (say("Wróć do poprzedniej strony i spróbuj jeszcze raz."),),
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
    429: (
        say("Za dużo prób"),
        say("Z tego miejsca przyszło zbyt wiele żądań w krótkim czasie."),
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

LINK = (
    say("Ten link nie działa"),
    say("Link jest niepełny, został unieważniony albo szkic usunięto po upływie terminu."),
    (say("Sprawdź, czy link jest skopiowany w całości."), say("Jeśli nadal nie działa, napisz albo zadzwoń do nas.")),
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
    return _page(code, LINK if error.description == "link" else WORDS.get(code, WORDS[400 if code < 500 else 500]))


def _stale(error: CSRFError) -> Response:
    """A page that was open too long: a step of a form comes back with all that was typed and a fresh token, unsaved."""
    again = stale_step()
    return again if again is not None else _page(400, STALE, link=request.path)


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


def _page(code: int, words: tuple[Say, Say, tuple[Say, ...]], reference: str = "", *, link: str = "") -> Response:
    title, text, steps = words
    html = render_template(
        "errors/error.html",
        title=str(title),
        text=str(text),
        next=[str(each) for each in steps],
        reference=reference,
        home_url=url_for("public.forms"),
        retry_url=link,
    )
    return answer(html, code)
