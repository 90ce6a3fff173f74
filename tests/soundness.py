"""What makes a page sound: parsed once, then every fault with how to mend it.

Used on every page that a test fetches (tests/conscience.py); what only a browser can tell is asked in the browser.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from xml.etree.ElementTree import Element

import html5lib
from html5lib.constants import E as PARSE_ERRORS

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
ANSWERED = ("input", "select", "textarea")
NOT_LABELLED = ("hidden", "submit", "button", "image", "reset")
REFERENCES = ("aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "list", "form", "headers")
DATA_SCRIPTS = ("application/json", "application/ld+json")
# Elements whose text runs on with the text around it, and those whose text nobody sees.
INLINE = ("a", "abbr", "b", "bdi", "cite", "code", "em", "i", "mark", "small", "span", "strong", "sub", "sup", "time")
UNSEEN = ("script", "style", "template")
# A part for htmx is parsed where htmx will put it: rows have no place outside a table.
CONTAINERS = {"tr": "tbody", "td": "tr", "th": "tr", "tbody": "table", "option": "select"}


class Page:
    """One parsed page, or part of a page, with what a test asks of it."""

    def __init__(self, text: str, part: bool = False) -> None:
        parser = html5lib.HTMLParser(namespaceHTMLElements=False)
        first = re.match(r"\s*<(\w+)", text)
        if part:
            container = CONTAINERS.get(first[1].lower(), "div") if first else "div"
            self.root: Element = parser.parseFragment(text, container=container)
        else:
            self.root = parser.parse(text)
        self.part = part
        self.parse_errors = list(parser.errors)
        self.elements = [element for element in self.root.iter() if isinstance(element.tag, str)]
        self.parents = {child: parent for parent in self.root.iter() for child in parent}

    def all(self, *tags: str) -> list[Element]:
        """Every element with one of these tag names, in the order of the page."""
        return [element for element in self.elements if element.tag in tags]

    def by_id(self, wanted: str) -> Element | None:
        """The element with this id."""
        return next((element for element in self.elements if element.get("id") == wanted), None)

    def above(self, element: Element) -> Iterator[Element]:
        """The elements around this one, the nearest first."""
        while (parent := self.parents.get(element)) is not None:
            yield parent
            element = parent

    @property
    def heading(self) -> str:
        """The words of the h1."""
        return next((words(element) for element in self.all("h1")), "")

    @property
    def text(self) -> str:
        """All that the page says, with single blanks between words."""
        body = next(iter(self.all("body")), self.root)
        return words(body)

    @property
    def csrf(self) -> str:
        """The token that its forms carry, for what a test sends without a button."""
        return next(each.get("value", "") for each in self.all("input") if each.get("name") == "csrf_token")

    def forms(self, method: str = "post") -> list[Element]:
        """The forms that are sent with this method."""
        return [form for form in self.all("form") if form.get("method", "get").lower() == method]


def words(element: Element) -> str:
    """The text that a person reads in an element, blanks (hard ones too) made single."""
    return " ".join("".join(_pieces(element)).split())


def _pieces(element: Element) -> Iterator[str]:
    around = "" if element.tag in INLINE else " "
    yield around
    if isinstance(element.tag, str) and element.tag not in UNSEEN:
        yield element.text or ""
        for child in element:
            yield from _pieces(child)
            yield child.tail or ""
    yield around


def faults(page: Page, address: str) -> list[str]:
    """Everything that is wrong with a page, a line each, with how to mend it."""
    found = [
        f"niepoprawny HTML w wierszu {line}: {PARSE_ERRORS.get(code, code) % values}"
        for (line, _column), code, values in page.parse_errors
    ]
    for check in (_ids, _labels, _groups, _forms, _inline, _pictures):
        found += check(page)
    if not page.part:
        found += [*_frame(page), *_headings(page)]
    return [f"{address}: {fault}" for fault in found]


def _frame(page: Page) -> Iterator[str]:
    html = next(iter(page.all("html")), page.root)
    if not html.get("lang"):
        yield "brak języka strony – dodaj <html lang=…>"
    if not any(words(title) for title in page.all("title")):
        yield "brak tytułu – wypełnij blok title"
    if len(page.all("main")) != 1:
        yield f"elementów main jest {len(page.all('main'))} – treść strony stoi w jednym"


def _headings(page: Page) -> Iterator[str]:
    headings = page.all(*HEADINGS)
    first = [heading for heading in headings if heading.tag == "h1"]
    if len(first) != 1:
        yield f"nagłówków h1 jest {len(first)} – zostaw jeden, który nazywa stronę"
    level = 0
    for heading in headings:
        now = int(heading.tag[1])
        if now > level + 1:
            yield f"po h{level} następuje h{now} („{words(heading)}”) – nie przeskakuj poziomu nagłówka"
        if not words(heading):
            yield f"pusty nagłówek h{now} – usuń go albo wypełnij"
        level = now


def _ids(page: Page) -> Iterator[str]:
    ids = Counter(element.get("id") for element in page.elements if element.get("id") is not None)
    for name, times in ids.items():
        if times > 1 or not name or " " in name:
            yield f"id „{name}” jest {times} razy – każde id jest niepuste, bez odstępów i jedyne"
    if page.part:  # what it refers to may stand on the page that it becomes a part of
        return
    for element in page.elements:
        names = {"for": element.get("for", "")} if element.tag == "label" else {}
        names |= {name: element.get(name, "") for name in REFERENCES}
        for name, value in names.items():
            for missing in (reference for reference in value.split() if reference not in ids):
                yield f"<{element.tag} {name}=„{missing}”> wskazuje id, którego nie ma – popraw je albo usuń"


def _labels(page: Page) -> Iterator[str]:
    labelled = {label.get("for") for label in page.all("label") if words(label)}
    for element in page.all(*ANSWERED):
        if element.tag == "input" and element.get("type", "text") in NOT_LABELLED:
            continue
        inside = any(around.tag == "label" for around in page.above(element))
        by_aria = element.get("aria-label") or element.get("aria-labelledby")
        if not (inside or by_aria or (element.get("id") and element.get("id") in labelled)):
            yield f"pole „{element.get('name')}” nie ma etykiety – dodaj <label for=„{element.get('id') or 'id pola'}”>"
    for button in page.all("button"):
        if not (words(button) or button.get("aria-label") or button.get("aria-labelledby")):
            yield "przycisk bez nazwy – dodaj tekst albo aria-label"


def _groups(page: Page) -> Iterator[str]:
    for element in page.all("input"):
        if element.get("type") != "radio":
            continue
        groups = [around for around in page.above(element) if around.tag == "fieldset" or around.get("role")]
        if not any(_named(group) for group in groups):
            yield f"pole wyboru „{element.get('name')}” stoi poza grupą – otocz je <fieldset> z <legend>"


def _named(group: Element) -> bool:
    legend = next((child for child in group if child.tag == "legend"), None)
    return (legend is not None and bool(words(legend))) or bool(group.get("aria-labelledby") or group.get("aria-label"))


def _forms(page: Page) -> Iterator[str]:
    for form in page.all("form"):
        if not form.get("action"):
            yield "formularz bez adresu – dodaj action, także gdy wysyła na tę samą stronę"
        sends = form.get("method", "get").lower() == "post"
        token = any(field.get("name") == "csrf_token" and field.get("value") for field in form.iter("input"))
        if sends and not token:
            yield f"formularz „{form.get('action')}” bez tokenu CSRF – dodaj ukryte pole csrf_token"


def _inline(page: Page) -> Iterator[str]:
    for element in page.elements:
        for name in element.attrib:
            if name == "style" or name.startswith("on"):
                yield f"<{element.tag} {name}=…> – przenieś to do pliku w static/, bo CSP tego nie wykona"
    if page.all("style"):
        yield "element <style> – przenieś reguły do arkusza w static/"
    for script in page.all("script"):
        if not script.get("src") and script.get("type") not in DATA_SCRIPTS:
            yield "skrypt na stronie – przenieś go do pliku w static/"


def _pictures(page: Page) -> Iterator[str]:
    for image in page.all("img"):
        if image.get("alt") is None:
            yield f"obraz „{image.get('src')}” bez alt – opisz go albo wpisz alt=„”, gdy jest ozdobą"
