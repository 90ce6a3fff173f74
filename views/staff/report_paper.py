"""For staff: the report of a form on paper, PDF/UA-1 – the same numbers as the page, charts beside them."""

from __future__ import annotations

from flask import Response, request

from forms.wording import say
from views.access import Right, may, requires
from views.papers import paper
from views.staff.report import counted, form_or_404, shown
from views.staff.report_asking import asked_for, in_words
from views.steps.drawing import static


@requires(Right.READ_RESPONSES)
def report_paper(slug: str) -> Response:
    """What the address asks for, as the page shows it; to be published, small numbers are left out here too."""
    form = form_or_404(slug)
    asked = asked_for(request.args, form, sensitive=may(Right.READ_SENSITIVE))
    parts = shown(form, asked, counted(form, asked))
    return paper(
        "numbers",
        f"raport-{slug}{'-do-publikacji' if asked.publish else ''}",
        str(say("Raport: {title}", title=static(form.title))),
        filtered=in_words(asked),
        answer=str(say("Odpowiedź")),
        value=str(say("Liczba i udział")),
        chart=str(say("Wykres")),
        crossed_title=str(say("Tabela krzyżowa")),
        places_title=str(say("Które gminy odpowiedziały")),
        place=str(say("Powiat")),
        missing_title=str(say("Gminy, od których nie ma odpowiedzi")),
        note=str(PUBLISHED) if asked.publish else "",
        **parts,
    )


PUBLISHED = say(
    "Liczb mniejszych niż 5 nie podajemy, a tam, gdzie dałoby się je wyliczyć z sumy, ukrywamy też następną."
)
