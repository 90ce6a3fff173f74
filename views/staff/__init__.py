"""The part for staff, under /biuro: its addresses, a line each."""

from __future__ import annotations

from flask import Blueprint

from views.access import decide
from views.staff import (
    account,
    certificates,
    changes,
    checkin,
    description,
    event,
    events,
    feed,
    handling,
    messages,
    overview,
    poster,
    printing,
    report,
    responses,
    tries,
    writing,
)
from views.staff.one_response import file, response

staff = Blueprint("staff", __name__, url_prefix="/biuro")
staff.record_once(tries.start)
staff.before_app_request(decide)
staff.app_context_processor(account.menu)

BOTH = ("GET", "POST")
POST = ("POST",)
staff.add_url_rule("/logowanie", view_func=account.sign_in, methods=BOTH)
staff.add_url_rule("/wyloguj", view_func=account.sign_out, methods=POST)
staff.add_url_rule("/zaproszenie/<token>", view_func=account.invitation, methods=BOTH)
staff.add_url_rule("/", view_func=overview.forms)
staff.add_url_rule("/formularze/<slug>/bledy", view_func=overview.form_problems)
staff.add_url_rule("/formularze/<slug>/opis", view_func=description.form_description)
staff.add_url_rule("/formularze/<slug>/plakat", view_func=poster.poster)
staff.add_url_rule("/formularze/<slug>/zmiany", view_func=changes.form_changes)
staff.add_url_rule("/formularze/<slug>/odpowiedzi", view_func=responses.responses)
staff.add_url_rule("/formularze/<slug>/raport", view_func=report.report)
staff.add_url_rule("/formularze/<slug>/raport/<question>", view_func=report.report_texts)
staff.add_url_rule("/formularze/<slug>/eksport/<format>", view_func=overview.export)
staff.add_url_rule("/odpowiedzi/<key>", view_func=response)
staff.add_url_rule("/odpowiedzi/<key>/decyzja", "response_decide", view_func=handling.decide, methods=POST)
staff.add_url_rule("/odpowiedzi/<key>/poprawki", "response_extend", view_func=handling.extend, methods=POST)
staff.add_url_rule("/odpowiedzi/<key>/link", "response_link", view_func=handling.send_link, methods=POST)
staff.add_url_rule("/terminy", view_func=events.all_events)
staff.add_url_rule("/kalendarz/<token>.ics", view_func=feed.feed)
staff.add_url_rule("/formularze/<slug>/terminy", view_func=events.events)
staff.add_url_rule("/formularze/<slug>/terminy/<event>", view_func=event.event)
staff.add_url_rule("/formularze/<slug>/terminy/<event>/decyzja", "event_decide", view_func=event.decide, methods=POST)
staff.add_url_rule("/formularze/<slug>/terminy/<event>/wiadomosc", view_func=writing.compose, methods=BOTH)
staff.add_url_rule("/formularze/<slug>/terminy/<event>/lista-obecnosci.pdf", view_func=printing.attendance_list)
staff.add_url_rule("/formularze/<slug>/terminy/<event>/identyfikatory.pdf", view_func=printing.badges)
staff.add_url_rule("/formularze/<slug>/terminy/<event>/hotel-i-kuchnia.pdf", view_func=printing.counts)
staff.add_url_rule("/formularze/<slug>/terminy/<event>/szczegolne-potrzeby.pdf", view_func=printing.needs)
staff.add_url_rule("/terminy/<slug>/<event>/obecnosc", view_func=checkin.checkin)
staff.add_url_rule("/terminy/<slug>/<event>/obecnosc/koniec", "checkin_close", view_func=checkin.close, methods=POST)
staff.add_url_rule("/terminy/<slug>/<event>/obecnosc/<int:booking_id>", view_func=checkin.checkin_one, methods=BOTH)
staff.add_url_rule("/formularze/<slug>/zaswiadczenia", "certificates", view_func=certificates.certificates_page)
staff.add_url_rule(
    "/formularze/<slug>/zaswiadczenia/wydaj", "certificates_issue", view_func=certificates.issue, methods=POST
)
staff.add_url_rule("/formularze/<slug>/zaswiadczenia.pdf", view_func=certificates.certificates_pdf)
staff.add_url_rule("/zaswiadczenia/<code>.pdf", view_func=certificates.certificate_pdf)
staff.add_url_rule("/zaswiadczenia/<code>/popraw", "certificate_replace", view_func=certificates.replace, methods=POST)
staff.add_url_rule(
    "/zaswiadczenia/<code>/uniewaznij", "certificate_revoke", view_func=certificates.revoke, methods=POST
)
staff.add_url_rule("/wiadomosci", view_func=messages.messages)
staff.add_url_rule("/wiadomosci/<int:message_id>", view_func=messages.message)
staff.add_url_rule("/wiadomosci/<int:message_id>/ponow", view_func=messages.message_again, methods=POST)
staff.add_url_rule("/odpowiedzi/<key>/plik/<int:file_id>", view_func=file)
