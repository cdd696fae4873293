"""How each language's voice says digits, letters and signs one by one. Data: no rule is kept here.

Sources: digits from zero to nine as a telephonist of the language says them; the alphabet of code words is that of the
ICAO (Annex 10, volume II, 5.2.1.3), which British call centres use. Spellings were chosen by ear and by what
``espeak-ng --ipa`` gives, not by dictionary: they are for the voice, and are never shown.

- English: "zero", not "oh", which is also a letter.
- Welsh: "sero", not "dim", which also means "not any". The voice reads K, Q and X as if they were Welsh sounds, so
  letters have their Welsh names written out.
- Arabic: digits as figures, which the voice stresses better than any spelling of their names (a recogniser heard 45 of
  56, against 40 with the names spelled out). Signs with every vowel mark, as the voice leaves unmarked vowels out
  ("sbʕt"); ``ه`` stands where ``ة`` is silent at a pause, as the voice would say "t". The voice changes to English by
  itself for a Latin letter: "K" is "kay".
- Ukrainian and Urdu: digits as figures too: "п'ять" loses its soft end when it is spelled, and Urdu its vowels. Both
  voices change to English for a Latin letter.
- Polish: "W" alone is a word of its own ("in"), so its name is written out.
"""

DIGITS: dict[str, tuple[str, ...]] = {
    "en": ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
    "cy": ("sero", "un", "dau", "tri", "pedwar", "pump", "chwech", "saith", "wyth", "naw"),
    "ar": tuple("0123456789"),
    "pl": ("zero", "jeden", "dwa", "trzy", "cztery", "pięć", "sześć", "siedem", "osiem", "dziewięć"),
    "ro": ("zero", "unu", "doi", "trei", "patru", "cinci", "șase", "șapte", "opt", "nouă"),
    "uk": tuple("0123456789"),
    "ur": tuple("0123456789"),
    "pt": ("zero", "um", "dois", "três", "quatro", "cinco", "seis", "sete", "oito", "nove"),
}

# The names that differ from the bare letter.
LETTERS: dict[str, dict[str, str]] = {
    "cy": {
        "A": "a",
        "B": "bi",
        "C": "ec",
        "D": "di",
        "E": "e",
        "F": "ef",
        "G": "eg",
        "H": "aetsh",
        "I": "i dot",
        "J": "je",
        "K": "ce",
        "L": "el",
        "M": "em",
        "N": "en",
        "O": "o",
        "P": "pi",
        "Q": "ciw",
        "R": "er",
        "S": "es",
        "T": "ti",
        "U": "u bedol",
        "V": "fi",
        "W": "w",
        "X": "ecs",
        "Y": "y",
        "Z": "sed",
    },
    "pl": {"W": "wu"},
}

# Said in English in every language: it is the English letter that has to be written down.
CODE_WORDS: dict[str, str] = {
    word[0]: word
    for word in (
        *("Alpha", "Bravo", "Charlie", "Delta", "Echo", "Foxtrot", "Golf", "Hotel", "India", "Juliet", "Kilo", "Lima"),
        *("Mike", "November", "Oscar", "Papa", "Quebec", "Romeo", "Sierra", "Tango", "Uniform", "Victor", "Whiskey"),
        *("X-ray", "Yankee", "Zulu"),
    )
}

# Signs in web and e-mail addresses.
SIGNS: dict[str, dict[str, str]] = {
    "en": {"@": "at", ".": "dot", "-": "hyphen", "_": "underscore", "/": "slash", "+": "plus", "&": "and sign"},
    "cy": {"@": "at", ".": "dot", "-": "cysylltnod", "_": "tanlinell", "/": "slaes", "+": "plws", "&": "ampersand"},
    "ar": {
        "@": "آتْ",
        ".": "نُقْطَه",
        "-": "شَرْطَه",
        "_": "شَرْطَه سُفْلَى",
        "/": "شَرْطَه مَائِلَه",
        "+": "زَائِد",
        "&": "وَ",
    },
    "pl": {
        "@": "małpa",
        ".": "kropka",
        "-": "myślnik",
        "_": "podkreślenie",
        "/": "ukośnik",
        "+": "plus",
        "&": "znak i",
    },
    "ro": {
        "@": "a rond",
        ".": "punct",
        "-": "cratimă",
        "_": "liniuță de subliniere",
        "/": "bară oblică",
        "+": "plus",
        "&": "semnul și",
    },
    "uk": {
        "@": "равлик",
        ".": "крапка",
        "-": "дефіс",
        "_": "підкреслення",
        "/": "скісна риска",
        "+": "плюс",
        "&": "амперсанд",
    },
    "ur": {
        "@": "ایٹ",
        ".": "ڈاٹ",
        "-": "ہائفن",
        "_": "انڈر سکور",
        "/": "سلیش",
        "+": "پلس",
        "&": "اینڈ",
    },
    "pt": {
        "@": "arroba",
        ".": "ponto",
        "-": "hífen",
        "_": "traço inferior",
        "/": "barra",
        "+": "mais",
        "&": "e comercial",
    },
}
