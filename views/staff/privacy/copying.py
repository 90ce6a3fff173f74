"""For administrators: a copy of a person's data as a ZIP – a page to read, the same as JSON for programs, the files."""

from __future__ import annotations

import json
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from typing import IO, Any

from flask import Response, current_app, g, render_template, url_for

from forms.definition import Field
from forms.wording import say
from records import audit
from records.models import moment as at
from records.privacy.copying import Copy
from records.privacy.texts import of as texts_of
from views import wording
from views.access import Right, may, requires
from views.guests import gmina_name
from views.markdown import markdown
from views.pages import see
from views.services import now, services
from views.staff.privacy import words
from views.staff.privacy.person import Result, ticked
from views.staff.roles import title_of
from views.steps.drawing import static

IN_MEMORY = 4_000_000  # bytes; a larger archive is written to disk until it is read
SAID = {
    "sent": say("Odpowiedzi"),
    "draft": say("Szkic albo poprawka, której jeszcze nie wysłano"),
    "earlier": say("Odpowiedzi przed poprawką"),
}
PIECE = 64 * 1024


@requires(Right.PRIVACY)
def privacy_copy() -> Response:
    """The copy of what was ticked. Sensitive answers only for those with the right to them."""
    result = ticked()
    if result is None:
        return see(url_for("staff.privacy_person"))
    sensitive = may(Right.READ_SENSITIVE)
    file = archive(result, sensitive=sensitive)
    details = {"responses": len(result.chosen), "sensitive": sensitive}
    audit.record(audit.staff(g.person.id), "person-copied", "privacy", None, details, now())
    answer = current_app.response_class(_pieces(file), mimetype="application/zip")
    answer.headers["Content-Disposition"] = f'attachment; filename="kopia-danych-{now():%Y-%m-%d}.zip"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def archive(result: Result, *, sensitive: bool, everything: bool = False) -> IO[bytes]:
    """The ZIP, open at its beginning: of what was ticked, or of everything that was found."""
    found, others = (result.found, result.others) if everything else (result.chosen, result.people)
    copy = Copy(result.wanted, found, others, words.stored_forms(), sensitive=sensitive)
    file = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 – the caller reads and closes it
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as whole:
        data = {"made_at": now().isoformat(), "responses": copy.responses, "people": copy.others}
        whole.writestr("dane.json", json.dumps(data, ensure_ascii=False, indent=1))
        whole.writestr("dane.html", _readable(copy))
        for each in copy.files:
            with (
                services().files.open_for_download(each) as source,
                whole.open(f"pliki/{each.id}-{each.name}", "w") as kept,
            ):
                while piece := source.read(PIECE):
                    kept.write(piece)
    file.seek(0)
    return file


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        while piece := file.read(PIECE):
            yield piece


def _readable(copy: Copy) -> str:
    texts = texts_of(sorted({one["privacy_text"] for one in copy.responses if one["privacy_text"]}))
    return render_template(
        "staff/privacy/copy.html",
        office=str(services().site["office"]),
        made=wording.local(now()),
        hidden=copy.hidden,
        responses=[_response(one) for one in copy.responses],
        people=[{**one, "gmina": gmina_name(one["gmina"])} for one in copy.others],
        texts=[markdown(each.text) for each in texts.values()],
    )


def _response(one: dict[str, Any]) -> dict[str, Any]:
    state, _ = wording.STATES.get(one["state"], (one["state"], "plain"))
    return {
        **one,
        "form": title_of(one["slug"]),
        "state": str(state),
        "gmina": gmina_name(one["gmina"]) if one["gmina"] else "",
        "when": _when(one["sent_at"] or one["begun_at"]),
        "said": [
            {
                "title": str(SAID[each["kind"]]),
                "when": _when(each["at"]) if each["at"] else "",
                "rows": list(_rows(services().version(one["slug"], each["version"]).fields, each["answers"], ())),
            }
            for each in one["said"]
        ],
        "messages": [{**each, "at": _when(each["at"])} for each in one["messages"]],
        "notes": [{**each, "at": _when(each["at"])} for each in one["notes"]],
        "bookings": [
            {**each, "state": str(wording.STATES.get(each["state"], (each["state"], ""))[0])}
            for each in one["bookings"]
        ],
    }


def _rows(fields: Any, answers: Mapping[str, Any], inside: tuple[str, ...]) -> Iterator[dict[str, str]]:
    """The answers in words: [{label, text}]; what this version of the form does not know, as it is stored."""
    known: dict[str, Field] = {each.name: each for each in fields}
    for name, value in answers.items():
        field = known.get(name)
        label = (static(field.label) or name) if field is not None else name
        if field is not None and field.fields and value is not None:
            for index, item in enumerate(value if field.type.repeats else [value]):
                title = f"{label} {index + 1}" if field.type.repeats else label
                yield from _rows(field.fields, item, (*inside, title))
        elif value is not None:
            yield {"label": " – ".join((*inside, label)), "text": _text(field, value)}


def _text(field: Field | None, value: Any) -> str:
    if field is not None:
        try:
            loaded = field.type.load(value)
        except ValueError:  # stored by another type of question
            loaded = None
        if loaded is not None:
            details = field.type.details(loaded)
            return "\n".join(f"{label}: {text}" for label, text in details) if details else field.type.show(loaded)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _when(iso: str) -> str:
    return wording.local(at(iso[:19].replace("T", " ")))
