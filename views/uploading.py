"""Files that come with a step: taken in and dropped, and put beside the texts that were sent, each with its description."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO, cast

from flask import request
from werkzeug.datastructures import FileStorage, MultiDict

from forms.definition import Field
from forms.types.attachment import Attachment
from forms.types.file import ALT
from forms.wording import Say
from records import files
from records.files import FileEmpty, FileTooLarge, FileTypeWrong, StoredFile
from views.services import now, services

LONGEST = 2_000  # characters of a description that are read; the type says what is too long
UNPLACED = "+"  # begins the path of a file that is not beside an answer yet

Moved = Callable[[str], str]

Refusals = dict[str, list[Say]]
"""By the place of the files (`plik`, `oceny--A04.photo`): what is wrong with those that were not kept."""


def file_places(fields: Iterable[Field], sent: MultiDict[str, str], path: str = "") -> Iterator[tuple[str, Attachment]]:
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


@dataclass
class Came:
    """The files that came with a request: on disk already, but not beside an answer before `settle` puts them there."""

    texts: MultiDict[str, str]  # what was sent, without what a browser says of files; a mark at each place that got one
    kept: dict[str, list[StoredFile]]  # by their place on the page
    refused: Refusals


def take_in(fields: Iterable[Field], response_id: int) -> Came:
    """Takes in the files that were sent: outside a transaction where others might wait, for writing them takes time."""
    came = Came(MultiDict(request.form), {}, {})
    for place, takes in dict(file_places(fields, request.form)).items():
        uploads = [upload for upload in request.files.getlist(f"{place}--upload") if upload.filename]
        kept = [_keep(place, takes, response_id, upload, came.refused) for upload in uploads]
        came.kept[place] = [each for each in kept if each is not None]
        came.texts.poplist(place)
        if came.kept[place]:
            came.texts[place] = UNPLACED
    return came


def settle(
    came: Came,
    fields: Iterable[Field],
    texts: MultiDict[str, str],
    response_id: int,
    answers: Mapping[str, Any],
    where: Moved = str,
    back: Moved = str,
) -> MultiDict[str, str]:
    """The texts to be read, and at each place for files those kept so far and those that came, as JSON.

    `where` tells where a place of the page is in the draft, `back` the other way round ("" for gone): others may have
    removed items meanwhile; what was refused is told by its place in the draft. `answers` are the ones known before: a
    description whose input was not sent stays.
    """
    texts, sent = MultiDict(texts), request.form
    places = dict(file_places(fields, texts))
    alone: set[int] = set()
    came.refused = {where(place) or place: why for place, why in came.refused.items()}
    for place, new in came.kept.items():
        for each in new:
            if where(place) in places:
                files.relabel(each, where(place))
            else:  # nothing on the page asks for it any more
                services().files.remove([each])
        alone.update(each.id for each in new if len(new) == 1)
    dropped = {text.rpartition(":")[2] for text in sent.getlist("_drop")}
    here = [kept for kept in files.of_responses([response_id]) if kept.path in places]
    services().files.remove(kept for kept in here if str(kept.id) in dropped)
    known = dict(_descriptions(answers))
    found: dict[str, list[str]] = {place: [] for place in places}
    for kept in here:
        if str(kept.id) in dropped:
            continue
        page = back(kept.path)
        new_alt = sent.get(f"{page}--{ALT}", "") if kept.id in alone else known.get(str(kept.id), "")
        alt = sent.get(f"{page}--{ALT}-{kept.id}", new_alt) if places[kept.path].describe else ""
        found[kept.path].append(_told(kept, " ".join(alt[:LONGEST].split())))
    for place, told in found.items():
        texts.setlist(place, told)
    return texts


def forget(came: Came) -> None:
    """What came too late for a response that takes nothing more is not kept."""
    services().files.remove(each for kept in came.kept.values() for each in kept)


def _keep(place: str, takes: Attachment, response_id: int, upload: FileStorage, refused: Refusals) -> StoredFile | None:
    try:
        return services().files.keep(
            cast(BinaryIO, upload.stream),
            name=upload.filename or "",
            accept=takes.accept,
            max_size=takes.max_size,
            response_id=response_id,
            path=f"{UNPLACED}{place}",
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
