"""What happened to one response, as the audit log tells it: when, by whom, what. No answers, for there are none in the log."""

from __future__ import annotations

from functools import cache

from forms.wording import Say, say
from records import audit, people
from views import wording

ACTIONS: dict[str, Say] = {
    "sent": say("wysłano"),
    "accepted": say("przyjęto"),
    "rejected": say("odrzucono"),
    "withdrawn": say("wycofano"),
    "promoted": say("przyznano miejsce z listy rezerwowej"),
    "expired": say("minął czas na potwierdzenie miejsca"),
    "offer-taken": say("potwierdzono miejsce"),
    "offer-declined": say("zrezygnowano z proponowanego miejsca"),
    "replaced": say("zastąpiono osobę"),
    "attendance": say("odnotowano obecność albo nieobecność"),
    "priority": say("zmieniono miejsce na liście rezerwowej"),
    "extended": say("zmieniono, do kiedy można poprawiać"),
    "link": say("wysłano link jeszcze raz"),
    "returned": say("zwrócono pytania do poprawy"),
    "returned-answered": say("poprawiono zwrócone pytania"),
    "returned-checked": say("sprawdzono poprawione odpowiedzi"),
    "returned-cancelled": say("cofnięto prośbę o poprawę"),
    "office-begun": say("zaczęto poprawkę urzędu"),
    "office-dropped": say("porzucono poprawkę urzędu"),
    "office-corrected": say("poprawiono w imieniu urzędu"),
    "note-added": say("dodano notatkę"),
    "note-removed": say("usunięto notatkę"),
    "labelled": say("dodano etykietę"),
    "unlabelled": say("zdjęto etykietę"),
    "erased": say("usunięto dane osobowe"),
    "recommendation": say("odnotowano stan rekomendacji"),
}
ACTORS = {audit.RESPONDENT: say("osoba zgłaszająca"), audit.SYSTEM: say("program")}


def happened(key: str) -> list[dict[str, str]]:
    """The entries of the log about a response, the newest first: [{when, who, what}]; looks at answers are left out."""
    name = cache(actor_name)
    return [
        {"when": wording.local(entry.at), "who": name(entry.actor), "what": str(ACTIONS[entry.action])}
        for entry in reversed(audit.of_subject(key))
        if entry.action in ACTIONS
    ]


def actor_name(actor: str) -> str:
    """Who did something, by how the log names them."""
    known = ACTORS.get(actor)
    if known is not None:
        return str(known)
    number = actor.rpartition(":")[2]
    return person_name(int(number)) if number.isdecimal() else actor


def person_name(person_id: int) -> str:
    """The name of a member of staff; what is left of an account that is not there any more."""
    person = people.get(person_id)
    return person.name if person is not None else str(say("konto nr {n}", n=person_id))
