"""A letter as an email: its words as text and as HTML, and the file that the tenant needs.

The subject says nothing of what it is about: others may see it on a screen.
"""

import email.utils
import smtplib
import ssl
from datetime import datetime
from urllib.parse import urlsplit

from email_validator import EmailNotValidError, validate_email
from flask import current_app
from flask_babel import gettext as _
from flask_mailman import EmailMultiAlternatives
from flask_mailman.backends.smtp import EmailBackend
from flask_mailman.utils import DNS_NAME
from markupsafe import Markup

from app import formats
from app.cases.sensitive import is_sensitive
from app.dispatch.models import Message
from app.dispatch.needs_met import is_ruled_out
from app.formats import text
from app.formats.document import FormatRefused, parse
from app.formats.html import page_of
from app.formats.markup import Setting
from app.landlords.standards import current_landlord
from app.languages import LANGUAGES, speaking
from app.letters import facts, links
from app.letters.actions import document_of, landlord_of, made_file, needed_format, path_of
from app.letters.models import Letter, LetterFile
from app.letters.storage import write_whole

# What is worth attaching: the email itself is text and HTML, plain print says no more, and a CD is posted.
ATTACHED = ("large-print", "audio", "wav", "talking-book", "braille", "pef")
# Many servers refuse an email of more than 10 MB, and a file grows by a third on its way.
LARGEST_ATTACHMENT = 7_000_000  # bytes
LARGE_SOUND = ("wav", "talking-book")  # "audio" says the same in an eighth of the bytes


class WillNeverBeTaken(Exception):
    """The receiving server refused this message for good (RFC 5321, 5yz), or there is no such address."""


class VerifyingSmtp(EmailBackend):
    """Looks at the server's certificate before it says anything secret, and may fail to say goodbye."""

    connection: smtplib.SMTP | None

    def open(self) -> bool:
        if self.connection:
            return False
        connection = smtplib.SMTP(self.host, self.port, local_hostname=DNS_NAME.get_fqdn(), timeout=self.timeout)
        self.connection = connection
        if self.use_tls:
            connection.starttls(context=ssl.create_default_context())
        if self.username and self.password:
            connection.login(self.username, self.password)
        return True

    def close(self) -> None:
        """Once the server has taken the message, it is sent: trouble in parting is no reason to send it again."""
        connection, self.connection = self.connection, None
        if connection is None:
            return
        try:
            connection.quit()
        except (OSError, smtplib.SMTPException):
            connection.close()


def compose(message: Message, at: datetime) -> EmailMultiAlternatives:
    """The email for this message. Makes the file that the tenant needs, if it has to: that commits.

    Raises WillNeverBeTaken for an address that is none, and for a way that is not safe any more; what making raises,
    but for FormatRefused: then the words go without the file.
    """
    address = _address(message)
    letter = message.letter
    if letter is None:
        return _compose_words(message, address)
    if is_ruled_out(letter.case.tenant.needs, message.channel, message.unmet):  # they told us since it was written
        raise WillNeverBeTaken("the tenant told us that this way is not safe")
    attachment = _attachment(letter, at)
    landlord = landlord_of(letter.case)
    settings = current_app.config["LETTERBOX"]
    document = document_of(letter, landlord)
    with speaking(letter.language):
        # Translators: the subject of an email. It must not say what the letter is about: others may see it.
        subject = _(
            "A letter from %(landlord)s: %(reference)s",
            landlord=landlord.name,
            reference=text.island(letter.case.reference, letter.language),
        )
        where = _on_our_site(letter, message)
    words = formats.make("text", document).content.decode()
    mail = EmailMultiAlternatives(
        subject=subject,
        body="\r\n".join([words.rstrip("\r\n"), "", *where, ""]) if where else words,
        from_email=email.utils.formataddr((landlord.name, settings.mail_sender)),
        to=[address],
        reply_to=[landlord.email],
        headers={
            "Message-ID": message.message_id,
            "Date": email.utils.format_datetime(message.created_at),
            "Content-Language": letter.language,
            "Auto-Submitted": "auto-generated",
        },
    )
    mail.attach_alternative(page_of(document, _as_a_paragraph(where)), "text/html")
    if attachment:
        mail.attach(*attachment)
    return mail


def _on_our_site(letter: Letter, message: Message) -> tuple[str, str] | None:
    """Words and an address; none where somebody may look over the tenant's shoulder at what the browser remembers."""
    if is_sensitive(letter.case):
        return None
    day = facts.day_in_words(links.over_at(message.created_at))
    # Translators: below a letter in an email; the address of the page follows on a line of its own.
    words = _(
        "You can also hear this letter, or get it in large print or braille, on our website until %(day)s:", day=day
    )
    return words, links.address_of(letter, message.created_at)


def _as_a_paragraph(where: tuple[str, str] | None) -> Markup:
    if where is None:
        return Markup("")
    words, address = where
    return Markup('<p>{}<br>\n<a href="{}" dir="ltr">{}</a></p>').format(words, address, address)


def _compose_words(message: Message, address: str) -> EmailMultiAlternatives:
    """A few words of our own, as text and as HTML."""
    landlord = landlord_of(message.case) if message.case else current_landlord()
    settings, language = current_app.config["LETTERBOX"], message.language or landlord.languages[0]
    blocks = parse(message.words or "", language) if message.is_set_out else ()
    words = text.written(blocks, language) if message.is_set_out else message.words
    mail = EmailMultiAlternatives(
        subject=message.subject,
        body=f"{words}\n\n{landlord.name}\n",
        from_email=email.utils.formataddr((landlord.name, settings.mail_sender)),
        to=[address],
        reply_to=[landlord.email],
        headers={
            "Message-ID": message.message_id,
            "Date": email.utils.format_datetime(message.created_at),
            "Content-Language": language,
            "Auto-Submitted": "auto-generated",
            **_ways_to_end(message),
        },
    )
    page = current_app.jinja_env.get_template("dispatch/words.html").render(
        subject=message.subject,
        paragraphs=() if message.is_set_out else (message.words or "").split("\n\n"),
        set_out=Setting(is_right_to_left=LANGUAGES[language].is_right_to_left).blocks(blocks),
        language=LANGUAGES[language],
        landlord=landlord,
    )
    mail.attach_alternative(page, "text/html")
    return mail


def _ways_to_end(message: Message) -> dict[str, str]:
    """What mail programs make a button of (RFC 2369, RFC 8058). One press, and no page to go through."""
    if not message.unsubscribe:
        return {}
    return {
        "List-Unsubscribe": f"<{message.unsubscribe}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "List-Id": f"<notices.{urlsplit(message.unsubscribe).hostname}>",
    }


def _address(message: Message) -> str:
    try:
        return validate_email(message.address, check_deliverability=False).normalized
    except EmailNotValidError as problem:
        raise WillNeverBeTaken(f"{message.address!r} is not an email address: {problem}") from problem


def deliver(mail: EmailMultiAlternatives) -> None:
    """Hand the email over: to the mail server, or with none set to a file below outgoing/.

    The file's name is the message's id: however often it is tried, there is one. Raises WillNeverBeTaken; smtplib's
    errors and OSError where it may be tried again.
    """
    settings = current_app.config["LETTERBOX"]
    if settings.mail_server:
        _hand_to_server(mail)
        return
    path = settings.outgoing_path / f"{mail.extra_headers['Message-ID'].strip('<>')}.eml"
    if not path.exists():
        write_whole(path, mail.message().as_bytes())


def _hand_to_server(mail: EmailMultiAlternatives) -> None:
    try:
        with VerifyingSmtp() as server:
            server.send_messages([mail])
    except smtplib.SMTPRecipientsRefused as refused:
        code, words = next(iter(refused.recipients.values()))
        _refuse_for_good(code, words)
        raise
    except smtplib.SMTPDataError as refused:
        _refuse_for_good(refused.smtp_code, refused.smtp_error)
        raise
    # A sender, a password or a greeting that is refused is our own setting's fault, not this message's: tried again.


def _refuse_for_good(code: int, words: bytes | str) -> None:
    if code >= 500:
        said = words.decode(errors="replace") if isinstance(words, bytes) else words
        raise WillNeverBeTaken(f"{code} {said}")


def _attachment(letter: Letter, at: datetime) -> tuple[str, bytes, str] | None:
    format_name, choice = needed_format(letter.case)
    if format_name not in ATTACHED:
        return None
    try:
        file = made_file(letter, format_name, choice, at)
        if _is_too_large(file):  # it would cost the whole email
            if not is_sensitive(letter.case):
                return None  # the link below the letter leads to it
            if format_name in LARGE_SOUND:
                file = made_file(letter, "audio", choice, at)
            if _is_too_large(file):
                raise WillNeverBeTaken("the file that the tenant needs is too large for an email")
    except FormatRefused:
        return None  # said in the case's history: a colleague finds another way
    path = path_of(file)
    return f"{letter.case.reference}{path.suffix}", path.read_bytes(), file.media_type or "application/octet-stream"


def _is_too_large(file: LetterFile) -> bool:
    return file.size is not None and file.size > LARGEST_ATTACHMENT
