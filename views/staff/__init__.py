"""The part for staff, under /biuro: its addresses, a line each."""

from __future__ import annotations

from flask import Blueprint

from views.access import decide
from views.staff import (
    account,
    accounts,
    api_keys,
    auditing,
    barriers,
    besides,
    certificates,
    changes,
    checkin,
    correcting,
    description,
    entering,
    event,
    events,
    feed,
    gminy,
    handling,
    journal,
    messages,
    overview,
    own,
    poster,
    printing,
    recommendations,
    report,
    report_paper,
    responses,
    returning,
    today,
    two_factor,
    ways,
    writing,
)
from views.staff.editor import desk, language, making, preview, publishing, settling, shelving, trying
from views.staff.exporting import download, job
from views.staff.exporting import page as export
from views.staff.indicators import downloads, pages, statistics
from views.staff.obligations import completeness, one, opening
from views.staff.obligations import writing as owed
from views.staff.one_response import file, response
from views.staff.privacy import consents, copying, person
from views.staff.privacy import erasing as privacy_erasing
from views.staff.privacy import overview as privacy
from views.staff.privacy import register as privacy_register
from views.staff.register import editing as register_editing
from views.staff.register import importing as register_importing
from views.staff.register import listing as register_listing
from views.staff.register import proposing as register_proposing
from views.staff.signatures import signed_paper
from views.staff.table import bulk, keeping

staff = Blueprint("staff", __name__, url_prefix="/biuro")
staff.before_app_request(decide)
staff.app_context_processor(ways.frame)

BOTH = ("GET", "POST")
POST = ("POST",)
staff.add_url_rule("/logowanie", view_func=account.sign_in, methods=BOTH)
staff.add_url_rule("/logowanie/kod", view_func=entering.second_step, methods=BOTH)
staff.add_url_rule("/wyloguj", view_func=account.sign_out, methods=POST)
staff.add_url_rule("/zaproszenie/<token>", view_func=account.invitation, methods=BOTH)
staff.add_url_rule("/konto", view_func=own.own_account)
staff.add_url_rule("/konto/haslo", view_func=own.own_password, methods=POST)
staff.add_url_rule("/konto/wyloguj-inne", view_func=own.own_sign_out, methods=POST)
staff.add_url_rule("/konto/drugi-skladnik", view_func=two_factor.two_factor, methods=BOTH)
staff.add_url_rule("/konta", view_func=accounts.all_accounts)
staff.add_url_rule("/konta/nowe", view_func=accounts.invite, methods=BOTH)
staff.add_url_rule("/konta/<int:person_id>", view_func=accounts.one_account, methods=BOTH)
staff.add_url_rule("/konta/<int:person_id>/zmien", view_func=accounts.account_act, methods=POST)
staff.add_url_rule("/gminy", view_func=gminy.gminy)
staff.add_url_rule("/gminy/<gmina>", view_func=gminy.one_gmina, methods=BOTH)
staff.add_url_rule("/gminy/<gmina>/osoba", "gmina_act", view_func=gminy.gmina_act, methods=POST)
staff.add_url_rule("/wykaz", "register", view_func=register_listing.programmes)
staff.add_url_rule("/wykaz.csv", "register_csv", view_func=register_listing.programmes_csv)
staff.add_url_rule("/wykaz/gminy", "register_stands", view_func=register_listing.stands)
staff.add_url_rule("/wykaz/nowy", "register_new", view_func=register_editing.new, methods=BOTH)
staff.add_url_rule("/wykaz/plik", "register_import", view_func=register_importing.bring, methods=BOTH)
staff.add_url_rule("/wykaz/z-listy", "register_from_list", view_func=register_importing.from_list, methods=POST)
staff.add_url_rule("/wykaz/<int:entry>", "register_entry", view_func=register_listing.entry)
staff.add_url_rule("/wykaz/<int:entry>/zmien", "register_change", view_func=register_editing.change, methods=BOTH)
staff.add_url_rule("/wykaz/<int:entry>/wykresl", "register_strike", view_func=register_editing.strike, methods=POST)
staff.add_url_rule("/odpowiedzi/<key>/wykaz", "register_proposal", view_func=register_proposing.proposal, methods=BOTH)
staff.add_url_rule("/dziennik", view_func=journal.journal)
staff.add_url_rule("/dziennik.csv", view_func=journal.journal_csv)
staff.add_url_rule("/", view_func=overview.forms)
staff.add_url_rule("/formularze/<slug>/bledy", view_func=overview.form_problems)
staff.add_url_rule("/formularze/<slug>/opis", view_func=description.form_description)
staff.add_url_rule("/formularze/<slug>/plakat", view_func=poster.poster)
staff.add_url_rule("/formularze/<slug>/zmiany", view_func=changes.form_changes)
staff.add_url_rule("/formularze/nowy", view_func=making.new_form, methods=BOTH)
staff.add_url_rule("/formularze/jezyk", "form_language", view_func=language.language)
staff.add_url_rule("/formularze/<slug>/edytor", view_func=desk.editor, methods=BOTH)
staff.add_url_rule("/formularze/<slug>/edytor/podglad", "editor_preview", view_func=preview.preview)
staff.add_url_rule("/formularze/<slug>/edytor/proba", "editor_trial", view_func=trying.trial)
staff.add_url_rule(
    "/formularze/<slug>/edytor/publikacja", "editor_publication", view_func=publishing.publication, methods=BOTH
)
staff.add_url_rule("/formularze/<slug>/edytor/dwa-teksty", "editor_settle", view_func=settling.settle, methods=BOTH)
staff.add_url_rule("/formularze/<slug>/edytor/porzuc", "editor_discard", view_func=settling.discard, methods=POST)
staff.add_url_rule("/formularze/<slug>/edytor/przywroc", "editor_restore", view_func=settling.restore, methods=POST)
staff.add_url_rule("/formularze/<slug>/stan", "form_shelve", view_func=shelving.shelve, methods=POST)
staff.add_url_rule("/dzis", "today", view_func=today.today_page)
staff.add_url_rule("/formularze/<slug>/odpowiedzi", view_func=responses.responses)
staff.add_url_rule("/formularze/<slug>/odpowiedzi/razem", "responses_bulk", view_func=bulk.bulk, methods=POST)
staff.add_url_rule("/formularze/<slug>/odpowiedzi/widoki", "view_save", view_func=keeping.save, methods=POST)
staff.add_url_rule(
    "/formularze/<slug>/odpowiedzi/widoki/<int:view_id>", "view_change", view_func=keeping.change, methods=POST
)
staff.add_url_rule("/formularze/<slug>/raport", view_func=report.report)
staff.add_url_rule("/formularze/<slug>/raport.pdf", view_func=report_paper.report_paper)
staff.add_url_rule("/formularze/<slug>/raport/<question>", view_func=report.report_texts)
staff.add_url_rule("/formularze/<slug>/eksport", view_func=export.export_page)
staff.add_url_rule("/formularze/<slug>/eksport/ustawienia", "export_preset", view_func=export.save_preset, methods=POST)
staff.add_url_rule(
    "/formularze/<slug>/eksport/ustawienia/usun", "export_preset_remove", view_func=export.remove_preset, methods=POST
)
staff.add_url_rule("/formularze/<slug>/eksport/zlecenie", "export_job_ask", view_func=job.ask, methods=POST)
staff.add_url_rule("/formularze/<slug>/eksport/<format>", view_func=download.export)
staff.add_url_rule("/eksporty/<int:job_id>", view_func=job.export_job)
staff.add_url_rule("/eksporty/<int:job_id>/plik", view_func=job.export_job_file)
staff.add_url_rule("/api", view_func=api_keys.api_keys)
staff.add_url_rule("/api/nowy", view_func=api_keys.api_key_make, methods=POST)
staff.add_url_rule("/api/<int:token_id>/uniewaznij", view_func=api_keys.api_key_revoke, methods=POST)
staff.add_url_rule("/formularze/<slug>/kompletnosc", view_func=completeness.completeness)
staff.add_url_rule("/formularze/<slug>/kompletnosc.csv", view_func=completeness.completeness_csv)
staff.add_url_rule("/formularze/<slug>/kompletnosc/okresy", view_func=opening.completeness_open, methods=BOTH)
staff.add_url_rule("/formularze/<slug>/kompletnosc/wiadomosc", view_func=owed.completeness_message, methods=BOTH)
staff.add_url_rule("/formularze/<slug>/kompletnosc/gmina/<gmina>", view_func=one.completeness_of)
staff.add_url_rule("/formularze/<slug>/kompletnosc/gmina/<gmina>/zmien", view_func=one.completeness_grant, methods=POST)
staff.add_url_rule("/wskazniki", view_func=pages.indicators)
staff.add_url_rule("/wskazniki/<slug>/raport.pdf", view_func=downloads.indicators_report)
staff.add_url_rule("/wskazniki/<slug>/plik/<format>", view_func=downloads.indicators_panel)
staff.add_url_rule("/wskazniki/<slug>/<indicator>", view_func=pages.indicator)
staff.add_url_rule("/statystyki", view_func=statistics.statistics, methods=BOTH)
staff.add_url_rule("/odpowiedzi/<key>", view_func=response)
staff.add_url_rule("/odpowiedzi/<key>/decyzja", "response_decide", view_func=handling.decide, methods=POST)
staff.add_url_rule("/odpowiedzi/<key>/poprawki", "response_extend", view_func=handling.extend, methods=POST)
staff.add_url_rule("/odpowiedzi/<key>/link", "response_link", view_func=handling.send_link, methods=POST)
staff.add_url_rule("/odpowiedzi/<key>/notatki", "response_note", view_func=besides.note, methods=POST)
staff.add_url_rule(
    "/odpowiedzi/<key>/notatki/<int:note_id>/usun", "response_note_gone", view_func=besides.drop_note, methods=POST
)
staff.add_url_rule("/odpowiedzi/<key>/etykiety", "response_label", view_func=besides.label, methods=POST)
staff.add_url_rule(
    "/odpowiedzi/<key>/do-poprawy", "response_return", view_func=returning.return_questions, methods=BOTH
)
staff.add_url_rule(
    "/odpowiedzi/<key>/do-poprawy/stan", "response_return_close", view_func=returning.close, methods=POST
)
staff.add_url_rule("/odpowiedzi/<key>/poprawka", "correct_begin", view_func=correcting.begin, methods=POST)
staff.add_url_rule("/odpowiedzi/<key>/poprawka/krok/<step_id>", "correct_step", view_func=correcting.step, methods=BOTH)
staff.add_url_rule(
    "/odpowiedzi/<key>/poprawka/podsumowanie", "correct_summary", view_func=correcting.summary, methods=BOTH
)
staff.add_url_rule("/odpowiedzi/<key>/poprawka/porzuc", "correct_discard", view_func=correcting.discard, methods=POST)
staff.add_url_rule("/odpowiedzi/<key>/audyt", view_func=auditing.audited)
staff.add_url_rule("/odpowiedzi/<key>/audyt.pdf", view_func=auditing.audit_pdf)
staff.add_url_rule("/odpowiedzi/<key>/audyt/porownanie", view_func=auditing.audit_compare)
staff.add_url_rule(
    "/odpowiedzi/<key>/audyt/rekomendacje/<int:recommendation_id>", view_func=auditing.audit_follow, methods=POST
)
staff.add_url_rule("/bariery", view_func=barriers.barriers)
staff.add_url_rule("/rekomendacje", view_func=recommendations.recommendations)
staff.add_url_rule("/bariery.csv", view_func=barriers.barriers_csv)
staff.add_url_rule("/rekomendacje.csv", view_func=recommendations.recommendations_csv)
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
staff.add_url_rule("/odpowiedzi/<key>/podpis/<int:correction>.pdf", view_func=signed_paper)
staff.add_url_rule("/prywatnosc", view_func=privacy.privacy)
staff.add_url_rule("/prywatnosc/osoba", view_func=person.privacy_person, methods=BOTH)
staff.add_url_rule("/prywatnosc/osoba/kopia", view_func=copying.privacy_copy, methods=POST)
staff.add_url_rule("/prywatnosc/osoba/usun", view_func=privacy_erasing.privacy_erase, methods=POST)
staff.add_url_rule("/prywatnosc/protokoly/<int:protocol_id>", view_func=privacy_erasing.privacy_protocol)
staff.add_url_rule("/prywatnosc/protokoly/<int:protocol_id>.pdf", view_func=privacy_erasing.privacy_protocol_pdf)
staff.add_url_rule("/prywatnosc/rejestr", view_func=privacy_register.privacy_register)
staff.add_url_rule("/prywatnosc/rejestr.<format>", view_func=privacy_register.privacy_register_file)
staff.add_url_rule("/formularze/<slug>/zgody", "consents", view_func=consents.consents_page)
staff.add_url_rule("/formularze/<slug>/zgody.csv", view_func=consents.consents_csv)
staff.add_url_rule("/formularze/<slug>/zgody/tekst/<text_hash>", view_func=consents.consents_text)
