"""Which questions a patient's text holds (REQ 46): pure.

A help, not a judge: a question too many costs a tick, a question missed is still in the text beside the list. Found are
sentences that end with a question mark, sentences that have the form of a question in Dutch without one ("mag ik
sporten", "ik wil graag weten of ..."), and the items of a numbered list of questions.
"""

import hashlib
import re

MOST_QUESTIONS = 20
LONGEST_SHOWN = 300

_ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_NUMBER = re.compile(r"(?<=\d)[.,](?=\d)")
_SHORTENED = re.compile(
    r"\b(?:bijv|bv|o\.a|d\.w\.z|i\.v\.m|m\.b\.t|t\.a\.v|a\.u\.b|evt|ca|nr|enz|dr|drs|mw|mevr|dhr|tel|vs|max|min|mg|ml|incl"
    r"|resp|ivm|mbt|aub|m\.i|z\.s\.m|n\.a\.v|s\.v\.p)\.(?=\s+\S)",
    re.IGNORECASE,
)
# Signs of the private use area stand for what ends no sentence, and are put back afterwards.
_HIDDEN = {".": "\ue000", "?": "\ue001", "!": "\ue002", ",": "\ue003"}
_SHOWN = {code: sign for sign, code in _HIDDEN.items()}
_SENTENCE = re.compile(r"[^.?!]*[.?!]+[)\"'”’\]]*|[^.?!]+$")
_ITEM = re.compile(r"^\s*(?:(?:vraag\s*)?(?:\d{1,2}|[a-z])\s*[.):\-]|[-*•–])\s+", re.IGNORECASE)
_NUMBERED = re.compile(r"^\s*(?:vraag\s*)?(?:\d{1,2}|[a-z])\s*[.):\-]\s+", re.IGNORECASE)
_LIST_OF_QUESTIONS = re.compile(r"\b(?:vra(?:ag|gen)|vraagjes?|weten)\b", re.IGNORECASE)
_TAGS = {"toch", "hè", "he", "hé", "oke", "oké", "ok", "niet", "nee", "ja", "goed", "klopt dat", "of niet", "of wel"}
_PLEASANTRIES = {"alles goed", "hoe gaat het", "hoe gaat het met u", "hoe gaat het met jou", "hoe is het"}

# What may stand before a question without changing that it is one.
_BEFORE = re.compile(
    r"^(?:(?:beste|geachte|hallo|hoi|dag|goede(?:morgen|middag|navond)|goeden?\w*)\b[^,:!]*[,:!]\s*"
    r"|(?:en|maar|dus|of|ook|verder|daarnaast|graag|oh|o|ja|nee|nu|want|ten (?:eerste|tweede|derde)|p\.?s\.?)[,:]?\s+"
    r"|(?:mijn|de|een|nog een|andere|laatste) vra(?:ag|gen)(?: (?:is|zijn))?(?: (?:dan|nu|dus|eigenlijk))?\s*[,:]\s*)+",
    re.IGNORECASE,
)
_VERBS = (
    "is|zijn|was|waren|wordt|worden|word|moet|moeten|kan|kun|kunt|kunnen|kon|mag|mogen|zal|zullen|zou|zouden|zult|heb"
    "|hebt|heeft|hebben|had|ben|bent|doe|doet|doen|ga|gaat|gaan|wil|wilt|willen|hoef|hoeft|hoeven|krijg|krijgt|krijgen"
    "|betekent|betekenen|duurt|duren|werkt|werken|helpt|helpen|komt|komen|kom|houdt|blijft|blijven|neem|neemt|gebruik"
    "|gebruikt|denkt|vindt|raadt|adviseert|staat|staan|zit|weet|hoort|geldt|kost|begint|stop|stopt|bel|verwijst|maak"
)
_ASKING = (
    "wat|waar|waarom|wanneer|hoe|hoelang|hoeveel|hoezo|welke|welk|wie|waarvoor|waardoor|waarmee|waarvan|waaraan|waarop"
)
_QUESTION_WORD = re.compile(
    rf"^(?:(?:{_ASKING})\s+(?:{_VERBS})\b"
    rf"|(?:hoe\s+(?:lang|vaak|veel|snel|laat|erg|groot|hoog|ver|diep|goed|gevaarlijk|lang\s+nog)|wat\s+voor(?:\s+een)?"
    rf"|welke?|hoeveel|hoelang|vanaf\s+wanneer|tot\s+wanneer|op\s+welke?|bij\s+welke?|met\s+welke?|aan\s+wie|bij\s+wie)"
    rf"\s+(?:\S+\s+){{0,2}}?(?:{_VERBS})\b)",
    re.IGNORECASE,
)
_WHO = "ik|u|jij|je|we|wij|hij|zij|ze|men|iemand|mijn|onze"
_THING = "het|dit|dat|er|deze|die"
_VERB_FIRST = re.compile(
    rf"^(?:(?:kan|kun|kunt|kunnen|mag|mogen|moet|moeten|zal|zullen|zult|zou|zouden|wilt|willen|gaat|hoeft|hoeven|doet"
    rf"|krijgt|wordt|worden|komt|betekent|helpt|werkt)\s+(?:{_WHO}|{_THING}|de|een)\b"
    rf"|(?:heb|hebt|heeft|hebben|ben|bent|zijn|ga|wil|hoef|krijg|word|doe|was|had|weet|denkt|vindt|neem)\s+(?:ik|u|jij"
    rf"|je|we|wij|hij|zij|ze|mijn)\b"
    rf"|(?:is|was|komt|klopt|hoort)\s+(?:{_THING}|mijn|hij|zij|ze)\b)",
    re.IGNORECASE,
)
_INDIRECT = re.compile(
    r"\b(?:ik\s+vr(?:aag|oeg)\s+(?:me|mij)\s+(?:dus\s+|nu\s+)?af|(?:ik\s+)?(?:zou|wil|wilde|wou)\s+(?:ik\s+)?(?:dus\s+"
    r"|nu\s+)?(?:graag\s+|ook\s+)*(?:willen\s+)?weten|graag\s+(?:wil|zou)\s+ik\s+(?:\w+\s+)?(?:willen\s+)?weten"
    r"|(?:hoor|weet|verneem)\s+(?:ik\s+)?graag\s+(?:of|wat|hoe|wanneer|welke?|waar)|graag\s+(?:hoor|verneem)\s+ik\s+"
    r"(?:van\s+u\s+)?(?:of|wat|hoe|wanneer|welke?|waar)|ik\s+(?:ben|was)\s+benieuwd|mijn\s+vraag\s+is"
    r"|de\s+vraag\s+is|vraag\s+is\s+of|ik\s+twijfel\s+(?:of|over)|ik\s+weet\s+niet\s+(?:zo\s+goed\s+|zeker\s+)?"
    r"(?:of|wat|hoe|welke?|wanneer)|ik\s+(?:wil|wilde|zou)\s+(?:graag\s+)?(?:u\s+)?(?:willen\s+)?vragen\s+(?:of|wat|hoe))",
    re.IGNORECASE,
)
_MAIN_CLAUSE = re.compile(r"^(?:ik|mijn|het|er|we|wij|de|een|dit|dat|hij|zij|ze|zoon|dochter)\b", re.IGNORECASE)
_CLAUSES = re.compile(r"[,;:]\s+(?:en\s+|dus\s+|maar\s+|of\s+)?")
_WORD = re.compile(r"[^\W_]", re.UNICODE)


def find_questions(*, text: str) -> tuple[str, ...]:
    """The questions of a text in their order, each once, without numbers and dashes before them. At most 20."""
    found: list[str] = []
    is_asked_list = False
    for line in text.splitlines():
        if not line.strip():
            continue
        is_item = bool(_NUMBERED.match(line))
        body = _ITEM.sub("", line, count=1) if _ITEM.match(line) else line
        sentences = _sentences(body)
        asked = [one for one in sentences if _is_question(one)]
        if is_item and is_asked_list and not asked and _WORD.search(body):
            asked = [body.strip()]
        if not is_item:
            is_asked_list = bool(_LIST_OF_QUESTIONS.search(line))
        found += asked
    return _once(found)[:MOST_QUESTIONS]


def question_digest(*, question: str) -> str:
    """A name for a question that stays the same however it is spaced or capitalised."""
    return hashlib.sha256(_plain(question).encode()).hexdigest()[:16]


def _once(questions: list[str]) -> tuple[str, ...]:
    kept: dict[str, str] = {}
    for one in questions:
        kept.setdefault(_plain(one), one if len(one) <= LONGEST_SHOWN else f"{one[: LONGEST_SHOWN - 1]}…")
    return tuple(kept.values())


def _plain(question: str) -> str:
    return " ".join(re.sub(r"[^\w\s]", " ", question.casefold()).split())


def _sentences(line: str) -> list[str]:
    """Sentences of one line; a tag such as "toch?" stays with the sentence before it."""
    found: list[str] = []
    for piece in _SENTENCE.findall(_hide(line)):
        one = _show(piece).strip()
        words = _plain(one)
        if not words:
            if found and one[:1] in "?!.":
                found[-1] += one
            continue
        if words in _TAGS and found and one.rstrip(")\"'”’]").endswith("?"):
            found[-1] = f"{found[-1]} {one}"
        else:
            found.append(one)
    return found


def _hide(line: str) -> str:
    def covered(match: "re.Match[str]") -> str:
        kept = match[0].rstrip("?!.,)") if _ADDRESS.match(match[0]) else match[0]
        hidden = "".join(_HIDDEN.get(sign, sign) for sign in kept)
        return hidden + match[0][len(kept) :]

    for pattern in (_ADDRESS, _NUMBER, _SHORTENED):
        line = pattern.sub(covered, line)
    return line


def _show(piece: str) -> str:
    return "".join(_SHOWN.get(sign, sign) for sign in piece)


def _is_question(sentence: str) -> bool:
    plain = _plain(sentence)
    if plain in _PLEASANTRIES or not plain:
        return False
    if sentence.rstrip(")\"'”’] ").rstrip("!.").endswith("?"):
        return True
    start = _BEFORE.sub("", sentence.strip(" \"'“”‘’("))
    if _asks(start) or _INDIRECT.search(sentence):
        return True
    # "Ik hoest al lang, moet ik langskomen": behind a main clause only, as "als ik lig, moet ik hoesten" asks not.
    first, *clauses = _CLAUSES.split(start)
    return bool(_MAIN_CLAUSE.match(first)) and any(_asks(one) for one in clauses)


def _asks(clause: str) -> bool:
    if re.search(r",\s*dan\b", clause):
        return False  # "moet ik hoesten, dan doet het pijn" is a condition
    return bool(_QUESTION_WORD.match(clause) or _VERB_FIRST.match(clause))
