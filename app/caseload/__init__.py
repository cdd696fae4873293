"""Staff pages: the queue, one case, its letters; and recording what came by another way."""

from flask import Flask

from app.caseload import models as models
from app.cases.holidays import recount_after_new_holidays
from app.cases.missed import mark_all_missed
from app.dispatch.actions import add_to_sweep
from app.landlords.standards import current_landlord
from app.letters.translating import before_writing_anew


def init_app(app: Flask) -> None:
    # Adds ``cases record`` to the commands of the cases.
    from app.caseload import absence_routes as absence_routes
    from app.caseload import access_routes as access_routes
    from app.caseload import action_list_routes as action_list_routes
    from app.caseload import action_routes as action_routes
    from app.caseload import answer_routes as answer_routes
    from app.caseload import appointment_routes as appointment_routes
    from app.caseload import approval_routes as approval_routes
    from app.caseload import braille_routes as braille_routes
    from app.caseload import call_in_vain_routes as call_in_vain_routes
    from app.caseload import call_interpreter_routes as call_interpreter_routes
    from app.caseload import catalogue_door_routes as catalogue_door_routes
    from app.caseload import catalogue_file_routes as catalogue_file_routes
    from app.caseload import catalogue_sentence_routes as catalogue_sentence_routes
    from app.caseload import commands as commands
    from app.caseload import complaint_answer_routes as complaint_answer_routes
    from app.caseload import complaint_routes as complaint_routes
    from app.caseload import conversation_routes as conversation_routes
    from app.caseload import dates_routes as dates_routes
    from app.caseload import draft_routes as draft_routes
    from app.caseload import ending_routes as ending_routes
    from app.caseload import format_routes as format_routes
    from app.caseload import hand_over_routes as hand_over_routes
    from app.caseload import hazard_routes as hazard_routes
    from app.caseload import identity_routes as identity_routes
    from app.caseload import incoming_translation_routes as incoming_translation_routes
    from app.caseload import interpreter_routes as interpreter_routes
    from app.caseload import looking_routes as looking_routes
    from app.caseload import mailing_letter_routes as mailing_letter_routes
    from app.caseload import menu
    from app.caseload import needs_review_routes as needs_review_routes
    from app.caseload import needs_routes as needs_routes
    from app.caseload import notice_act_routes as notice_act_routes
    from app.caseload import notice_calendar_routes as notice_calendar_routes
    from app.caseload import notice_look_routes as notice_look_routes
    from app.caseload import notice_routes as notice_routes
    from app.caseload import page_review_routes as page_review_routes
    from app.caseload import plan_routes as plan_routes
    from app.caseload import praise_routes as praise_routes
    from app.caseload import queue_routes as queue_routes
    from app.caseload import report_routes as report_routes
    from app.caseload import same_matter_routes as same_matter_routes
    from app.caseload import saved_view_routes as saved_view_routes
    from app.caseload import search_routes as search_routes
    from app.caseload import sending_routes as sending_routes
    from app.caseload.call_back_routes import call_back_desk
    from app.caseload.catalogue_routes import catalogues
    from app.caseload.contact_log_routes import contact_log
    from app.caseload.file_routes import caseload
    from app.caseload.mailing_routes import mailing_desk
    from app.caseload.notice_desk_routes import notice_desk
    from app.caseload.paragraph_routes import standard_paragraphs
    from app.caseload.search_routes import may_search
    from app.caseload.team_routes import teams
    from app.caseload.translation_routes import translations
    from app.caseload.translations import still_holds
    from app.caseload.waiting_routes import waiting_desk

    # The search box stands on the pages of every room of staff.
    app.jinja_env.globals["may_search"] = may_search
    menu.init_app(app)
    before_writing_anew(app, still_holds)
    add_to_sweep(app, mark_all_missed)
    add_to_sweep(app, lambda now: recount_after_new_holidays(current_landlord(), now))
    app.register_blueprint(caseload)
    app.register_blueprint(contact_log)
    app.register_blueprint(call_back_desk)
    app.register_blueprint(mailing_desk)
    app.register_blueprint(teams)
    app.register_blueprint(translations)
    app.register_blueprint(catalogues)
    app.register_blueprint(standard_paragraphs)
    app.register_blueprint(notice_desk)
    app.register_blueprint(waiting_desk)
