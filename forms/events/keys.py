"""The key `events`: reading what an event is, and the mistakes that can be seen in one event or in all of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from forms import source
from forms.definition import Field, Form
from forms.events import FORM, Event
from forms.formula import Text, plain
from forms.key import Key, read_keys, struct_schema
from forms.key_times import Moment, SpanKey
from forms.keys import Boolean, Plain, Translated, Whole
from forms.reading import Reading
from forms.source import Node, Scalar, nearest
from forms.spans import Span
from forms.wording import Say, say

# Without "@" and "=": the ledger of places puts them between an id and a gmina, a field and an option.
ID = r"[A-Za-z0-9][A-Za-z0-9_.-]{0,40}"

EVENT_KEYS: dict[str, Key] = {
    "id": Plain("Oznaczenie terminu: tak zapisuje się w odpowiedziach i eksporcie.", required=True, pattern=ID, example="M1-T1"),
    "title": Translated("Nazwa, którą widzi osoba wybierająca.", required=True),
    "group": Plain("Grupa terminów do wyboru; jedna osoba ma w grupie jedno miejsce.", default="", pattern=ID, example="M1"),
    "starts": Moment("Początek."),
    "ends": Moment("Koniec.", end=True),
    "place": Translated("Miejsce: miejscowość i adres."),
    "online": Plain("Adres spotkania w internecie; dostają go tylko osoby z miejscem.", default="", pattern=r"https?://\S+", example="https://spotkania.urzad.pl/m1"),
    "places": Whole("Ile jest miejsc; bez tego klucza tylu, ilu się zgłosi.", default=None, least=1, most=100_000),
    "per_gmina": Whole("Ile najwyżej miejsc ma jedna gmina.", default=None, least=1, most=100_000),
    "per_gmina_until": Moment("Do kiedy obowiązuje limit gminy; potem wolne miejsca są dla wszystkich.", end=True),
    "waiting_list": Boolean("true: gdy brakuje miejsc, zapisy trafiają na listę rezerwową."),
    "offer_for": SpanKey("Jak długo czeka miejsce zaproponowane osobie z listy rezerwowej."),
    "promote_until": Moment("Do kiedy osoby z listy rezerwowej dostają zwolnione miejsca.", end=True),
    "closes": Moment("Do kiedy można wybrać ten termin.", end=True),
}  # fmt: skip


@dataclass(frozen=True)
class EventsKey(Key):
    """The key `events`; they are read before all else (`declare`), so that fields know which events there are."""

    default: Any = ()

    def read(self, node: Node, reading: Reading) -> Any:
        return reading.events

    def schema(self) -> dict[str, Any]:
        return {"type": "array", "minItems": 1, "items": struct_schema(EVENT_KEYS)}


def declare(root: source.Mapping, reading: Reading) -> tuple[Event, ...]:
    """The events of a definition; every mistake in one of them goes to the reading's problems."""
    node = root.get("events")
    if node is None:
        return ()
    if not isinstance(node, source.Sequence) or not node.items:
        reading.problem(node, "not-a-list", say("Tu powinna stać lista wydarzeń, każde po myślniku."))
        return ()
    found: dict[str, Event] = {}
    for item in node.items:
        event = _event(item, reading)
        if event is not None and event.id in found:
            what = say("Wydarzenie „{id}” już jest – każde ma własne id.", id=event.id)
            reading.problem(_at(item, "id"), "duplicate-event", what)
        elif event is not None:
            found[event.id] = event
    return tuple(found.values())


def _event(node: Node, reading: Reading) -> Event | None:
    name = node.get("id") if isinstance(node, source.Mapping) else None
    known = name.text if isinstance(name, Scalar) else ""
    with reading.within(say("wydarzenie „{id}”", id=known) if known else say("wydarzenie bez id")):
        values = read_keys(node, EVENT_KEYS, reading)
        if values is None:
            # A stand-in: the fields that name it are not to blame.
            return Event(known, plain(known)) if known else None
        span = values["offer_for"]
        event = Event(**{**values, "offer_for": span.delta if isinstance(span, Span) else None})
        for key, what, code in _mistakes(event):
            reading.problem(_at(node, key), code, what)
    return event


def _mistakes(event: Event) -> Iterator[tuple[str, Say, str]]:
    """What is wrong in one event: (key at fault, what, code)."""
    if event.id == FORM:
        yield (
            "id",
            say("„{id}” to oznaczenie miejsc całego formularza – wybierz inne id.", id=event.id),
            "reserved-name",
        )
    for key in ("title", "place"):
        text: Text | None = getattr(event, key)
        if text is not None and not text.fixed:
            what = say("Tekst wydarzenia jest taki sam dla wszystkich – nie może zawierać {example}.", example="{…}")
            yield key, what, "event-text"
    if event.ends is not None and event.starts is None:
        yield "ends", say("Podaj też początek („starts”)."), "missing-key"
    if event.starts is not None and event.ends is not None and event.ends <= event.starts:
        yield "ends", say("Koniec musi być później niż początek."), "ends-before-starts"
    if event.per_gmina is not None and event.places is not None and event.per_gmina > event.places:
        what = say("Limit gminy ({share}) jest większy niż liczba miejsc ({places}).", share=event.per_gmina, places=event.places)  # fmt: skip
        yield "per_gmina", what, "share-over-places"
    if event.per_gmina_until is not None and event.per_gmina is None:
        yield "per_gmina_until", say("Nie ma limitu gminy („per_gmina”), więc nie ma czego zwalniać."), "no-share"
    if event.waiting_list and not event.limited:
        what = say("Lista rezerwowa ma sens tylko przy limicie – dodaj „places” albo „per_gmina”.")
        yield "waiting_list", what, "waiting-without-places"
    for key in ("offer_for", "promote_until"):
        if getattr(event, key) is not None and not event.waiting_list:
            what = say("„{key}” dotyczy listy rezerwowej – dodaj „waiting_list: true”.", key=key)
            yield key, what, "no-waiting-list"
    if event.starts is not None:
        for key in ("promote_until", "closes"):
            moment = getattr(event, key)
            if moment is not None and moment >= event.starts:
                yield key, say("„{key}” musi być wcześniej niż początek wydarzenia.", key=key), "after-start"


def check_events(form: Form, root: source.Mapping, waiting_list: bool, reading: Reading) -> None:
    """Mistakes that only the whole form shows: nobody offers an event, there is no gmina for a share, two ask for one place."""
    if waiting_list and FORM not in form.places:
        what = say("Lista rezerwowa ma sens tylko przy limicie – dodaj „places”.")
        reading.problem(_at(root, "waiting_list"), "waiting-without-places", what)
    node = root.get("events")
    if not form.events or not isinstance(node, source.Sequence):
        return
    if form.anonymous:
        what = say("Formularz anonimowy nie może mieć wydarzeń: miejsce trzeba komuś przyznać.")
        reading.problem(_at(root, "anonymous"), "anonymous-events", what)
    offers = list(_offers(form.fields))
    offered = {event for _, _, events in offers for event in events}
    gmina = any(each.type.names_gmina for each in form.fields)
    at = {name.text: item for item in node.items if isinstance(name := _at(item, "id"), Scalar)}
    for event in form.events:
        with reading.within(say("wydarzenie „{id}”", id=event.id)):
            if event.id not in offered:
                what = say("Żadne pole nie pozwala wybrać tego wydarzenia – dodaj pole typu event.")
                reading.problem(_at(at[event.id], "id"), "event-unused", what, "warning")
            if event.per_gmina is not None and not gmina:
                what = say("Limit gminy wymaga pola typu gmina, które nie stoi w grupie.")
                reading.problem(_at(at[event.id], "per_gmina"), "no-gmina", what)
    _twice(offers, reading)
    groups = [each.name for each in form.fields if each.fields and each.type.repeats]
    outside = {id(each) for each in form.fields}
    for _, field, _ in offers:
        with reading.within(say("pole „{name}”", name=field.name)):
            if field.type.seats_of and id(field) not in outside:
                what = say("„for” może mieć tylko pole, które nie stoi w grupie.")
                reading.problem(field.place, "for-in-group", what)
            elif field.type.seats_of and field.type.seats_of not in groups:
                close = nearest(field.type.seats_of, groups)
                what = say("Nie ma grupy „{name}”, której pozycje zajmują miejsca.", name=field.type.seats_of)
                if close:
                    what = say(
                        "Nie ma grupy „{name}” – czy chodziło o „{close}”?", name=field.type.seats_of, close=close
                    )
                reading.problem(field.place, "unknown-name", what)


def _offers(fields: Iterable[Field], names: str = "") -> Iterator[tuple[str, Field, Collection[str]]]:
    """(scope, field, ids of the events it offers), in groups too."""
    for each in fields:
        events = [event.id for event in each.type.seats(f"{names}{each.name}").values() if event.kind == "event"]
        if events:
            yield f"{each.type.seats_of}." if each.type.seats_of else names, each, events
        yield from _offers(each.fields, f"{names}{each.name}.")


def _twice(offers: Iterable[tuple[str, Field, Collection[str]]], reading: Reading) -> None:
    """One person takes a place once, so two questions about the same person must not both offer it."""
    first: dict[tuple[str, str], Field] = {}
    for scope, field, events in offers:
        for event in events:
            other = first.setdefault((scope, event), field)
            if other is not field and not (other.when and field.when):
                what = say("To wydarzenie można już wybrać w polu „{name}”: {id}.", name=other.name, id=event)
                with reading.within(say("pole „{name}”", name=field.name)):
                    reading.problem(field.place, "event-twice", what)
                break


def unknown_event(name: str, known: Collection[str], group: bool) -> Say:
    """What to say of an event or group of events that there is not, with the nearest that there is."""
    close = nearest(name, known)
    if close and group:
        return say("Nie ma grupy wydarzeń „{name}” – czy chodziło o „{close}”?", name=name, close=close)
    if close:
        return say("Nie ma wydarzenia „{name}” – czy chodziło o „{close}”?", name=name, close=close)
    listed = ", ".join(known) or "–"
    if group:
        return say("Nie ma grupy wydarzeń „{name}”. Możliwe: {known}.", name=name, known=listed)
    return say("Nie ma wydarzenia „{name}”. Możliwe: {known}.", name=name, known=listed)


def _at(node: Node, key: str) -> Node:
    return (node.get(key) if isinstance(node, source.Mapping) else None) or node
