"""The rules of a form as sentences: who, until when, once or many times, what happens to the answers, which events."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta

from forms.definition import Form
from forms.describing.words import Words
from forms.events import Event
from forms.expressions.describing import SPANS
from forms.periods.series import spoken
from forms.spans import WARSAW, Limit, Span
from forms.wording import Say, long_moment, number, say, say_n

STATES: Mapping[str, Say] = {
    "draft": say("Formularz jest przygotowywany – widzą go tylko pracownicy."),
    "archived": say("Formularz jest w archiwum i nie przyjmuje odpowiedzi."),
}
AUDIENCES: Mapping[str, Say] = {
    "everyone": say("Dla wszystkich."),
    "gminy": say("Dla gmin."),
    "programme": say("Dla gmin z programem w Wykazie albo z deklaracją."),
    "invited": say("Dla zaproszonych."),
    "staff": say("Tylko dla pracowników."),
}


SERIES: Mapping[str, Say] = {
    "year": say("Wypełniany co rok; obok pytań stoją odpowiedzi tej samej gminy z poprzedniego roku."),
    "quarter": say("Wypełniany co kwartał; obok pytań stoją odpowiedzi tej samej gminy z poprzedniego kwartału."),
    "month": say("Wypełniany co miesiąc; obok pytań stoją odpowiedzi tej samej gminy z poprzedniego miesiąca."),
}


def form_facts(form: Form, words: Words) -> Iterator[str]:
    """The sentences, in the language now in force."""
    yield from (str(fact) for fact in (*_when(form), *_answers(form, words), *_data(form)))
    for event in form.events:
        yield _event(event, words)
    for place in (form.places[name] for name in form.places if form.places[name].kind != "event"):
        yield _event(place, words)


def span_words(span: Span) -> str:
    """`30 dni`"""
    return str(SPANS[span.unit](span.count))


def moment_words(moment: datetime) -> str:
    """`10 lutego 2027 r., godz. 15:00`; a moment that was written as a bare date is that date."""
    at = moment.astimezone(WARSAW)
    bare = (at.hour, at.minute, at.second) in ((0, 0, 0), (23, 59, 59))
    return long_moment(at.date() if bare else at)


def _when(form: Form) -> Iterator[Say]:
    if form.state in STATES:
        yield STATES[form.state]
    yield AUDIENCES[form.audience]
    if form.opens is not None:
        yield say("Otwarcie: {when}.", when=moment_words(form.opens).rstrip("."))
    if form.closes is not None:
        yield say("Zamknięcie: {when}.", when=moment_words(form.closes).rstrip("."))
    else:
        yield say("Bez terminu zamknięcia.")
    if form.grace:
        yield say("Rozpoczęty w terminie można wysłać jeszcze przez: {span}.", span=delta_words(form.grace))


def _answers(form: Form, words: Words) -> Iterator[Say]:
    if form.one_per:
        labels = {each.name: words.text(each.label) for each in form.fields}
        names = ", ".join(labels.get(name, name) for name in form.one_per)
        yield say("Najwyżej jedna odpowiedź na: {names}.", names=names)
    if form.period is not None:
        yield SERIES[form.period.every]
        if form.period.open:
            yield say("Zbierany okres: {period}.", period=spoken(form.period.open))
        if form.period.due is not None:
            yield say("Termin: {when}.", when=moment_words(form.period.due).rstrip("."))
    yield say("Poprawianie po wysłaniu: {until}.", until=_until(form.edit_until))
    yield say("Wycofanie po wysłaniu: {until}.", until=_until(form.withdraw_until))


def _data(form: Form) -> Iterator[Say]:
    if form.privacy:
        yield say("Przed wysłaniem pokazujemy klauzulę „{name}”.", name=form.privacy)
    if form.anonymous:
        yield say("Anonimowy: nic nie łączy odpowiedzi z osobą, gminą, adresem ani dokładną godziną.")
    if form.retain is not None:
        yield say("Odpowiedzi są anonimizowane po czasie: {span}.", span=span_words(form.retain))


def _until(limit: Limit) -> str:
    if limit.never:
        return str(say("niemożliwe"))
    if limit.at is not None:
        return str(say("do {when}", when=moment_words(limit.at).rstrip(".")))
    if not limit.after_close:
        return str(say("do zamknięcia formularza"))
    shift = delta_words(abs(limit.after_close))
    phrase = say("do zamknięcia formularza i jeszcze {span}", span=shift)
    if limit.after_close < timedelta():
        phrase = say("do chwili wcześniejszej od zamknięcia o {span}", span=shift)
    return str(phrase)


def delta_words(delta: timedelta) -> str:
    """A length of time in the largest unit that holds it whole: `3 dni`, `36 godzin`."""
    for unit, size in (("days", timedelta(days=1)), ("hours", timedelta(hours=1)), ("minutes", timedelta(minutes=1))):
        if not delta % size:
            return str(SPANS[unit](delta // size))
    return str(SPANS["minutes"](-(-delta // timedelta(minutes=1))))


def _event(event: Event, words: Words) -> str:
    """One sentence of what is known of an event or of other limited places."""
    title = words.text(event.title)
    return str(say("{title}: {facts}.", title=title, facts=", ".join(_event_facts(event, words)))) if title else ""


def _event_facts(event: Event, words: Words) -> Iterable[str]:
    if event.starts is not None:
        yield str(say("początek {when}", when=moment_words(event.starts)))
    if event.place is not None:
        yield words.text(event.place)
    if event.places is None:
        yield str(say("bez limitu miejsc"))
    else:
        yield str(say_n("{n} miejsce", "{n} miejsc", event.places))
    if event.per_gmina is not None:
        yield str(say("z jednej gminy najwyżej {n}", n=number(event.per_gmina)))
    if event.waiting_list:
        yield str(say("z listą rezerwową"))
    if event.closes is not None:
        yield str(say("zapisy do {when}", when=moment_words(event.closes)))
