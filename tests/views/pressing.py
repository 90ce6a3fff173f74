"""Pressing a button of a page that has several forms: the one form that has the button is filled in and sent."""

from __future__ import annotations

from werkzeug.test import TestResponse

from tests.conscience import Answer, Conscience, filled
from tests.soundness import words


def press(client: Conscience, wanted: str, **answers: Answer) -> TestResponse:
    """Fills in the form whose button says this, presses it and follows where that leads."""
    found = [(form, each) for form in client.page.forms() for each in form.iter("button") if words(each) == wanted]
    assert len(found) == 1, f"przycisków „{wanted}” jest {len(found)}"
    form, button = found[0]
    data = filled(form, answers)
    if button.get("name"):
        data[button.get("name", "")] = [button.get("value", "")]
    return client.post(button.get("formaction", form.get("action", "")), data=data, follow_redirects=True)
