"""`sign_off`: people of a gmina sign what was sent; only of a form that says which gmina it is about."""

from __future__ import annotations

from forms import source
from forms.definition import Form
from forms.keys import OneOf
from forms.reading import Reading
from forms.wording import say

SIGN_OFF = OneOf(
    "Podpisy gminy po wysłaniu: two – kto sporządził i kto zatwierdził, dwie różne osoby; one – może to być ta sama osoba.",
    default="none",
    words=("two", "one", "none"),
)


def check_sign_off(form: Form, root: source.Mapping, reading: Reading) -> None:
    """Reports a `sign_off` that nobody could ever give: such a form never stands on the page of a gmina."""
    node = root.get("sign_off")
    if form.sign_off == "none" or node is None:
        return
    if form.anonymous:
        what = say("Formularz anonimowy nie wie, która gmina go wysłała, więc nikt go nie podpisze. Usuń „sign_off” albo „anonymous”.")  # fmt: skip
        reading.problem(node, "wrong-sign-off", what)
    elif not any(each.type.names_gmina for each in form.fields):
        what = say("Podpisują osoby z gminy, a formularz nie pyta, która to gmina. Dodaj pole typu gmina albo usuń „sign_off”.")  # fmt: skip
        reading.problem(node, "wrong-sign-off", what)
