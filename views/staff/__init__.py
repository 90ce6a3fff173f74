"""The part for staff, under /biuro: its addresses, a line each."""

from __future__ import annotations

from flask import Blueprint

from views.access import decide
from views.staff import account, overview, responses, tries
from views.staff.one_response import file, response

staff = Blueprint("staff", __name__, url_prefix="/biuro")
staff.record_once(tries.start)
staff.before_app_request(decide)
staff.app_context_processor(account.menu)

BOTH = ("GET", "POST")
staff.add_url_rule("/logowanie", view_func=account.sign_in, methods=BOTH)
staff.add_url_rule("/wyloguj", view_func=account.sign_out, methods=("POST",))
staff.add_url_rule("/zaproszenie/<token>", view_func=account.invitation, methods=BOTH)
staff.add_url_rule("/", view_func=overview.forms)
staff.add_url_rule("/formularze/<slug>/bledy", view_func=overview.form_problems)
staff.add_url_rule("/formularze/<slug>/odpowiedzi", view_func=responses.responses)
staff.add_url_rule("/formularze/<slug>/eksport/<format>", view_func=overview.export)
staff.add_url_rule("/odpowiedzi/<key>", view_func=response)
staff.add_url_rule("/odpowiedzi/<key>/plik/<int:file_id>", view_func=file)
