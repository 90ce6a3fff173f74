"""The page of a gmina, under /gmina: its addresses, a line each, and who may come in."""

from __future__ import annotations

from flask import Blueprint, abort, request
from flask.typing import ResponseReturnValue

from views import acting
from views.gmina import audited, bringing, calendar, entering, home, indicators, one, people, signed

gmina = Blueprint("gmina", __name__, url_prefix="/gmina")

BOTH = ("GET", "POST")
POST = ("POST",)
OPEN = frozenset({"gmina.sign_in", "gmina.asked", "gmina.enter", "gmina.check"})  # for everybody
ANYBODY = frozenset({"gmina.home", "gmina.sign_out", "gmina.dates"})  # for colleagues too; the rest is for coordinators

gmina.add_url_rule("/logowanie", "sign_in", view_func=entering.sign_in, methods=BOTH)
gmina.add_url_rule("/logowanie/wyslane", "asked", view_func=entering.asked)
gmina.add_url_rule("/wejdz/<token>", "enter", view_func=entering.enter, methods=BOTH)
gmina.add_url_rule("/wyloguj", "sign_out", view_func=entering.sign_out, methods=POST)
gmina.add_url_rule("", "home", view_func=home.home)
gmina.add_url_rule("/terminy.ics", "dates", view_func=calendar.dates)
gmina.add_url_rule("/zacznij", "begin", view_func=bringing.begin, methods=POST)
gmina.add_url_rule("/dodaj", "take_over", view_func=bringing.take_over, methods=POST)
gmina.add_url_rule("/wskazniki", "indicators", view_func=indicators.indicators)
gmina.add_url_rule("/osoby", "people", view_func=people.all_people, methods=BOTH)
gmina.add_url_rule("/osoby/przekaz", "hand_over", view_func=people.hand_over, methods=BOTH)
gmina.add_url_rule("/osoby/<int:person_id>/zakoncz", "end", view_func=people.end, methods=POST)
gmina.add_url_rule("/odpowiedzi/<key>", "one", view_func=one.one)
gmina.add_url_rule("/odpowiedzi/<key>/kroki", "give", view_func=one.give, methods=POST)
gmina.add_url_rule("/odpowiedzi/<key>/podpis", "sign", view_func=signed.sign, methods=POST)
gmina.add_url_rule("/odpowiedzi/<key>/podpis/<int:correction>.pdf", "paper", view_func=signed.paper)
gmina.add_url_rule("/odpowiedzi/<key>/audyt", "audited", view_func=audited.audited)
gmina.add_url_rule("/odpowiedzi/<key>/audyt.pdf", "audit_pdf", view_func=audited.pdf)
gmina.add_url_rule("/odpowiedzi/<key>/audyt/porownanie", "audit_compared", view_func=audited.compared)
gmina.add_url_rule(
    "/odpowiedzi/<key>/audyt/rekomendacje/<int:recommendation_id>", "follow", view_func=audited.follow, methods=POST
)
gmina.add_url_rule("/podpis/<sha256>", "check", view_func=signed.check)


@gmina.before_request
def admit() -> ResponseReturnValue | None:
    """Lets in who acts for a gmina (None), to sign in who does not; 404 for what is a coordinator's."""
    if request.endpoint in OPEN:
        return None
    person = acting.who()
    if person is None:
        return acting.to_sign_in()
    return None if person.coordinates or request.endpoint in ANYBODY else abort(404)
