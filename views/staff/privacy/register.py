"""For administrators: the register of processing activities (GDPR, art. 30), made from the forms and their privacy texts.

What the office tells people is what the register says: purpose, legal basis, recipients and so on are the paragraphs of
the text that the form shows (`**Cel:** …`). What data are asked and how long they are kept is read from the form itself.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from flask import Response, abort, current_app, g, url_for

from forms.definition import Form
from forms.describing.facts import span_words
from forms.personal import personal, rules
from forms.wording import Say, say, speaking
from records import audit
from records.privacy import tables
from views.access import Right, requires
from views.markdown import markdown
from views.pages import page
from views.services import now, services
from views.staff.privacy import words
from views.steps.drawing import static

PARAGRAPH = re.compile(r"^\*\*([^*\n]+?):\*\*\s*(.+?)(?=\n\s*\n|\Z)", re.MULTILINE | re.DOTALL)
TOLD: tuple[tuple[Say, tuple[str, ...]], ...] = (  # columns that come from paragraphs of the privacy text
    (say("Administrator"), ("Administrator", "Kto prowadzi ankietę")),
    (say("Inspektor ochrony danych"), ("Inspektor ochrony danych",)),
    (say("Cel"), ("Cel", "Cel i podstawa")),
    (say("Podstawa prawna"), ("Podstawa", "Cel i podstawa")),
    (say("Kategorie osób"), ("Kogo dotyczą", "Skąd mamy dane")),
    (say("Odbiorcy"), ("Odbiorcy",)),
    (say("Państwa trzecie"), ("Przekazywanie poza Unię",)),
)
ACTIVITY, DATA, SPECIAL, KEPT, SECURITY = (
    say("Czynność"), say("Kategorie danych"), say("Dane szczególne i wrażliwe"), say("Kiedy usuwamy"), say("Zabezpieczenia"),
)  # fmt: skip
TYPES = {"csv": "text/csv", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


@requires(Right.PRIVACY)
def privacy_register() -> Response:
    """The register as a page, each activity with what its text or the office's data do not say."""
    return page(
        "staff/privacy/register.html",
        crumbs=[
            {"title": str(say("Prywatność")), "url": url_for("staff.privacy")},
            {"title": str(TITLE), "url": ""},
        ],
        activities=[_shown(form) for form in _forms()],
        csv_url=url_for("staff.privacy_register_file", format="csv"),
        xlsx_url=url_for("staff.privacy_register_file", format="xlsx"),
    )


TITLE = say("Rejestr czynności przetwarzania")


@requires(Right.PRIVACY)
def privacy_register_file(format: str) -> Response:
    """The register as CSV for Excel or as a workbook; it holds no personal data of respondents."""
    if format not in TYPES:
        abort(404)
    head = [str(title) for title in _titles()]
    rows = [list(_cells(form).values()) for form in _forms()]
    if format == "csv":
        data = b"".join(tables.csv_lines(head, rows))
    else:
        data = tables.workbook(str(say("Rejestr")), head, rows)
    audit.record(audit.staff(g.person.id), "register-export", "privacy", None, {"format": format}, now())
    answer = current_app.response_class(data, mimetype=TYPES[format])
    answer.headers["Content-Disposition"] = f'attachment; filename="rejestr-czynnosci-{now():%Y-%m-%d}.{format}"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def paragraphs(text: str) -> dict[str, str]:
    """What a privacy text says under which label: `**Cel:** rekrutacja` is {"Cel": "rekrutacja"}, without marks."""
    return {label.strip(): " ".join(markdown(said).striptags().split()) for label, said in PARAGRAPH.findall(text)}


def _forms() -> list[Form]:
    """The forms that process personal data, or may: an anonymous one without any question about people is left out."""
    return [form for form in words.forms() if personal(form) or (form.privacy and not form.anonymous)]


def _titles() -> tuple[Say, ...]:
    return (ACTIVITY, *(title for title, _ in TOLD), DATA, SPECIAL, KEPT, SECURITY)


def _cells(form: Form) -> dict[Say, str]:
    """The cells of one activity, by the titles of their columns; "" where nobody has said it yet."""
    with speaking("pl"):  # the text that binds is the Polish one
        told = paragraphs(services().site.text(form.privacy) or "") if form.privacy else {}
        processing: Mapping[str, Any] = services().site.get("processing") or {}
    asked = personal(form)
    cells = {title: next((told[label] for label in labels if label in told), "") for title, labels in TOLD}
    others = str(say("pozostałe dane"))
    kept = [
        f"{', '.join(static(each.label) or each.name for each in rule.fields) or others}: {span_words(rule.span)}"
        for rule in rules(form)
    ]
    return {
        ACTIVITY: static(form.title),
        **cells,
        DATA: _labels([each.field for each in asked if not each.sensitive]),
        SPECIAL: _labels([each.field for each in asked if each.sensitive]) or str(say("nie zbieramy")),
        KEPT: "; ".join(kept) or told.get("Jak długo", ""),
        SECURITY: str(processing.get("security", "")),
    }


def _shown(form: Form) -> dict[str, Any]:
    cells = _cells(form)
    missing = [title for title, text in cells.items() if not text]
    return {
        "title": cells.pop(ACTIVITY),
        "rows": [{"label": str(title), "text": text} for title, text in cells.items()],
        "missing": [_advice(form, title) for title in missing],
    }


def _advice(form: Form, title: Say) -> str:
    """Where to write what is missing."""
    label = next((labels[0] for known, labels in TOLD if known is title), "")
    if title is SECURITY:
        return str(say("Zabezpieczenia: dopisz „security” w „processing” w config/site.yaml."))
    if title is KEPT:
        return str(say("Kiedy usuwamy: dopisz klucz „retain” w formularzu."))
    if not label:
        return str(say("Formularz nie pyta o dane osób; sprawdź, czy potrzebuje klauzuli."))
    name = form.privacy or "…"
    return str(
        say("{title}: dopisz akapit „**{label}:** …” w config/texts/{name}.md.", title=title, label=label, name=name)
    )


def _labels(fields: list[Any]) -> str:
    return ", ".join(dict.fromkeys(static(each.label) or each.name for each in fields))
