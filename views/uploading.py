"""Files that come with a step: taken in and dropped, and put beside the texts that were sent, each with its description."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, BinaryIO, cast

from flask import request
from werkzeug.datastructures import FileStorage, MultiDict

from forms.definition import Field
from forms.types.file import ALT, File
from forms.wording import Say
from records import files
from records.files import FileEmpty, FileTooLarge, FileTypeWrong, StoredFile
from views.services import now, services

LONGEST = 2_000  # characters of a description that are read; the type says what is too long

Refusals = dict[str, list[Say]]
"""By the place of the files (`plik`, `oceny--A04.photo`): what is wrong with those that were not kept."""


def file_places(fields: Iterable[Field], sent: MultiDict[str, str], path: str = "") -> Iterator[tuple[str, File]]:
    """(place, what it takes) of everything on the page that is answered with files, in the items of groups too."""
    for each in fields:
        here = f"{path}{each.name}"
        for part, takes in each.type.attached.items():
            yield (f"{here}--{part}" if part else here), takes
        if each.fields and each.type.repeats:
            for index in sent.getlist(f"{here}--item"):
                yield from file_places(each.fields, sent, f"{here}-{index}-")
        elif each.fields:
            yield from file_places(each.fields, sent, f"{here}-")


def sent_with_files(
    fields: Iterable[Field], response_id: int, answers: Mapping[str, Any], refused: Refusals
) -> MultiDict[str, str]:
    """The submitted texts, and at each place for files those kept so far and those that came now, as JSON.

    `answers` are the ones known before: a description whose input was not sent stays. What is not kept goes to `refused`.
    """
    texts = MultiDict(request.form)
    places = dict(file_places(fields, texts))
    dropped = set(request.form.getlist("_drop"))
    store = services().files
    store.remove(kept for kept in files.of_responses([response_id]) if f"{kept.path}:{kept.id}" in dropped)
    came = {place: _take(place, takes, response_id, refused) for place, takes in places.items()}
    known = dict(_descriptions(answers))
    found: dict[str, list[str]] = {place: [] for place in places}
    for kept in files.of_responses([response_id]):
        if kept.path in found:
            new = (
                request.form.get(f"{kept.path}--{ALT}", "")
                if came[kept.path] == [kept.id]
                else known.get(str(kept.id), "")
            )
            alt = request.form.get(f"{kept.path}--{ALT}-{kept.id}", new) if places[kept.path].describe else ""
            found[kept.path].append(_told(kept, " ".join(alt[:LONGEST].split())))
    for place, told in found.items():
        texts.setlist(place, told)
    return texts


def _take(place: str, takes: File, response_id: int, refused: Refusals) -> list[int]:
    """Takes in what was sent to one place; the ids under which it is kept."""
    uploads = [upload for upload in request.files.getlist(f"{place}--upload") if upload.filename]
    kept = [_keep(place, takes, response_id, upload, refused) for upload in uploads]
    return [each.id for each in kept if each is not None]


def _keep(place: str, takes: File, response_id: int, upload: FileStorage, refused: Refusals) -> StoredFile | None:
    try:
        return services().files.keep(
            cast(BinaryIO, upload.stream),
            name=upload.filename or "",
            accept=takes.accept,
            max_size=takes.max_size,
            response_id=response_id,
            path=place,
            now=now(),
        )
    except FileEmpty:
        why = takes.refused_empty()
    except FileTooLarge:
        why = takes.refused_size()
    except FileTypeWrong:
        why = takes.refused_type()
    refused.setdefault(place, []).append(why)
    return None


def _told(kept: StoredFile, alt: str) -> str:
    """A kept file as the types read it."""
    facts = {"id": str(kept.id), "name": kept.name, "size": kept.size, "type": kept.media_type}
    return json.dumps({**facts, ALT: alt} if alt else facts, ensure_ascii=False)


def _descriptions(answers: Any) -> Iterator[tuple[str, str]]:
    """(id, description) of every described file among answers, however deep."""
    if isinstance(answers, Mapping):
        if isinstance(answers.get("id"), str) and isinstance(answers.get(ALT), str):
            yield answers["id"], answers[ALT]
        for value in answers.values():
            yield from _descriptions(value)
    elif isinstance(answers, list | tuple):
        for value in answers:
            yield from _descriptions(value)
