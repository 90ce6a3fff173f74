"""Two people in one draft: what a page was sent from, what others have saved since, and what is read of it in the end."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import g, request
from markupsafe import Markup
from werkzeug.datastructures import MultiDict

from forms.answers import Outcome, Working
from forms.definition import Field
from forms.merging import merge
from forms.together import WHY, Ids, Page, Together, head, in_order, mark, new_page, numbered, plain
from forms.types.given import Typed
from records.responses import Response
from views.services import now
from views.uploading import Came, settle

SEEN, CHOOSE, KEEP, TAKE = "_seen", "_choose--", "keep", "take"
ELEMENT = '<input type="hidden" name="_seen" id="seen" value="%s" data-hx-swap-oob="true">'


@dataclass
class Joined:
    """What came of one request."""

    sent: MultiDict[str, str] | None = None  # to be read in place of what was sent, where that differs
    page: str = ""  # the name of the page that it came from
    revision: int = 0  # up to which that page shows what is saved
    frame: Mapping[str, Ids] = field(default_factory=dict)  # the numbers of items as the page counts them
    touched: set[str] = field(default_factory=set)  # questions to be drawn again
    changed: set[str] = field(default_factory=set)  # items by number that somebody else has changed or removed
    uneven: set[str] = field(default_factory=set)  # groups whose items the page counts otherwise than the draft


def join(
    fields: Sequence[Field],
    sent: MultiDict[str, str],
    working: Working,
    outcome: Callable[[], Outcome],
    response: Response,
) -> Joined:
    """Puts what was sent together with the draft as it is saved now (`working`, whose `together` is brought up to date).

    Nothing has to be put together while one page after another saves: that costs a look at a name and a number.
    """
    text, together = sent.get(SEEN, ""), working.together
    name, revision = head(text)
    joined = Joined(page=name, revision=response.revision + 1, frame=together.ids)
    mine = revision == response.revision or (together.by == name and revision >= together.since)
    if not name or mine:
        if together.by != name:
            together.by, together.since = name, response.revision
    elif (page := Page.read(text)) is not None:
        answers = {**outcome().values, **working.answers}
        sending = {key: list(texts) for key, texts in sent.lists()}
        at = now().isoformat(timespec="seconds")
        whose = (together, writer(), at, response.saved_at.isoformat())
        merged = merge(page, fields, sending, answers, working.typed, working.explained, *whose)
        together.keep(merged.ids)
        together.by, together.since = name, response.revision + 1
        joined = Joined(MultiDict(merged.sent), name, revision, page.ids, set(), merged.changed, merged.uneven)
    together.who = writer()
    if together.clashes:
        _choose(joined, sent, together)
    return joined


def with_files(
    joined: Joined,
    came: Came,
    fields: Sequence[Field],
    sent: MultiDict[str, str],
    response_id: int,
    working: Working,
) -> MultiDict[str, str]:
    """What is to be read, with the files at the items as the draft counts them now: the page may count them otherwise."""
    ids, frame = working.together.ids, joined.frame

    def where(place: str) -> str:
        return in_order(numbered(place, frame), ids)

    def back(path: str) -> str:
        return in_order(numbered(path, ids), frame)

    return settle(came, fields, sent, response_id, working.answers, where, back)


def writer() -> str:
    """The name of who is here, where they have signed in for a gmina; "" else."""
    return str(g.get("gmina_name", ""))


def _choose(joined: Joined, sent: MultiDict[str, str], together: Together) -> None:
    """Clashes that the page has a choice for are over; what was chosen is read."""
    for clash in list(together.clashes):
        chosen = sent.get(f"{CHOOSE}{clash.id}")
        if chosen not in (KEEP, TAKE):
            continue
        together.clashes.remove(clash)
        place = in_order(clash.name, together.ids)
        joined.touched.add(clash.name.partition("-")[0].partition("#")[0])
        if chosen == TAKE and place:
            joined.sent = MultiDict(sent) if joined.sent is None else joined.sent
            joined.sent.setlist(place, clash.texts or [""])


def seen(drawn: Mapping[str, Typed], working: Working, response: Response | None) -> str:
    """What a page that is drawn whole tells of itself: `drawn` are the texts in its inputs. "" before the draft is saved."""
    if response is None:
        return ""
    ids = working.together.ids
    base = _marks(drawn, ids)
    for key, why in working.explained.items():
        base[WHY + key] = mark([why])
    return Page(new_page(), response.revision, ids, base).text()


def seen_again(
    joined: Joined,
    drawn: Mapping[str, Typed],
    whole: frozenset[str],
    working: Working,
    response: Response | None,
    fields: Mapping[str, Field],
) -> Markup:
    """The same for a page of which pieces are put in place: `whole` are the questions drawn again from the first to the last
    item, `drawn` what was drawn at all. Everything else stands on the page as it was sent. `fields` are the form's own."""
    if response is None:
        return Markup("")
    ids = working.together.ids
    frame = {name: each for name, each in joined.frame.items() if name.partition("-")[0] not in whole}
    frame |= {name: each for name, each in ids.items() if name.partition("-")[0] in whole}
    base: dict[str, int] = {}
    saved: dict[str, int] = {}
    typed: dict[str, Typed] = {}
    for name, texts in request.form.lists():
        if name.startswith("_"):
            if name.startswith(WHY) and (found := mark(texts)):
                base[name] = found
            continue
        path, _, part = name.partition("--")
        if name == "csrf_token" or part == "item" or path in drawn or (whole and path.partition("-")[0] in whole):
            continue
        if found := mark(texts):
            base[numbered(name, frame)] = found
            place = name if joined.sent is None else in_order(numbered(name, frame), ids)
            if joined.sent is None or plain(joined.sent.getlist(place)) == plain(texts):  # the draft has taken it over
                path, _, part = place.partition("--")
                if path not in typed:
                    typed[path] = _typed(path, fields, working)
                if path in typed and (kept := mark(typed[path].get(part, ()))) != found:
                    saved[numbered(name, frame)] = kept
    base |= _marks(drawn, frame)
    revision = joined.revision if joined.sent is not None else response.revision
    page = Page(joined.page or new_page(), revision, frame, base, saved)
    return Markup(ELEMENT % page.text())  # nothing in it needs to be escaped


def _typed(path: str, fields: Mapping[str, Field], working: Working) -> Typed:
    """What the draft has of a question, as the texts of its inputs; empty for what is no question."""
    if path in working.typed:
        return working.typed[path]
    value: Any = working.answers
    each: Field | None = None
    for name in path.split("-"):
        if name.isdecimal():
            value = value[int(name)] if isinstance(value, list) and int(name) < len(value) else None
            continue
        each = fields.get(name) if each is None else next((one for one in each.fields if one.name == name), None)
        if each is None:
            return {}
        value = value.get(name) if isinstance(value, Mapping) else None
    return each.type.typed(value) if each is not None and each.type.asks and value is not None else {}


def _marks(drawn: Mapping[str, Typed], ids: Mapping[str, Ids]) -> dict[str, int]:
    """The checksums of the inputs that are not empty, items by number."""
    found: dict[str, int] = {}
    for path, typed in drawn.items():
        for part, texts in typed.items():
            if known := mark(texts):
                found[numbered(f"{path}--{part}" if part else path, ids)] = known
    return found
