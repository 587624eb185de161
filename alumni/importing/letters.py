"""Which encoding makes words of a list's bytes: names in a language that is written so.

A statistic of letters needs pages of text. A list has a name or two with an accent, and whether
“Peña”, “Pe§a” or “Peńa” is a name can be told from one: by the alphabets of the languages.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

# Letters beyond a to z, by language. The first languages are those of most lists.
WESTERN = (
    "áéíñóúü", "àâæçéèêëîïôœùûüÿ", "äöüß", "áàâãçéêíóôõúü", "àèéìíòóùú", "æøåéäöü", "éëïöüáíóèê",
    "áéíóúýþðæö", "àçéèíïóòúü", "âêîôû",
)  # fmt: skip
CENTRAL = ("ąćęłńóśźż", "áčďéěíňóřšťúůýž", "áäčďéíĺľňóôŕšťúýž", "áéíóöőúüű", "ăâîşţ", "čćđšž")
LANGUAGES = {
    "cp1252": WESTERN,
    "mac_roman": WESTERN,
    "cp850": WESTERN,
    "iso8859-15": WESTERN,
    "cp1250": CENTRAL,
    "mac_latin2": CENTRAL,
    "iso8859-2": CENTRAL,
    "cp852": CENTRAL,
    "cp1254": ("çğıöşüâîû",),
    "cp1257": ("ąčęėįšųūž", "āčēģīķļņšūž", "äõöšüž"),
    "cp1255": ("אבגדהוזחטיךכלםמןנסעףפץצקרשת",),
    "cp1251": ("абвгдеёжзийклмнопрстуфхцчшщъыьэюя", "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя"),
    "koi8_r": ("абвгдеёжзийклмнопрстуфхцчшщъыьэюя",),
    "mac_cyrillic": ("абвгдеёжзийклмнопрстуфхцчшщъыьэюя",),
    "cp1253": ("αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋΐΰ",),
    "iso8859-7": ("αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋΐΰ",),
    "cp1256": ("ابتثجحخدذرزسشصضطظعغفقكلمنهويةىءآأؤإئپچژگ",),
}
# Two bytes to a sign: each encoding with the range of its usual signs. All of Korean's are usual in
# Chinese as well, and not the other way round: it is asked first. Only kana tell Unix's
# Japanese from Chinese.
PAIRED = {
    "cp932": (b"\x88\x9f", b"\x98\x72"),
    "cp949": (b"\xb0\xa1", b"\xc8\xfe"),
    "gb18030": (b"\xb0\xa1", b"\xd7\xf9"),
    "euc_jp": (b"\xb0\xa1", b"\xcf\xd3"),
    "big5hkscs": (b"\xa4\x40", b"\xc6\x7e"),
}
WITH_KANA = {"cp932", "euc_jp"}
# As no name has them: Greek that was taken for Russian, or the other way round.
TOO_MANY_CONSONANTS = re.compile(
    "[бвгджзйклмнпрстфхцчшщъь]{4}|[βγδζθκλμνξπρσςτφχψ]{4}", re.IGNORECASE
)
# In Icelandic it begins a word. “Ayþe” was Ayşe, in Turkish.
THORN_WITHIN = re.compile(r"(?<=[^\W\d_])[þÞ]")
# “Àííà” was Anna, in Russian.
ACCENTS_ALONE = re.compile("[\u00c0-\u024f]{3,}")
WITHIN_LATIN = re.compile("[A-Za-z][^\x00-\x7f]+[A-Za-z]")
KANA = re.compile("[\u3041-\u30ff々〇]")
# Thai writes most vowels and all tones above or below a consonant. By that it is told from other
# alphabets: nearly every byte is one of its letters, and few rows of letters can be pronounced.
THAI, THAI_MARKS = "cp874", "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
THAI_WORD = re.compile(
    "(?:[เแโใไ]?[กขคฆงจฉชซฌญฎ-ฮฤ][\u0e31\u0e34-\u0e39\u0e47]?[\u0e48-\u0e4c]?[ะาำ]?)+[ๆฯ]?"
)
THAI_VOWEL = re.compile(f"[เแโใไะาำ{THAI_MARKS}]")
_LETTERS = rf"(?:[^\W\d_]|[{THAI_MARKS}])+"
WORD = re.compile(rf"{_LETTERS}(?:['’.\-–—]{_LETTERS})*|\S")
WITHIN_A_NAME = re.compile("[A-Za-z]+(?:’[A-Za-z]+)+")
FOREIGN = re.compile(r"[^\x00-\x7f]")
# Of words beyond ASCII. More tell no more.
WORDS_READ = 400
# A name in a language, letters of none, and what stands in no name.
NAME, FAIR, LETTERS, NOISE = 1.0, 0.7, 0.2, -1.0
GOOD_ENOUGH = 0.6
# A rarer language must make better sense than one that most lists are written in.
PRIOR = {"cp1252": 0.03, "mac_roman": 0.02, "cp850": 0.01, THAI: -0.05}
# Worth more than any prior.
OF_ONE_LANGUAGE = 0.04
WITHIN = set("’–—")
PUNCTUATION = set("’‘“”–—…•·©®°£€¼½¾¡¿«»")


def likeliest(lines: Sequence[bytes]) -> str | None:
    """The encoding that makes most sense of these lines, or None when none makes enough.

    The lines are those with a byte above 127, whole.
    """
    scores = {
        encoding: _score(lines, encoding) + PRIOR.get(encoding, 0)
        for encoding in [*LANGUAGES, *PAIRED, THAI]
    }
    best = max(scores, key=scores.__getitem__)
    return best if scores[best] >= GOOD_ENOUGH else None


def _score(lines: Sequence[bytes], encoding: str) -> float:
    """How much of what is not ASCII is names, from -1 to 1."""
    try:
        words = list(_words(line.decode(encoding) for line in lines))
    except UnicodeDecodeError:
        return NOISE
    if encoding == THAI:
        sense = _sense_of_thai
    else:
        sense = _sense_of_signs if encoding in PAIRED else _sense_of_letters
    score = sum(sense(word, encoding) for word in words) / max(1, len(words))
    return score + (OF_ONE_LANGUAGE if _is_of_one_language(words, encoding) else 0)


def _is_of_one_language(words: Iterable[str], encoding: str) -> bool:
    """“Ayşe Doğan” is Turkish; “Ayţe Dođan” would be a Romanian and a Croat."""
    letters = {sign for word in words for sign in _lower(word) if sign.isalpha()}
    foreign = {sign for sign in letters if not sign.isascii()}
    return any(foreign <= set(alphabet) for alphabet in LANGUAGES.get(encoding, ()))


def _lower(word: str) -> str:
    """Python makes two signs of a small “İ”."""
    return word.replace("İ", "ı").lower()


def _words(lines: Iterable[str]) -> Iterator[str]:
    found = 0
    for line in lines:
        for word in WORD.findall(line):
            if FOREIGN.search(word):
                yield word
                found += 1
        if found >= WORDS_READ:
            return


def _sense_of_letters(word: str, encoding: str) -> float:
    if len(word) == 1:
        # “Š” alone may have been a ©: no name.
        return FAIR if word.lower() in PUNCTUATION.union(*LANGUAGES[encoding]) else NOISE
    signs = {sign for sign in _lower(word) if not sign.isascii()}
    letters = set(filter(str.isalpha, signs))
    if signs - letters - WITHIN:
        return NOISE  # “Œwi¹tek”: digits above the line, in a name.
    if not letters:
        return FAIR if WITHIN_A_NAME.fullmatch(word) else LETTERS
    alphabets = LANGUAGES[encoding]
    if not any(letters & set(alphabet) for alphabet in alphabets):
        return NOISE
    if is_of_two_scripts(word) or _has_a_capital_within(word):
        return NOISE
    if TOO_MANY_CONSONANTS.search(word) or ACCENTS_ALONE.fullmatch(word):
        return LETTERS
    is_turkish = alphabets is WESTERN and THORN_WITHIN.search(word)
    if is_turkish or (word[0].islower() and not word[0].isascii()):
        return LETTERS  # In a list of names, rather a capital that was read wrongly.
    # Portuguese has õ in front of e; elsewhere in a name it was Hungarian.
    letters = letters if "õ" not in letters or "õe" in word.lower() else letters | {"ő"}
    return NAME if any(letters <= set(alphabet) for alphabet in alphabets) else LETTERS


def is_of_two_scripts(word: str) -> bool:
    return any(map(str.isascii, filter(str.isalpha, word))) and not any(
        "\u00c0" <= sign <= "\u024f" for sign in word
    )


def _has_a_capital_within(word: str) -> bool:
    """“McDonald” has and may; “PeÑa”, “HÜkon” and “OíBrien” are no names."""
    if word.isupper():
        return False
    return any(
        before.isalpha() and sign.isupper() and not (sign.isascii() and before.isascii())
        for before, sign in pairwise(word)
    )


def _sense_of_signs(word: str, encoding: str) -> float:
    if WITHIN_LATIN.search(word):
        return NOISE  # An apostrophe and the letter behind it, taken for one sign.
    first, last = PAIRED[encoding]
    signs = [sign for sign in word if not sign.isascii()]
    usual = sum(
        first <= sign.encode(encoding) <= last
        or (encoding in WITH_KANA and bool(KANA.fullmatch(sign)))
        for sign in signs
    )
    return NAME if usual == len(signs) else LETTERS if usual * 2 > len(signs) else NOISE


def _sense_of_thai(word: str, encoding: str) -> float:
    if not THAI_WORD.fullmatch(word):
        return NOISE
    return NAME if THAI_VOWEL.search(word) else LETTERS
