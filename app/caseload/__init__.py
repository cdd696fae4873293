from flask import Flask


def init_app(app: Flask) -> None:
    # Adds ``cases record`` to the commands of the cases.
    from app.caseload import record_command as record_command
