"""Where one may go in the part for staff: the menu, the pages of a section or of a form as tabs, the way back.

A page belongs to an entry by the name of its endpoint: its own, or one that begins with a word of `also`. What one may
not open is not shown; a form's page that it has no use for (events without places, periods without a series) neither.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import g, request, url_for

from forms.catalogue import Entry
from forms.wording import Say, say
from views.access import Right, may
from views.markdown import typographic
from views.services import services


@dataclass(frozen=True, slots=True)
class Way:
    """A page to go to: its name, its endpoint, the right it asks for, and what else counts as being there."""

    title: Say
    endpoint: str
    right: Right
    also: tuple[str, ...] = ()
    given: Callable[[Entry], object] = lambda entry: entry.form  # of a form's page: whether this form has it

    def __contains__(self, name: str) -> bool:
        """Whether this is the page, or one that belongs to it; `name` is an endpoint without its blueprint."""
        return name == self.endpoint or bool(self.also) and name.startswith(self.also)


ABOUT_FORMS = ("new_form", "form_language", "response", "correct_", "audit", "export_job")  # that have no tabs
# A section of several pages shows them as tabs, under a name of its own; a page alone gives its own name.
MENU: tuple[tuple[Say, tuple[Way, ...]], ...] = (
    (say("Dziś"), (Way(say("Dziś"), "today", Right.SEE_FORMS),)),
    (
        say("Formularze"),
        (Way(say("Formularze"), "forms", Right.SEE_FORMS, ABOUT_FORMS),),
    ),
    (say("Terminy"), (Way(say("Terminy"), "all_events", Right.READ_RESPONSES),)),
    (say("Wiadomości"), (Way(say("Wiadomości"), "messages", Right.READ_RESPONSES, ("message",)),)),
    (
        say("Region"),
        (
            Way(say("Wskaźniki"), "indicators", Right.READ_RESPONSES, ("indicator",)),
            Way(say("Statystyka publiczna"), "statistics", Right.DECIDE),
            Way(say("Bariery"), "barriers", Right.READ_RESPONSES),
            Way(say("Rekomendacje"), "recommendations", Right.READ_RESPONSES),
            Way(
                say("Wykaz programów"),
                "register",
                Right.SEE_FORMS,
                ("register_entry", "register_new", "register_change", "register_strike", "register_import"),
            ),
            Way(say("Kto może się zgłosić"), "register_stands", Right.SEE_FORMS),
            Way(say("Osoby w gminach"), "gminy", Right.MANAGE_STAFF, ("one_gmina", "gmina_")),
        ),
    ),
    (
        say("Administracja"),
        (
            Way(say("Konta"), "all_accounts", Right.MANAGE_STAFF, ("one_account", "account_", "invite")),
            Way(say("Klucze API"), "api_keys", Right.MANAGE_STAFF, ("api_",)),
            Way(say("Dziennik"), "journal", Right.MANAGE_STAFF),
            Way(say("Prywatność"), "privacy", Right.PRIVACY, ("privacy_",)),
        ),
    ),
    (say("Moje konto"), (Way(say("Moje konto"), "own_account", Right.OWN_ACCOUNT, ("own_", "two_factor")),)),
)
OF_FORM = (
    Way(say("Odpowiedzi"), "responses", Right.READ_RESPONSES, ("responses_", "view_")),
    Way(
        say("Terminy"),
        "events",
        Right.READ_RESPONSES,
        ("event", "compose", "checkin"),
        lambda entry: entry.form and entry.form.places,
    ),
    Way(
        say("Zaświadczenia"),
        "certificates",
        Right.READ_RESPONSES,
        ("certificates_",),
        lambda entry: entry.form and entry.form.certificate,
    ),
    Way(
        say("Kompletność"),
        "completeness",
        Right.READ_RESPONSES,
        ("completeness_",),
        lambda entry: entry.form and entry.form.period,
    ),
    Way(say("Raport"), "report", Right.READ_RESPONSES, ("report_",)),
    Way(say("Eksport"), "export_page", Right.EXPORT, ("export_",)),
    Way(
        say("Zgody"), "consents", Right.READ_RESPONSES, ("consents_",), lambda entry: entry.form and entry.form.privacy
    ),
    Way(say("Edytor"), "editor", Right.EDIT_FORMS, ("editor_", "form_shelve"), lambda entry: True),
    Way(say("Błędy"), "form_problems", Right.SEE_FORMS, (), lambda entry: entry.problems),
    Way(say("Wersje"), "form_changes", Right.SEE_FORMS, (), lambda entry: True),
    Way(say("Opis"), "form_description", Right.SEE_FORMS, ("poster",)),
)


BARE = frozenset({"editor_preview"})  # what respondents see, in a window of the editor


def frame() -> dict[str, Any]:
    """What the layout of every page shows of the person who is signed in: the menu, and tabs where the page has some."""
    person = g.get("person")
    blueprint, _, name = (request.endpoint or "").rpartition(".")
    name = name if blueprint == "staff" else ""
    if person is None or name in BARE:
        return {"signed_in": None, "staff_page": False, "staff_menu": [], "staff_tabs": []}
    slug = (request.view_args or {}).get("slug")
    about = slug if any(name in way for way in OF_FORM) else None  # the form whose page this is
    sections = [(title, [way for way in ways if may(way.right)]) for title, ways in MENU]
    tabs, label = [], ""
    if about:
        entry = services().catalogue.entry(about)
        own = [way for way in OF_FORM if entry and way.given(entry) and may(way.right, about)]
        tabs, label = _tabs(name, own, slug=about), str(say("Strony tego formularza"))
    for title, ways in sections:
        if not about and len(ways) > 1 and any(name in way for way in ways):
            tabs, label = _tabs(name, ways), str(title)
    return {
        "signed_in": person.name,
        "staff_page": bool(name),
        "staff_menu": [
            {
                "title": str(title),
                "url": url_for(f"staff.{ways[0].endpoint}"),
                "current": _here("forms" if about else name, ways, exactly=not about),
            }
            for title, ways in sections
            if ways
        ],
        "staff_tabs": tabs if len(tabs) > 1 else [],
        "staff_tabs_label": label,
        "sign_out_url": url_for("staff.sign_out"),
    }


def crumbs(slug: str, title: str, *more: tuple[str, str]) -> list[dict[str, str]]:
    """The way to a page of a form: all forms, the form, then `more` as (title, address); the last one is the page itself.

    The form's name leads to its responses, or for whoever may not read them to its description.
    """
    form_url = "" if services().catalogue.get(slug) is None else url_for("staff.form_description", slug=slug)
    if may(Right.READ_RESPONSES, slug):
        form_url = url_for("staff.responses", slug=slug)
    steps = [(str(say("Formularze")), url_for("staff.forms")), (title, form_url), *more]
    return [
        {"title": typographic(name), "url": url if number < len(steps) else ""}
        for number, (name, url) in enumerate(steps, start=1)
    ]


def beside_forms(title: str) -> list[dict[str, str]]:
    """The way to a page about forms that is of no one form."""
    return [{"title": str(say("Formularze")), "url": url_for("staff.forms")}, {"title": title, "url": ""}]


def _here(name: str, ways: list[Way], *, exactly: bool) -> str:
    """How `aria-current` says where one is: on the page itself, within its section, or "" elsewhere."""
    if exactly and len(ways) == 1 and name == ways[0].endpoint:
        return "page"
    return "true" if any(name in way for way in ways) else ""


def _tabs(name: str, ways: list[Way], **of: Any) -> list[dict[str, str]]:
    return [
        {
            "title": str(way.title),
            "url": url_for(f"staff.{way.endpoint}", **of),
            "current": "page" if name == way.endpoint else "true" if name in way else "",
        }
        for way in ways
    ]
