"""What is looked at before a form is published: each point with its state, and how to mend it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from flask import url_for

from forms.definition import Field, Form
from forms.diff import Effect
from forms.examples.trying import CODE as EXAMPLE_FAILED
from forms.wording import Say, long_moment, say, say_n
from records import publishing
from records.bookings.places import lowered
from records.publishing import NotEditable
from views import wording
from views.comparing import Difference
from views.services import now
from views.staff.editor.looking import Looked
from views.staff.editor.opening import WHY, Opened, folder

GOOD, CONFIRM, STOP = "good", "confirm", "stop"
PRIVACY = "no-privacy"  # the code of the warning that has a point of its own


@dataclass(frozen=True, slots=True)
class Point:
    """One thing looked at: fine, to be confirmed by whoever publishes, or in the way."""

    key: str
    title: Say
    state: str
    text: Say
    url: str = ""  # where it is mended
    where: Say | None = None


def checklist(here: Opened, looked: Looked, found: Difference | None) -> list[Point]:
    """All points, those about the text first; `found` is what the change does to stored answers, None where nothing is."""
    form = looked.drawable
    points = [*_text(here, looked)]
    if form is not None:
        points += [_privacy(here, form), _contact(here, form), _closing(here, form), _previewed(here)]
        points += _answers(here, form, found)
    return [*points, *_file(here)]


def _text(here: Opened, looked: Looked) -> Iterator[Point]:
    mend = url_for("staff.editor", slug=here.slug)
    editor = say("Otwórz edytor")
    errors = [problem for problem in looked.errors if problem.code != EXAMPLE_FAILED]
    if errors:
        count = say_n("Popraw {n} błąd.", "Popraw {n} błędów.", len(errors))
        yield Point("bledy", say("Błędy"), STOP, count, f"{mend}#bledy", editor)
        return
    yield Point("bledy", say("Błędy"), GOOD, say("Tekst nie ma błędów."))
    others = [problem for problem in looked.warnings if problem.code != PRIVACY]
    if others:
        count = say_n("Tekst ma {n} ostrzeżenie.", "Tekst ma {n} ostrzeżeń.", len(others))
        yield Point("uwagi", say("Ostrzeżenia"), CONFIRM, count, f"{mend}#bledy", editor)
    failed = {str(problem.thing) for problem in looked.errors}
    form = looked.drawable
    examples = len(form.examples) if form is not None else 0
    title = say("Przykłady")
    if failed:
        count = say_n("{n} przykład nie wychodzi.", "{n} przykładów nie wychodzi.", len(failed))
        yield Point("przyklady", title, STOP, count, f"{mend}#bledy", editor)
    elif examples:
        count = say_n("{n} przykład wychodzi, jak powinien.", "{n} przykładów wychodzi, jak powinny.", examples)
        yield Point("przyklady", title, GOOD, count)
    else:
        none = say("Formularz nie ma przykładów, więc nikt nie zauważy, gdy zmiana zepsuje warunek. Dopisz „examples”.")
        yield Point("przyklady", title, CONFIRM, none, mend, editor)


def _privacy(here: Opened, form: Form) -> Point:
    title = say("Klauzula")
    if form.privacy:
        return Point("klauzula", title, GOOD, say("Przed wysłaniem widać tekst „{name}”.", name=form.privacy))
    if any(each.type.personal for each in _fields(form.fields)):
        text = say("Formularz pyta o dane osobowe, a nie ma klauzuli. Dopisz „privacy” z nazwą tekstu z config/texts.")
        return Point("klauzula", title, CONFIRM, text, url_for("staff.editor", slug=here.slug), say("Otwórz edytor"))
    return Point("klauzula", title, GOOD, say("Formularz nie pyta o dane osobowe."))


def _contact(here: Opened, form: Form) -> Point:
    contact = wording.contact(form)
    title = say("Kontakt")
    if contact["email"] or contact["phone"]:
        who = ", ".join(filter(None, (contact["name"], contact["email"], contact["phone"])))
        return Point("kontakt", title, GOOD, say("Pytania trafią do: {who}.", who=who))
    text = say("Nie wiadomo, kogo pytać. Dopisz „contact” tutaj albo w site.yaml.")
    return Point("kontakt", title, CONFIRM, text, url_for("staff.editor", slug=here.slug), say("Otwórz edytor"))


def _closing(here: Opened, form: Form) -> Point:
    title, mend = say("Zamknięcie"), url_for("staff.editor", slug=here.slug)
    if form.state == "archived":
        return Point("zamkniecie", title, GOOD, say("Formularz jest w archiwum i nikogo już nie przyjmuje."))
    if form.closes is None:
        text = say("Formularz nie ma dnia zamknięcia. Dopisz „closes”, jeśli nabór ma się kiedyś skończyć.")
        return Point("zamkniecie", title, CONFIRM, text, mend, say("Otwórz edytor"))
    when = long_moment(form.closes)
    if form.over(now()):
        text = say("Formularz jest już zamknięty: {when}. Zmień „closes”, jeśli ma przyjmować odpowiedzi.", when=when)
        return Point("zamkniecie", title, CONFIRM, text, mend, say("Otwórz edytor"))
    return Point("zamkniecie", title, GOOD, say("Formularz zamknie się {when}.", when=when))


def _previewed(here: Opened) -> Point:
    title = say("Podgląd")
    if here.draft is None or here.draft.seen:
        return Point("podglad", title, GOOD, say("Ten tekst był oglądany w podglądzie."))
    text = say("Nikt jeszcze nie obejrzał tego tekstu tak, jak zobaczą go osoby, które wypełniają.")
    return Point("podglad", title, CONFIRM, text, url_for("staff.editor", slug=here.slug), say("Otwórz podgląd"))


def _answers(here: Opened, form: Form, found: Difference | None) -> Iterator[Point]:
    title = say("Zapisane odpowiedzi")
    if found is None or found.effect is Effect.NONE:
        yield Point("odpowiedzi", title, GOOD, say("Ta zmiana nie rusza zapisanych odpowiedzi."))
    elif found.effect is Effect.REVIEW:
        yield Point("odpowiedzi", title, GOOD, say("Zapisane odpowiedzi zostają. Niżej jest lista zmian."))
    else:
        text = say("Ta zmiana traci część zapisanych odpowiedzi albo zmienia ich znaczenie. Niżej jest lista zmian.")
        yield Point("odpowiedzi", title, CONFIRM, text, "#zmiany", say("Zobacz zmiany"))
    below = lowered(form, now())
    if below:
        text = say_n(
            "{n} limit jest niższy niż liczba zajętych miejsc. Nikt nie straci miejsca, ale nowych nie będzie.",
            "{n} limitów jest niższych niż liczba zajętych miejsc. Nikt nie straci miejsca, ale nowych nie będzie.",
            len(below),
        )
        yield Point("miejsca", say("Miejsca"), CONFIRM, text)


def _file(here: Opened) -> Iterator[Point]:
    title = say("Plik")
    if here.stale:
        text = say("Plik na dysku zmienił się, odkąd zaczęto ten szkic. Wybierz, od którego tekstu iść dalej.")
        settle = url_for("staff.editor_settle", slug=here.slug)
        yield Point("plik", title, STOP, text, settle, say("Zobacz różnice i wybierz"))
        return
    try:
        publishing.writable(folder(), here.slug)
    except NotEditable as error:
        yield Point("plik", title, STOP, WHY[type(error)])
        return
    if here.draft is None or (here.file.exists and here.text == here.file.text):
        yield Point("plik", title, STOP, say("Tekst jest taki sam jak w pliku – nie ma czego publikować."))
        return
    yield Point("plik", title, GOOD, say("Plik config/forms/{slug}.yaml można zapisać.", slug=here.slug))


def _fields(fields: Iterable[Field]) -> Iterator[Field]:
    for each in fields:
        yield each
        yield from _fields(each.fields)
