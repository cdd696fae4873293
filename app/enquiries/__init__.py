"""Questions to the landlord: the topics, what may answer them first, and hazards named in them."""

from flask import Flask


def init_app(app: Flask) -> None:
    from app.enquiries.format_routes import page_formats
    from app.enquiries.routes import enquiries
    from app.enquiries.topics import topic_of

    app.add_template_global(topic_of, "enquiry_topic")
    app.register_blueprint(enquiries)
    app.register_blueprint(page_formats)
