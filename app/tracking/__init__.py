"""Following a case without an account: where it stands, and what can be added or asked."""

from flask import Flask


def init_app(app: Flask) -> None:
    from app.complaints.joining import joined_to
    from app.journeys.leaving import also_forget

    # Their pages join those of routes.
    from app.tracking import adding_routes as adding_routes
    from app.tracking import files_routes as files_routes
    from app.tracking import password_routes as password_routes
    from app.tracking.letter_routes import letter_page
    from app.tracking.routes import tracking
    from app.tracking.sitting import COOKIE

    app.register_blueprint(tracking)
    app.register_blueprint(letter_page)
    app.add_template_global(joined_to, "case_joined_to")
    also_forget(app, lambda response: response.delete_cookie(COOKIE, path="/"))
