"""Letters to try the formats on, as a letter template would give them: one in each language, and a hostile one.

``sample("ar")`` is an acknowledgement; ``letter(...)`` builds any other.
"""

from app.formats.document import Block, Document, Fact, Sender, parse

PHONE = Fact("phone", "0300 111 3000", "+443001113000")
EMAIL = Fact("email", "complaints@landlord.example", "complaints@landlord.example")
REFERENCE = Fact("reference", "K7M4-QX9T", "K7M4-QX9T")
SENDER = Sender("Harbour Homes", ("1 Wellington Way", "Skypark", "Exeter", "EX5 2FZ"), PHONE, EMAIL)
ADDRESS = ("14 Orchard Close", "Flat 2", "Newton Abbot", "TQ12 4AB")

ENGLISH = """
<p>Dear Anna Nowak,</p>
<p>Thank you for telling us what went wrong. We have made a complaint for you. Its reference is
<data class="reference" value="K7M4-QX9T">K7M4-QX9T</data>. Please give it when you write or ring.</p>
<h2>What we understood</h2>
<blockquote>
The boiler has been broken since October and nobody came.
I rang 3 times. My phone is 07700 900123.
</blockquote>
<p>You would like us to mend the boiler, and to say sorry.</p>
<h2>What happens next</h2>
<p><strong>Siân Ŵyn-Rŷs</strong> looks after your complaint. You will have our answer by:</p>
<p><time datetime="2026-12-29T17:00">Tuesday 29 December 2026</time></p>
<p>If we need more time, we will write before that date and say why.</p>
<ol>
<li>We look at what happened.</li>
<li>We talk with you, at a time that is <strong>safe</strong> for you.</li>
<li>We write to you with our decision and our reasons.</li>
</ol>
<h2>If you are not happy with how we do this</h2>
<p>Ring us on <data class="phone" value="+443001113000">0300 111 3000</data>, or write to
<a href="mailto:complaints@landlord.example">complaints@landlord.example</a>.</p>
<h3>The Housing Ombudsman</h3>
<p>The Ombudsman is free and takes no sides. You can ask the Ombudsman for help at any time:</p>
<ul>
<li>telephone <data class="phone" value="+443001113000">0300 111 3000</data></li>
<li>website <a href="https://www.ombudsman.example">www.ombudsman.example</a></li>
</ul>
<address>Housing Ombudsman Service<br>PO Box 1484<br>Unit D<br>Preston<br>
<data class="postcode">PR2 0ET</data></address>
<p>Yours sincerely,</p>
<p>Siân Ŵyn-Rŷs</p>
"""

WELSH = """
<p>Annwyl Anna Nowak,</p>
<p>Diolch am ddweud wrthym beth aeth o'i le. Rydym wedi agor cwyn i chi. Y cyfeirnod yw
<data class="reference" value="K7M4-QX9T">K7M4-QX9T</data>. Rhowch ef pan fyddwch yn ysgrifennu neu'n ffonio.</p>
<h2>Yr hyn a ddeallwyd gennym</h2>
<blockquote lang="en">
The boiler has been broken since October and nobody came.
</blockquote>
<p>Hoffech i ni drwsio'r boeler, ac ymddiheuro. Mae'r tŷ a'r dŵr yn oer.</p>
<h2>Beth sy'n digwydd nesaf</h2>
<p><strong>Siân Ŵyn-Rŷs</strong> sy'n gofalu am eich cwyn. Cewch ein hateb erbyn:</p>
<p><time datetime="2026-12-29T17:00">Dydd Mawrth, 29 Rhagfyr 2026</time></p>
<ol>
<li>Edrychwn ar yr hyn a ddigwyddodd.</li>
<li>Siaradwn â chi ar amser sy'n <strong>ddiogel</strong> i chi.</li>
</ol>
<p>Ffoniwch ni ar <data class="phone" value="+443001113000">0300 111 3000</data>, neu ysgrifennwch at
<a href="mailto:complaints@landlord.example">complaints@landlord.example</a>.</p>
<address>Housing Ombudsman Service<br>PO Box 1484<br>Preston<br>PR2 0ET</address>
<p>Yn gywir,</p>
<p>Siân Ŵyn-Rŷs</p>
"""

ARABIC = """
<p>عزيزتي Anna Nowak،</p>
<p>شكرًا لإخبارنا بما حدث. لقد سجّلنا شكوى باسمك، ورقمها
<data class="reference" value="K7M4-QX9T">K7M4-QX9T</data>. يُرجى ذكره عندما تكتبين إلينا أو تتصلين بنا.</p>
<h2>ما فهمناه منك</h2>
<blockquote>
الغلاية معطلة منذ شهر أكتوبر ولم يأتِ أحد.
اتصلت بكم 3 مرات. رقم هاتفي 07700 900123 وعنواني 14 Orchard Close.
</blockquote>
<blockquote lang="en">
The boiler in Flat 2 is broken.
</blockquote>
<p>تريدين منا أن نصلح الغلاية وأن نعتذر.</p>
<h2>ما الذي سيحدث بعد ذلك</h2>
<p>سيتولى <strong>سامي الحداد</strong> شكواك. سيصلك ردنا في موعد أقصاه:</p>
<p><time datetime="2026-12-29T17:00">الثلاثاء، 29 ديسمبر 2026</time></p>
<p>إذا احتجنا إلى مزيد من الوقت فسنكتب إليك قبل هذا التاريخ ونذكر السبب.</p>
<ol>
<li>ننظر فيما حدث.</li>
<li>نتحدث معك في وقت <strong>آمن</strong> لك.</li>
<li>نكتب إليك بقرارنا وأسبابه.</li>
</ol>
<h2>إذا لم تكوني راضية عن ذلك</h2>
<p>اتصلي بنا على <data class="phone" value="+443001113000">0300 111 3000</data> أو اكتبي إلى
<a href="mailto:complaints@landlord.example">complaints@landlord.example</a>.</p>
<h3>أمين المظالم السكنية</h3>
<ul>
<li>الهاتف <data class="phone" value="+442920000000">029 2000 0000</data></li>
<li>الموقع <a href="https://www.ombudsman.example">www.ombudsman.example</a></li>
</ul>
<address>Housing Ombudsman Service<br>PO Box 1484<br>Unit D<br>Preston<br>
<data class="postcode">PR2 0ET</data></address>
<p>مع خالص التحية،</p>
<p>سامي الحداد</p>
"""

POLISH = """
<p>Szanowna Pani Anna Nowak,</p>
<p>Dziękujemy za wiadomość o tym, co się stało. Przyjęliśmy Pani skargę. Jej numer to
<data class="reference" value="K7M4-QX9T">K7M4-QX9T</data>. Prosimy podawać go w listach i przez telefon.</p>
<h2>Jak to rozumiemy</h2>
<blockquote>
Kocioł nie działa od października i nikt nie przyszedł.
Dzwoniłam 3 razy. Mój telefon: 07700 900123, mieszkanie 5a.
</blockquote>
<h2>Co będzie dalej</h2>
<p><strong>Siân Ŵyn-Rŷs</strong> zajmuje się Pani skargą. Odpowiemy do:</p>
<p><time datetime="2026-12-29T17:00">wtorek, 29 grudnia 2026</time></p>
<ol>
<li>Sprawdzimy, co się stało.</li>
<li>Porozmawiamy z Panią w <strong>bezpiecznej</strong> porze.</li>
</ol>
<p>Proszę zadzwonić pod numer <data class="phone" value="+443001113000">0300 111 3000</data> albo napisać na adres
<a href="mailto:complaints@landlord.example">complaints@landlord.example</a>.</p>
<address>Housing Ombudsman Service<br>PO Box 1484<br>Unit D<br>Preston<br>
<data class="postcode">PR2 0ET</data></address>
<p>Z poważaniem</p>
"""

ROMANIAN = """
<p>Stimată Anna Nowak,</p>
<p>Vă mulțumim că ne-ați spus ce s-a întâmplat. Am înregistrat plângerea dumneavoastră. Numărul ei este
<data class="reference" value="K7M4-QX9T">K7M4-QX9T</data>. Vă rugăm să îl spuneți când ne scrieți sau ne sunați.</p>
<h2>Ce am înțeles</h2>
<blockquote>
Centrala nu merge din octombrie și nu a venit nimeni.
Am sunat de 3 ori. Telefonul meu este 07700 900123, apartamentul 5a.
</blockquote>
<h2>Ce urmează</h2>
<p><strong>Siân Ŵyn-Rŷs</strong> se ocupă de plângerea dumneavoastră. Veți primi răspunsul până la:</p>
<p><time datetime="2026-12-29T17:00">marți, 29 decembrie 2026</time></p>
<ol>
<li>Vedem ce s-a întâmplat.</li>
<li>Vorbim cu dumneavoastră la o oră <strong>sigură</strong>.</li>
</ol>
<p>Sunați-ne la <data class="phone" value="+443001113000">0300 111 3000</data> sau scrieți la
<a href="mailto:complaints@landlord.example">complaints@landlord.example</a>.</p>
<address>Housing Ombudsman Service<br>PO Box 1484<br>Unit D<br>Preston<br>
<data class="postcode">PR2 0ET</data></address>
<p>Cu stimă</p>
"""

UKRAINIAN = """
<p>Шановна Anna Nowak!</p>
<p>Дякуємо, що розповіли нам, що сталося. Ми прийняли вашу скаргу. Її номер:
<data class="reference" value="K7M4-QX9T">K7M4-QX9T</data>. Називайте його, коли пишете або телефонуєте.</p>
<h2>Як ми це зрозуміли</h2>
<blockquote>
Котел зламаний із жовтня, і ніхто не прийшов.
Я дзвонила 3 рази. Мій телефон 07700 900123, квартира 5а.
</blockquote>
<h2>Що буде далі</h2>
<p><strong>Siân Ŵyn-Rŷs</strong> займається вашою скаргою. Ви отримаєте відповідь до:</p>
<p><time datetime="2026-12-29T17:00">вівторок, 29 грудня 2026 р.</time></p>
<ol>
<li>Ми з'ясуємо, що сталося.</li>
<li>Ми поговоримо з вами в <strong>безпечний</strong> час.</li>
</ol>
<p>Телефонуйте нам за номером <data class="phone" value="+443001113000">0300 111 3000</data> або пишіть на адресу
<a href="mailto:complaints@landlord.example">complaints@landlord.example</a>.</p>
<address>Housing Ombudsman Service<br>PO Box 1484<br>Unit D<br>Preston<br>
<data class="postcode">PR2 0ET</data></address>
<p>З повагою</p>
"""

URDU = """
<p>محترمہ Anna Nowak،</p>
<p>ہمیں بتانے کا شکریہ کہ کیا غلط ہوا۔ ہم نے آپ کی شکایت درج کر لی ہے۔ اس کا حوالہ نمبر ہے:
<data class="reference" value="K7M4-QX9T">K7M4-QX9T</data>۔ لکھتے یا فون کرتے وقت یہ نمبر ضرور بتائیں۔</p>
<h2>ہم نے کیا سمجھا</h2>
<blockquote>
بوائلر اکتوبر سے خراب ہے اور کوئی نہیں آیا۔
میں نے 3 بار فون کیا۔ میرا نمبر 07700 900123 ہے، پتا 14 Orchard Close۔
</blockquote>
<h2>اب کیا ہوگا</h2>
<p><strong>Siân Ŵyn-Rŷs</strong> آپ کی شکایت دیکھ رہی ہیں۔ آپ کو جواب اس تاریخ تک ملے گا:</p>
<p><time datetime="2026-12-29T17:00">منگل، 29 دسمبر، 2026</time></p>
<ol>
<li>ہم دیکھیں گے کہ کیا ہوا تھا۔</li>
<li>ہم آپ سے ایسے وقت بات کریں گے جو <strong>محفوظ</strong> ہو۔</li>
</ol>
<p>ہمیں فون کریں: <data class="phone" value="+443001113000">0300 111 3000</data> یا اس پتے پر لکھیں:
<a href="mailto:complaints@landlord.example">complaints@landlord.example</a>۔</p>
<address>Housing Ombudsman Service<br>PO Box 1484<br>Unit D<br>Preston<br>
<data class="postcode">PR2 0ET</data></address>
<p>آپ کے مخلص</p>
"""

PORTUGUESE = """
<p>Cara Anna Nowak,</p>
<p>Obrigado por nos dizer o que correu mal. Registámos a sua reclamação. A referência é
<data class="reference" value="K7M4-QX9T">K7M4-QX9T</data>. Indique-a quando escrever ou telefonar.</p>
<h2>O que entendemos</h2>
<blockquote>
A caldeira está avariada desde outubro e ninguém veio.
Telefonei 3 vezes. O meu número é 07700 900123, apartamento 5a.
</blockquote>
<h2>O que acontece a seguir</h2>
<p><strong>Siân Ŵyn-Rŷs</strong> está a tratar da sua reclamação. Terá a nossa resposta até:</p>
<p><time datetime="2026-12-29T17:00">terça-feira, 29 de dezembro de 2026</time></p>
<ol>
<li>Vemos o que aconteceu.</li>
<li>Falamos consigo a uma hora <strong>segura</strong>.</li>
</ol>
<p>Telefone-nos para o <data class="phone" value="+443001113000">0300 111 3000</data> ou escreva para
<a href="mailto:complaints@landlord.example">complaints@landlord.example</a>.</p>
<address>Housing Ombudsman Service<br>PO Box 1484<br>Unit D<br>Preston<br>
<data class="postcode">PR2 0ET</data></address>
<p>Com os melhores cumprimentos</p>
"""

TABLE = """
<table>
<caption>What we promised</caption>
<thead><tr><th scope="col">What</th><th scope="col">By when</th></tr></thead>
<tbody>
<tr><th scope="row">Mend the boiler</th><td><time datetime="2026-12-29T17:00">Tuesday 29 December 2026</time></td></tr>
<tr><th scope="row">Ring you</th><td><time datetime="2027-01-04T17:00">Monday 4 January 2027</time></td></tr>
</tbody>
</table>
"""

_LETTERS = {
    "en": ("We have your complaint", "Friday 11 December 2026", ENGLISH),
    "cy": ("Mae eich cwyn gennym", "Dydd Gwener, 11 Rhagfyr 2026", WELSH),
    "ar": ("وصلتنا شكواك", "الجمعة، 11 ديسمبر 2026", ARABIC),
    "pl": ("Mamy Pani skargę", "piątek, 11 grudnia 2026", POLISH),
    "ro": ("Am primit plângerea dumneavoastră", "vineri, 11 decembrie 2026", ROMANIAN),
    "uk": ("Ми отримали вашу скаргу", "пʼятниця, 11 грудня 2026 р.", UKRAINIAN),
    "ur": ("آپ کی شکایت ہمیں مل گئی ہے", "جمعہ، 11 دسمبر، 2026", URDU),
    "pt": ("Recebemos a sua reclamação", "sexta-feira, 11 de dezembro de 2026", PORTUGUESE),
}


def letter(
    html: str | tuple[Block, ...],
    *,
    language: str = "en",
    title: str = "A letter",
    dated: str = "Friday 11 December 2026",
    recipient: tuple[str, ...] = ("Anna Nowak", *ADDRESS),
    sender: Sender = SENDER,
) -> Document:
    return Document(
        title=title,
        language=language,
        sender=sender,
        recipient=recipient,
        dated=Fact("time", dated, "2026-12-11"),
        reference=REFERENCE,
        blocks=parse(html, language) if isinstance(html, str) else html,
    )


def sample(language: str) -> Document:
    """An acknowledgement in this language, of one page and a little more."""
    title, dated, html = _LETTERS[language]
    return letter(html, language=language, title=title, dated=dated)
