"""Made-up answers of the types where something is chosen, and of those with several parts; see `samples`."""

from __future__ import annotations

from random import Random
from typing import Any

from forms.definition import Field
from forms.expressions import Env
from forms.plausible import words
from forms.plausible.numbers import between
from forms.plausible.samples import SHORT, postal_code, sample
from forms.types.attachment import EXTENSIONS
from forms.types.checklist import Checklist
from forms.types.choices import NONE, Choice, Choices
from forms.types.choosing import Choosing
from forms.types.composite import Address
from forms.types.file import ALT, File
from forms.types.gmina import Gmina
from forms.types.line import limit
from forms.types.marks import Consent, Scale, YesNo
from forms.types.matrix import Matrix
from forms.types.own import Own
from forms.types.photos import PHOTO, PHOTOS
from forms.types.rated import MEASURE, RATING, REMARK
from forms.types.rows import asked_rows, required_now
from forms.types.scores import Item, asked_items
from forms.types.table import NONE as NO_DATA
from forms.types.table import Table

OWN, EXCLUSIVE, NO_ANSWER, EMPTY_CELL = 0.05, 0.1, 0.05, 0.3  # how often
GOOD_RATING, PHOTOGRAPHED = 0.8, 0.3


@sample.register
def _(kind: YesNo, field: Field, env: Env, rng: Random) -> Any:
    return rng.random() < 0.5


@sample.register
def _(kind: Consent, field: Field, env: Env, rng: Random) -> Any:
    return True


@sample.register
def _(kind: Scale, field: Field, env: Env, rng: Random) -> Any:
    return rng.choice(kind.steps)


@sample.register
def _(kind: Choice, field: Field, env: Env, rng: Random) -> Any:
    offered = kind.offered(env)
    if kind.other and (not offered or rng.random() < OWN):
        return Own(rng.choice(words.PHRASES))
    return rng.choice(offered).value if offered else None


@sample.register
def _(kind: Choosing, field: Field, env: Env, rng: Random) -> Any:
    offered = kind.offered(env)
    return rng.choice(offered).value if offered else None


@sample.register
def _(kind: Gmina, field: Field, env: Env, rng: Random) -> Any:
    offered = [option.value for option in kind.offered(env) if kind.entitled(option.value, env.standing)]
    return rng.choice(offered) if offered else None


@sample.register
def _(kind: Choices, field: Field, env: Env, rng: Random) -> Any:
    offered = [option.value for option in kind.offered(env)]
    least, most = int(limit(kind.min, env) or 1), int(limit(kind.max, env) or 4)
    if kind.none and rng.random() < EXCLUSIVE:
        return (NONE,)
    count = min(len(offered), rng.randint(min(least, most), max(least, most)))
    chosen = set(rng.sample(offered, count))
    own = (Own(rng.choice(words.PHRASES)),) if kind.other and (count < least or rng.random() < OWN) else ()
    return (*(value for value in offered if value in chosen), *own)[: max(least, most)] or None


@sample.register
def _(kind: Matrix, field: Field, env: Env, rng: Random) -> Any:
    offered, every = kind.offered(env), required_now(field, env)
    rows = [row for row in asked_rows(kind.rows, env) if every or rng.random() > EMPTY_CELL]
    return {row.id: rng.choice(offered).value for row in rows} or None if offered else None


@sample.register
def _(kind: Table, field: Field, env: Env, rng: Random) -> Any:
    every = required_now(field, env)
    value: dict[str, dict[str, Any]] = {}
    for row in asked_rows(kind.rows, env):
        for column in kind.cols:
            if not (every or required_now(column, env)) and rng.random() < EMPTY_CELL:
                continue
            none = kind.no_data and rng.random() < NO_ANSWER
            cell = {NO_DATA: "gmina tego nie zbiera"} if none else sample(column.type, column, env, rng)
            if cell is not None:
                value.setdefault(row.id, {})[column.name] = cell
    return value or None


@sample.register
def _(kind: Checklist, field: Field, env: Env, rng: Random) -> Any:
    every = required_now(field, env)
    items = [item for item in asked_items(kind.areas, env) if every or rng.random() > EMPTY_CELL]
    value = {item.id: _rated(kind, item, rng) for item in items}
    for item in items:
        if kind.photographed(item) and rng.random() < PHOTOGRAPHED:
            value[item.id][PHOTO] = sample(PHOTOS, field, env, rng)
    return value or None


def _rated(kind: Checklist, item: Item, rng: Random) -> dict[str, Any]:
    best = kind.best
    rating = best if best is not None and rng.random() < GOOD_RATING else rng.choice(kind.scale)
    entry: dict[str, Any] = {RATING: rating.value}
    if rating.remark:
        entry[REMARK] = words.sentences(rating.remark, max(rating.remark * 2, SHORT), rng)
    if item.measure is not None:
        least, most = item.measure.min, item.measure.max
        entry[MEASURE] = between(least, most, 1, 20, rng)
    return entry


@sample.register
def _(kind: Address, field: Field, env: Env, rng: Random) -> Any:
    return {
        "street": rng.choice(words.STREETS),
        "number": words.phrase("house", rng),
        "postal_code": postal_code(rng),
        "city": rng.choice(words.TOWNS),
    }


@sample.register
def _(kind: File, field: Field, env: Env, rng: Random) -> Any:
    ending = EXTENSIONS[rng.choice(kind.accept)][0]
    name = f"{'-'.join(rng.choice(words.PHRASES).split())}{ending}"
    file = {"id": "1", "name": name, "size": rng.randint(1_000, 90_000), "type": "application/octet-stream"}
    return ({**file, ALT: words.sentences(10, 60, rng)} if kind.describe else file,)
