"""What the cases show when counted: the dashboard, the check of quality, exports."""

from flask import Flask

from app.measures import models as models


def init_app(app: Flask) -> None:
    from app.dispatch.actions import add_to_sweep
    from app.measures import figures, publishing, sampling
    from app.measures.commands import measures_commands
    from app.measures.export_routes import taking_out
    from app.measures.measures_routes import measures
    from app.measures.quality_routes import quality

    for pages in (measures, quality, taking_out):
        app.register_blueprint(pages)
    app.cli.add_command(measures_commands)
    add_to_sweep(app, figures.sweep)
    add_to_sweep(app, sampling.sweep)
    add_to_sweep(app, publishing.sweep)
