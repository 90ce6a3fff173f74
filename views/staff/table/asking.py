"""What the address of the table asks for, and addresses that ask for it. What makes no sense counts as not there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from werkzeug.datastructures import MultiDict

from forms.definition import Form
from forms.spans import WARSAW
from forms.wording import Say, language, say
from records.desk import asking, paging, table
from records.desk.asking import Answered, Asked
from records.desk.paging import Order
from records.desk.questions import Question, Questions
from records.desk.table import Wanted
from records.listing import Filter
from records.listing import fold as folded
from records.shapes import DRAFT
from views import wording
from views.mail.texts import STATES as BOOKED
from views.services import services

SIZES = (25, 50, 100)
PER_PAGE = 50
MOMENT = "%Y-%m-%dT%H:%M:%S"
MOST_DIGITS = 6  # of a page's number
MOST_FILTERS, LONGEST, MOST_KEYS = 8, 200, 1000
ANSWER = "a."  # before the name of a question, so that it is never taken for a column of ours
COLUMNS: tuple[tuple[str, Say], ...] = (
    ("state", say("Stan")),
    ("gmina", say("Gmina")),
    ("powiat", say("Powiat")),
    ("sent_at", say("Wysłano")),
    ("changed_at", say("Zmieniono")),
    ("labels", say("Etykiety")),
)
USUAL = ("state", "gmina", "sent_at", "changed_at")
SORTED = (*paging.SORTS, paging.GMINA)
HOW: dict[str, Say] = {
    asking.IS: say("jest"),
    asking.IS_NOT: say("nie jest"),
    asking.HAS: say("zawiera"),
    asking.FROM: say("od"),
    asking.TO: say("do"),
    asking.EMPTY: say("bez odpowiedzi"),
    asking.FILLED: say("z odpowiedzią"),
}


@dataclass(frozen=True, slots=True, repr=False)
class Typed:
    """A filter on an answer as it stands in the address."""

    question: str
    how: str
    text: str


@dataclass(frozen=True, repr=False)
class Address:
    """What an address asks for, and what of it could not be understood."""

    form: Form
    questions: Questions
    known: dict[str, Question]  # those that the person may see
    wanted: Wanted
    columns: tuple[str, ...] = USUAL
    filters: tuple[Typed, ...] = ()
    days: tuple[str, str] = ("", "")
    problems: tuple[str, ...] = field(default=())

    @property
    def asked(self) -> Asked:
        """What is asked of the responses."""
        return self.wanted.asked

    @property
    def sort(self) -> str:
        """By what the table is sorted, as the address says it."""
        order = self.wanted.order
        return ANSWER + order.by if order.question else order.by

    def sensitive(self) -> list[str]:
        """The sensitive questions that this look at the table shows, sorts or filters by."""
        order = [self.wanted.order.by] if self.wanted.order.question else []
        used = dict.fromkeys([*self.wanted.shown, *order, *(each.question for each in self.asked.answered)])
        return [name for name in used if self.known[name].sensitive]

    def pairs(self, **changes: Any) -> list[tuple[str, str]]:
        """The address as pairs, but for the changes; what is as it is by default stays out of it."""
        asked, wanted = self.asked, self.wanted
        whole: dict[str, Any] = {
            "q": asked.search,
            "state": asked.states,
            "gmina": asked.gmina,
            "powiat": asked.powiat,
            "event": asked.event,
            "booking": asked.booking_states,
            "from": self.days[0],
            "to": self.days[1],
            "label": asked.label,
            "filters": self.filters,
            "kol": self.columns if self.columns != USUAL else (),
            "sort": self.sort,
            "order": "desc" if wanted.order.descending else "asc",
            "page": wanted.page,
            "per_page": wanted.per_page,
            **changes,
        }
        usual = {"sort": paging.PLAIN, "order": "desc", "page": 1, "per_page": PER_PAGE}
        return list(_flat({name: value for name, value in whole.items() if value != usual.get(name)}))

    def query(self, **changes: Any) -> str:
        """The text of the address behind `?`."""
        return urlencode(self.pairs(**changes))


def read(form: Form, args: MultiDict[str, str], *, sensitive: bool) -> Address:
    """What the address of the form's table asks for; sensitive questions exist only for those with the right."""
    questions = questions_of(form)
    known = {name: each for name, each in questions.all.items() if sensitive or not each.sensitive}
    filters, answered, problems = _filters(known, args)
    first, last = _day(args, "from", problems), _day(args, "to", problems)
    states = tuple(
        dict.fromkeys(each for each in args.getlist("state") if each in wording.STATES or each in asking.RETURNED)
    )
    drafts = DRAFT in states
    sort = args.get("sort", paging.PLAIN)
    by_answer = sort.removeprefix(ANSWER) if sort.startswith(ANSWER) else ""
    columns = _columns(known, args.getlist("kol"))
    page, per_page = args.get("page", ""), args.get("per_page", "")
    asked = Asked(
        # Nobody reads the answers of a draft, so nobody finds out by searching what they are.
        search="" if drafts else args.get("q", "").strip()[:LONGEST],
        states=(DRAFT,) if drafts else states,
        gmina=_code(args, "gmina", 7),
        powiat=_code(args, "powiat", 4),
        event=args.get("event", "") if args.get("event", "") in form.places else "",
        booking_states=tuple(each for each in BOOKED if each in args.getlist("booking")),
        sent_from=first,
        sent_until=last + timedelta(days=1) if last else None,
        label=args.get("label", "").strip()[:LONGEST],
        answered=() if drafts else tuple(answered),
        keys=tuple(args.getlist("kto")[:MOST_KEYS]),
    )
    wanted = Wanted(
        asked=asked,
        order=Order(
            by=by_answer if by_answer in known else sort if sort in SORTED else paging.PLAIN,
            question=by_answer in known,
            descending=args.get("order", "desc") != "asc",
        ),
        page=int(page) if page.isdecimal() and len(page) <= MOST_DIGITS else 1,
        per_page=int(per_page) if per_page in map(str, SIZES) else PER_PAGE,
        shown=tuple(each.removeprefix(ANSWER) for each in columns if each.startswith(ANSWER)),
        labels="labels" in columns,
    )
    days = (args.get("from", "").strip() if first else "", args.get("to", "").strip() if last else "")
    return Address(form, questions, known, wanted, columns, tuple(filters), days, tuple(problems))


def narrowing(form: Form, args: MultiDict[str, str], *, sensitive: bool) -> Filter:
    """What the address asks for, as exports narrow what they read; a list of drafts narrows to nothing but what was sent."""
    asked = read(form, args, sensitive=sensitive).asked
    if asked.drafts:
        asked = replace(asked, states=())
    clause = table.condition(form.slug, asked, questions_of(form))
    narrowed = asked != Asked()
    return Filter(further=((clause.sql, clause.params),)) if narrowed else Filter()


def questions_of(form: Form) -> Questions:
    """The questions of a form that serves, learnt once in each language."""
    return _learnt(form, language.get())


@lru_cache(maxsize=64)
def _learnt(form: Form, lang: str) -> Questions:
    return Questions(form, lambda version_id: services().version(form.slug, version_id), lang)


def _filters(known: dict[str, Question], args: MultiDict[str, str]) -> tuple[list[Typed], list[Answered], list[str]]:
    filters: list[Typed] = []
    answered: list[Answered] = []
    problems: list[str] = []
    for name, how, text in zip(args.getlist("pole"), args.getlist("jak"), args.getlist("wart"), strict=False):
        question, text = known.get(name), text.strip()[:LONGEST]
        bare = how in asking.WITHOUT_VALUE
        if question is None or how not in HOW or (not text and not bare) or len(filters) >= MOST_FILTERS:
            continue
        try:
            values = () if bare else _values(question, how, text)
        except ValueError as error:
            problems.append(str(error))
            continue
        exact = asking.IS if question.heading.codes and how == asking.HAS else how
        filters.append(Typed(name, how, "" if bare else text))
        answered.append(Answered(name, exact, values, question.heading.several))
    return filters, answered, problems


def _values(question: Question, how: str, text: str) -> tuple[Any, ...]:
    """What was typed as values of the question. ValueError with words for who typed it."""
    heading = question.heading
    if heading.options is not None and heading.kind == "code" and how not in (asking.FROM, asking.TO):
        labels = {each.value: folded(str(each.label)) for each in heading.options.items}
        typed = folded(text)
        exact = tuple(code for code, label in labels.items() if typed in (label, folded(code)))
        near = tuple(code for code, label in labels.items() if typed in label)
        found = near if how == asking.HAS else exact or near
        if not found and heading.codes:
            some = ", ".join(str(each.label) for each in heading.options.items[:8])
            raise ValueError(
                str(say("{label}: nie ma odpowiedzi „{text}”. Są: {some}.", label=heading.label, text=text, some=some))
            )
        return found or (text,)
    if how == asking.HAS:
        return (text,)
    try:
        return (asking.typed(heading.kind, text),)
    except ValueError:
        wrong = WRONG.get(heading.kind, WRONG["text"])
        raise ValueError(str(say("{label}: {wrong}", label=heading.label, wrong=wrong))) from None


WRONG: dict[str, Say] = {
    "number": say("wpisz liczbę, na przykład 12,5."),
    "date": say("wpisz dzień, na przykład 9.03.2027."),
    "datetime": say("wpisz dzień, na przykład 9.03.2027."),
    "boolean": say("wpisz „tak” albo „nie”."),
    "text": say("wpisz, czego szukasz."),
}


def _day(args: MultiDict[str, str], name: str, problems: list[str]) -> datetime | None:
    text = args.get(name, "").strip()
    if not text:
        return None
    try:
        if "T" in text:  # an address of ours that means a moment: what is new since the last visit
            return datetime.strptime(text, MOMENT).replace(tzinfo=WARSAW)
        return datetime.combine(asking.day(text), time(), WARSAW)
    except ValueError:
        problems.append(str(say("Data wysłania: {wrong}", wrong=WRONG["date"])))
        return None


def _code(args: MultiDict[str, str], name: str, digits: int) -> str:
    text = args.get(name, "")
    return text if text.isdecimal() and text.isascii() and len(text) == digits else ""


def _columns(known: dict[str, Question], asked: Sequence[str]) -> tuple[str, ...]:
    """The columns asked for that there are, those of ours first; the usual ones when none is."""
    ours = [name for name, _ in COLUMNS if name in asked]
    answers = [ANSWER + name for name in known if ANSWER + name in asked]
    return (*ours, *answers) or USUAL


def _flat(whole: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for name, value in whole.items():
        if name == "filters":
            for each in value:
                yield from (("pole", each.question), ("jak", each.how), ("wart", each.text))
        elif isinstance(value, tuple):
            yield from ((name, str(each)) for each in value)
        elif value not in ("", None):
            yield name, str(value)
