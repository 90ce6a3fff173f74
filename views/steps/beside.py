"""What was answered a period ago, beside the question: how much it has changed, and why it changed so much then."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from markupsafe import Markup

from forms.answers import Outcome, gmina_of
from forms.definition import Field, Form
from forms.expressions import Env
from forms.expressions.env import PublicNumber
from forms.periods.following import Compared, compared
from forms.periods.past import Past
from forms.periods.series import PREVIOUS, STATISTICS, spoken
from forms.types.numbers import trimmed
from forms.wording import Say, long_date, say
from views.steps.stencil import Fill

LINE = Markup("<p>{}</p>")
COPIED = Markup('<p><span class="tag tag--warning">{}</span></p>')


def fills(each: Field, path: str, value: Any, env: Env, found: Outcome) -> Iterator[Fill]:
    """Slots beside the inputs of a question that is followed; `env` is that of its item."""
    for part, text in _texts(each, path, value, env, found):
        yield (f"before:{part}" if part else "before"), text


def pieces(
    each: Field, path: str, values: Mapping[str, Any], env: Env, found: Outcome, changed: str
) -> Iterator[Markup]:
    """The same for htmx, each in place of the one with its id; within a group only those of the item that was changed."""
    if path not in found.asked:
        return
    if not each.fields:
        if each.followed:
            texts = dict(_texts(each, path, values.get(each.name), env, found))
            for part in ("", *(f"{row.id}.{column.name}" for row in _rows(each) for column in each.type.cols)):
                html = '<div class="field__before" id="{}" data-hx-swap-oob="{}">{}</div>'
                id_ = place(path, part)
                # By itself htmx looks for "#id", in which the dot of a cell would begin a class.
                yield Markup(html).format(id_, f"outerHTML:[id='{id_}']" if part else "true", texts.get(part, ""))
        return
    items = list(values.get(each.name) or ()) if each.type.repeats else [values.get(each.name) or {}]
    for index, item in enumerate(items):
        here = f"{path}-{index}" if each.type.repeats else path
        if not changed.startswith(f"{path}-") or changed.startswith(f"{here}-"):
            for inner in each.fields:
                yield from pieces(inner, f"{here}-{inner.name}", item, found.items[here], found, changed)


def mark(found: Outcome, otherwise: Callable[[str], str], path: str) -> str:
    """The word beside an answer before sending: that it was copied and nobody has confirmed it, or what is said otherwise."""
    past = found.env.previous
    if path in found.copied and isinstance(past, Past) and past.before is not None:
        return str(_copied(spoken(past.before.period)))
    return otherwise(path)


def nothing(form: Form, fields: Iterable[Field], found: Outcome) -> str:
    """That nothing was sent for the period before, to whoever is shown previous values, or would be; "" otherwise."""
    past = found.env.previous
    if form.period is None or not isinstance(past, Past) or not any(map(_followed, fields)):
        return ""
    current = form.period.of(found.values.get(form.period.field))
    if current is None or gmina_of(form, found.values) is None:
        return ""
    before, last = past.before, form.period.before(current)
    if before is None:
        what = say("Za wcześniejsze okresy nie ma wysłanego formularza, więc obok pytań nie ma poprzednich wartości.")
    elif before.period != last:
        what = say(
            "Za okres {missing} nie ma wysłanego formularza, więc poprzednie wartości są z ostatniego, za okres {period}.",
            missing=spoken(last),
            period=spoken(before.period),
        )
    else:
        return ""
    return str(what)


def _followed(each: Field) -> bool:
    own = each.compare or each.prefill == PREVIOUS or each.warn_change is not None
    return own or any(map(_followed, (*each.type.cols, *each.fields)))


def place(path: str, part: str = "") -> str:
    """The id of the place beside a question, or beside a cell of a table."""
    return f"{path}--{part}-before" if part else f"{path}--before"


def _rows(each: Field) -> Iterable[Any]:
    rows: Iterable[Any] = getattr(each.type, "rows", ())
    return rows


def _texts(each: Field, path: str, value: Any, env: Env, found: Outcome) -> Iterator[tuple[str, Markup]]:
    """What stands beside a question and beside each cell of it: what was answered before, then what a public source says."""
    told = dict(_previous(each, path, value, env, found))
    if each.statistics and env.statistics is not None and (public := env.statistics(each.statistics)) is not None:
        told[""] = told.get("", Markup("")) + _published(each, value, public)
    yield from told.items()


def _published(each: Field, value: Any, public: PublicNumber) -> Markup:
    shown = each.type.show(trimmed(public.value))
    line = LINE.format(
        say("{source}, stan na {day}: {value}", source=public.source, day=long_date(public.as_of), value=shown)
    )
    if each.prefill != STATISTICS or value != public.value:
        return line
    return line + COPIED.format(say("Wpisane ze statystyki publicznej – sprawdź."))


def _previous(each: Field, path: str, value: Any, env: Env, found: Outcome) -> Iterator[tuple[str, Markup]]:
    past = env.previous
    if not isinstance(past, Past) or (before := past.before) is None:
        return
    period = spoken(before.period)
    copied = path in found.copied
    if copied and not each.type.cols:
        yield "", COPIED.format(_copied(period)) + _why(past, each, "", period)
        return
    if copied:
        yield "", COPIED.format(_copied(period))
    for one in compared(each, value, past):
        if one.beside:
            yield one.part, LINE.format(_beside(one, period)) + _why(past, each, one.part, period)


def _copied(period: Say | str) -> Say:
    return say("Przepisane z {period} – sprawdź.", period=period)


def _why(past: Past, each: Field, part: str, period: Say | str) -> Markup:
    """The explanation that was given then; nothing where nobody had to."""
    why = past.explanation(each.name, part)
    return LINE.format(say("Wyjaśnienie z {period}: {text}", period=period, text=why)) if why else Markup("")


def _beside(one: Compared, period: Say | str) -> Say:
    before = one.shown(one.previous)
    if one.change is None or not one.told:
        return say("Poprzednio ({period}): {value}", period=period, value=before)
    if not one.change:
        return say("Poprzednio ({period}): {value} – bez zmian", period=period, value=before)
    return say("Poprzednio ({period}): {value} – zmiana {change}", period=period, value=before, change=one.told)
