"""Attached files stay beside their answers: when a question gets another name, and when an item of a group goes."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from forms.answers import Working
from forms.definition import Field, Form
from forms.gathering import remove_item, shifted
from forms.moving import follow
from records import files
from records.files import StoredFile
from records.responses import Response
from views.services import services

ASIDE = 9999  # an index that no item has


def bring(form: Form, response: Response) -> None:
    """Files go along with questions that have been renamed since the draft was saved."""
    _move(response, lambda path: follow(form, path))


def remove(working: Working, fields: Iterable[Field], path: str, response: Response | None) -> None:
    """Removes the item of a group at `path` (`uczestnicy-1`) with its files; those of the items after it move up.

    In a correction the files of the item are only put aside: what was sent names them, and the correction may be dropped.
    """
    if remove_item(working, fields, path) and response is not None:
        gone = _move(response, lambda place: shifted(place, path))
        if response.reference is None:
            services().files.remove(gone)
        else:
            for kept in gone:
                files.relabel(kept, f"{path.rpartition('-')[0]}-{ASIDE}{kept.path.removeprefix(path)}")


def _move(response: Response, where: Callable[[str], str]) -> list[StoredFile]:
    """Puts each file where its answer is now; those that have no place any more are left, and given back."""
    gone = []
    for kept in files.of_responses([response.id]):
        path = where(kept.path)
        if not path:
            gone.append(kept)
        elif path != kept.path:
            files.relabel(kept, path)
    return gone
