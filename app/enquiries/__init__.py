"""Questions to the landlord: the topics, what may answer them first, and hazards named in them."""

from flask import Flask


def init_app(app: Flask) -> None:
    from app.enquiries.dangers import danger_of, topic_of
    from app.enquiries.routes import enquiries

    app.add_template_global(topic_of, "enquiry_topic")
    app.add_template_global(danger_of, "danger_named")
    app.register_blueprint(enquiries)
