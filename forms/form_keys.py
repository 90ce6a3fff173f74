"""The keys of a form, of a step and of whom to ask: what may stand at the top of a definition."""

from __future__ import annotations

from datetime import timedelta

import forms.types.all  # noqa: F401 – a field may have any of them
from forms.audience import AUDIENCE, AUDIENCES
from forms.auditing.key import AUDIT
from forms.certificates.key import SURVEY, CertificateKey
from forms.check import CHECKS
from forms.definition import Contact, Step
from forms.emails import EMAILS
from forms.events.keys import EventsKey
from forms.examples.keys import EXAMPLES
from forms.expressions import Kind
from forms.fields import FieldsKey
from forms.key import REFERENCE, Key
from forms.key_times import Moment, SpanKey, Until
from forms.keys import Boolean, Expr, ListOf, MapOf, OneOf, Plain, Struct, Translated, Whole
from forms.periods.series import PERIOD
from forms.register import RegisterKey
from forms.sign_off import SIGN_OFF
from forms.spans import Limit

KINDS = ("registration", "survey", "audit", "monitoring", "request")
STATES = ("draft", "open", "archived")

STEP_KEYS: dict[str, Key] = {
    "id": Plain("Nazwa kroku w adresie strony.", required=True, pattern=r"[a-z][a-z0-9_-]{0,40}", example="uczestnicy"),
    "title": Translated("Nagłówek strony.", required=True),
    "intro": Translated("Wstęp do kroku, Markdown.", markdown=True),
    "when": Expr("Krok jest pomijany, gdy warunek nie jest spełniony.", wants=Kind.BOOLEAN, role="step"),
    "fields": FieldsKey("Pytania kroku.", required=True),
    "checks": CHECKS,
    "share": Boolean("Krok można przekazać koleżance albo koledze osobnym linkiem."),
}

CONTACT_KEYS: dict[str, Key] = {
    "name": Plain("Kto odpowiada na pytania.", default=""),
    "email": Plain("Adres e-mail.", default=""),
    "phone": Plain("Telefon.", default=""),
}

FORM_KEYS: dict[str, Key] = {
    "title": Translated("Tytuł formularza.", required=True),
    "summary": Translated("Jedno zdanie na liście formularzy."),
    "kind": OneOf("Rodzaj: dobiera słowa i miejsce na liście.", default="registration", words=KINDS),
    "intro": Translated("Tekst strony początkowej, Markdown.", markdown=True),
    "thanks": Translated("Tekst po wysłaniu, Markdown.", markdown=True),
    "languages": ListOf("Języki formularza, pierwszy jest domyślny.", item=OneOf(words=("pl", "en")), default=("pl",)),
    "state": OneOf("draft widzą tylko pracownicy, archived nie przyjmuje odpowiedzi.", default="open", words=STATES),
    "opens": Moment("Od kiedy można wypełniać."),
    "closes": Moment("Do kiedy można wysłać.", end=True),
    "grace": SpanKey("Ile po zamknięciu można jeszcze wysłać formularz rozpoczęty w terminie."),
    "audience": OneOf(AUDIENCE, default="everyone", words=AUDIENCES),
    "one_per": ListOf("Najwyżej jedna odpowiedź na każdą kombinację odpowiedzi w tych polach.", single=True),
    "reference": Plain("Wzór numeru odpowiedzi.", default="", pattern=REFERENCE, example="SZK-{year}-{number:04}"),
    "contact": Struct("Kontakt w sprawie formularza.", keys=CONTACT_KEYS, build=Contact),
    "notify": ListOf("Adresy, na które przychodzi wiadomość o każdej nowej odpowiedzi.", single=True),
    "edit_until": Until("Do kiedy można poprawiać wysłaną odpowiedź.", default=Limit(after_close=timedelta())),
    "withdraw_until": Until("Do kiedy można wycofać odpowiedź.", default=Limit(after_close=timedelta())),
    "privacy": Plain("Nazwa tekstu w config/texts, pokazywanego przed wysłaniem.", default="", pattern=r"[a-z0-9-]+", example="rodo-szkolenia"),
    "retain": SpanKey("Po jakim czasie odpowiedź jest anonimizowana."),
    "anonymous": Boolean("Nic nie łączy odpowiedzi z osobą, gminą, adresem ani dokładną godziną."),
    "journey": OneOf("pages: krok po kroku; page: wszystko na jednej stronie; tasks: lista kroków.", default="pages", words=("pages", "page", "tasks")),
    "sign_off": SIGN_OFF,
    "confirm": Boolean("false: krótki formularz jednego kroku wysyła się od razu, bez podsumowania.", default=True),
    "conditions": MapOf("Warunki z nazwami, do użycia w każdym wyrażeniu.", item=Expr(wants=Kind.BOOLEAN, role="condition")),
    "steps": ListOf("Kroki formularza.", item=Struct(keys=STEP_KEYS, build=Step, ref="step"), default=None),
    "fields": FieldsKey("Pytania formularza o jednym kroku.", default=None),
    "checks": CHECKS,
    "emails": EMAILS,
    "period": PERIOD,
    "events": EventsKey("Wydarzenia z miejscami: terminy, limity, lista rezerwowa."),
    "places": Whole("Ile odpowiedzi przyjmuje cały formularz.", default=None, least=1),
    "waiting_list": Boolean("true: gdy „places” się wyczerpie, kolejne odpowiedzi trafiają na listę rezerwową."),
    "review": OneOf("staff: o każdym miejscu decyduje pracownik.", default="automatic", words=("automatic", "staff")),
    "survey": SURVEY,
    "certificate": CertificateKey("Zaświadczenia o udziale: kto je dostaje i co na nich stoi."),
    "register": RegisterKey("Wykaz programów rewitalizacji: które odpowiedzi trafiają do wpisu gminy."),
    "audit": AUDIT,
    "offline": Boolean("true: czego nie udało się wysłać, czeka zapisane w przeglądarce, aż wróci sieć."),
    "examples": EXAMPLES,
}  # fmt: skip
