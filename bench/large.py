"""A form of 300 questions, 150 of which depend on others, and one answer in it changed through htmx."""

from __future__ import annotations

import re
from typing import Any

from bench.wsgi import Visitor, hidden

SLUG = "large"
QUESTIONS, STEPS = 300, 10
KINDS = (  # what stands before each conditional question, in turn: its keys, its condition, an answer that meets it
    ("type: yes_no", "{}", "tak"),
    ("type: integer, min: 0, max: 100", "{} > 3", "5"),
    ("type: choice, options: [{a: A}, {b: B}, {c: C}]", "{} in ('a', 'b')", "a"),
    ("type: text, max: 80", "answered({})", "sala"),
    ("type: money", "{} >= 100", "120,00"),
)


def definition(journey: str = "pages") -> str:
    """The YAML: each odd question is asked under a condition on the one before it."""
    lines = ["title: Duży formularz", f"journey: {journey}", "steps:"]
    each_step = QUESTIONS // STEPS
    for number in range(QUESTIONS):
        if number % each_step == 0:
            lines += [f"  - id: k{number}", f"    title: Krok {number // each_step + 1}", "    fields:"]
        keys, condition, _ = KINDS[number // 2 % len(KINDS)]
        if number % 2:
            when = condition.format(f"p{number - 1}")
            lines.append(f'      - {{name: p{number}, type: text, label: Pytanie {number}, when: "{when}"}}')
        else:
            lines.append(f"      - {{name: p{number}, {keys}, label: Pytanie {number}}}")
    return "\n".join(lines) + "\n"


class Changing:
    """Someone who answers all on the first page, then changes the first answer again and again."""

    def __init__(self, app: Any, slug: str = SLUG) -> None:
        self.visitor = Visitor(app)
        address = f"/f/{slug}/wypelnij"
        html = self.visitor.get(address)
        answers = self.answers(html)
        answers["_draft"] = hidden(html, "_draft")
        self.visitor.run(self.visitor.environ(address, answers))
        drafts = self.visitor.get(f"/f/{slug}")
        token = drafts.partition("/z/")[2].partition("/")[0]
        self.address = f"/z/{token}/krok/k0"
        self.html = self.visitor.get(self.address)
        yes = self.answers(self.html)
        without = {name: texts for name, texts in yes.items() if name != "p1"}
        without["_shown"] = [path for path in yes["_shown"] if path != "p1"]
        self.sent = [self._prepared({**yes, "p0": "nie"}), self._prepared(without)]
        self.turn = 0

    def answers(self, html: str) -> dict[str, Any]:
        """An answer to every question on the page, and what the page itself sends."""
        names = sorted({int(number) for number in re.findall(r'name="p(\d+)"', html)})
        answers: dict[str, Any] = {f"p{n}": KINDS[n // 2 % len(KINDS)][2] if n % 2 == 0 else "tekst" for n in names}
        answers["_shown"] = re.findall(r'name="_shown" value="([^"]+)"', html)
        answers["csrf_token"], answers["_seen"] = hidden(html, "csrf_token"), hidden(html, "_seen")
        return answers

    def _prepared(self, answers: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
        environ, body = self.visitor.environ(self.address, answers)
        environ.update(HTTP_HX_REQUEST="true", HTTP_HX_TRIGGER="f-p0")
        return environ, body

    def change(self) -> bytes:
        """No and yes in turn: one question goes or comes. What htmx is answered."""
        self.turn += 1
        answered = self.visitor.run(self.sent[(self.turn + 1) % 2])
        if not self.visitor.status.startswith("200"):
            raise RuntimeError(f"answered {self.visitor.status}")
        return answered


def questions(html: bytes) -> list[str]:
    """The questions that an answer to htmx puts in place."""
    return re.findall(r'id="f-(p\d+)"', html.decode())
