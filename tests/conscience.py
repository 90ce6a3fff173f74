"""A test client with a conscience: every page that it fetches must be sound HTML that everybody can use.

A test uses it as a person uses a browser: `client.get(address)`, then `client.send({"email": "jan@gmina.pl"})` fills in
and sends the form of the page at hand, CSRF token and ready answers included. What is wrong with a page, whatever the
test is about, fails the test and says how to mend it.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.soundness import ANSWERED, Page, faults, words

KEEP = os.environ.get("KEEP_PAGES", "")  # a folder for every whole page that was fetched; see tests/nu.py

Answer = str | bool | Iterable[str] | tuple[Any, str]


class Conscience(FlaskClient):
    """Flask's test client that checks each page; `page` is the last one."""

    page: Page

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """As Flask's, and fails when the page that comes back is not sound."""
        response = super().open(*args, **kwargs)
        length = response.headers.get("Content-Length")
        if length is not None and response.request.method != "HEAD":
            assert int(length) == len(response.data), "serwer wyśle tyle bajtów, ile mówi Content-Length – popraw go"
        if response.mimetype == "text/html" and response.data and not 300 <= response.status_code < 400:
            part = "HX-Request" in response.request.headers and "<html" not in response.text[:500].lower()
            self.page = Page(response.text, part)
            wrong = faults(self.page, f"{response.request.method} {response.request.path}")
            assert not wrong, "strona wymaga poprawy:\n  " + "\n  ".join(wrong)
            if KEEP and not part:
                name = response.request.path.strip("/").replace("/", "-")[:60]
                (Path(KEEP) / f"{name}-{sha256(response.data).hexdigest()[:8]}.html").write_bytes(response.data)
        return response

    def send(
        self, answers: Mapping[str, Answer] | None = None, *, button: str | None = None, form: str | None = None
    ) -> TestResponse:
        """Fills in a form of the page at hand, sends it and follows where that leads.

        `answers`: field name to what is typed; True or False ticks a box or not, a list chooses several, a tuple of
        stream and name is a file; other fields keep what they show. `button`: the words or the name of the button
        pressed, by default the first. `form`: its id or the end of its action, by default the only form that posts.
        A field that is not on the page fails the test.
        """
        sent = self._form(form)
        data = filled(sent, answers or {})
        pressed = _button(sent, button)
        action = sent.get("action", "")
        if pressed is not None:
            action = pressed.get("formaction", action)
            if pressed.get("name"):
                data.setdefault(pressed.get("name", ""), []).append(pressed.get("value", ""))
        return self.post(action, data=data, follow_redirects=True)

    def _form(self, wanted: str | None) -> Element:
        forms = self.page.forms()
        if wanted is not None:
            forms = [form for form in forms if form.get("id") == wanted or form.get("action", "").endswith(wanted)]
        assert len(forms) == 1, f"formularzy do wysłania jest {len(forms)} – wskaż jeden argumentem form"
        return forms[0]


def filled(form: Element, answers: Mapping[str, Answer]) -> dict[str, list[Any]]:
    """What a browser would send: the form's own values, with the answers of the person put in their place."""
    shown = _shown(form)
    names = {field.get("name") for field in form.iter() if field.tag in ANSWERED}
    missing = sorted(set(answers) - {name for name in names if name})
    assert not missing, f"nie ma na stronie pól: {', '.join(missing)} – są: {', '.join(sorted(filter(None, names)))}"
    for name, answer in answers.items():
        if answer is True:
            boxes = [field for field in form.iter("input") if field.get("name") == name]
            shown[name] = [field.get("value", "on") for field in boxes if field.get("type") != "hidden"]
        elif answer is False:
            shown.pop(name, None)
        elif isinstance(answer, (list, tuple, set)) and not hasattr(answer, "read"):
            # A tuple may also be a file: (stream, name).
            shown[name] = [answer] if isinstance(answer, tuple) and hasattr(answer[0], "read") else list(answer)
        else:
            shown[name] = [answer]
    return shown


def _shown(form: Element) -> dict[str, list[Any]]:
    values: dict[str, list[Any]] = {}
    for field in form.iter():
        name = field.get("name")
        if field.tag not in ANSWERED or not name or field.get("disabled") is not None:
            continue
        if field.tag == "textarea":
            values.setdefault(name, []).append("".join(field.itertext()))
        elif field.tag == "select":
            values.setdefault(name, []).extend(_chosen(field))
        elif field.get("type") in ("checkbox", "radio"):
            if field.get("checked") is not None:
                values.setdefault(name, []).append(field.get("value", "on"))
        elif field.get("type") not in ("submit", "button", "image", "reset", "file"):
            values.setdefault(name, []).append(field.get("value", ""))
    return values


def _chosen(select: Element) -> list[str]:
    options = list(select.iter("option"))
    chosen = [option for option in options if option.get("selected") is not None]
    if not chosen and select.get("multiple") is None:
        chosen = options[:1]
    return [option.get("value", words(option)) for option in chosen]


def _button(form: Element, wanted: str | None) -> Element | None:
    buttons = [button for button in form.iter("button") if button.get("type", "submit") == "submit"]
    if wanted is None:
        return buttons[0] if buttons else None
    matching = [button for button in buttons if wanted in (words(button), button.get("name"), button.get("value"))]
    assert matching, f"nie ma przycisku „{wanted}” – są: {', '.join(words(button) for button in buttons)}"
    return matching[0]
