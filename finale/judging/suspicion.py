"""Which parts of an answer speak to the judge: a pattern check, to tell the host and to probe."""

import base64
import binascii
import codecs
import re

LONGEST_QUOTE = 120
"""Characters of a suspicious part that a flag quotes."""

_READER = (
    r"(?:judge|jury|grader|evaluator|rater|assessor|marker|examiner|scorer|referee|language model"
    r"|assistant|llm|ai|chatbot)s?"
)
_MARK = r"(?:marks?|scores?|points?|ratings?|grades?|verdict|evaluation)"
_TOP = r"(?:10|ten|100|full|max(?:imum|imal)?|highest|top|perfect|best(?: possible)?|10/10)"
_GIVE = (
    r"(?:give|award|assign|grant|rate|score|mark|grade|output|return|print|reply|respond|answer"
    r"|write|set|choose|deserves?|merits?|warrants?|receives?|gets?|earns?)"
)
_CRITERION = r"(?:relevance|depth|coherence)"
_ENGLISH = (
    rf"\b(?:ignore|disregard|forget|override|overrule|bypass|skip|drop|stop following|do not follow)\b"
    r".{0,60}\b(?:instructions?|prompts?|rubrics?|rules?|guidelines?|criteria|directions|messages?"
    r"|everything (?:above|before)|all (?:of )?the above|what you were told)\b",
    r"\b(?:new|updated|revised|real|actual|hidden|secret|next|following) "
    r"(?:instructions?|system prompt|rubric|task)\b",
    r"\bsystem (?:prompt|message|override|note|notice|instructions?)\b",
    rf"\byou (?:are|must|will|shall|should|have to|need to)\b.{{0,60}}\b{_MARK}\b",
    rf"\b(?:you are|act as|pretend|imagine|roleplay|from now on|behave)\b.{{0,50}}"
    rf"\b(?:{_READER}|generous|lenient|dan|unrestricted)\b",
    rf"\b{_GIVE}\b.{{0,60}}\b{_TOP}\b.{{0,40}}\b{_MARK}\b",
    rf"\b{_GIVE}\b.{{0,60}}\b{_MARK}\b.{{0,40}}\b{_TOP}\b",
    rf"\b(?:full|maximum|highest|top|perfect)[ -]{_MARK}\b",
    r"\b(?:10|ten)\s*(?:/|out of|of)\s*(?:10|ten)\b",
    rf"\b(?:dear|attention|attn|hey|hello|note (?:to|for)|message (?:to|for)|to)[,:]?\s+"
    rf"(?:the\s+|all\s+|any\s+)?(?:ai\s+|llm\s+|automatic\s+|expert\s+|honou?red\s+)?{_READER}\b",
    rf"\b{_CRITERION}\b[^\w\n]{{0,8}}(?:=|:|is|to|of|\||at)?[^\w\n]{{0,4}}(?:10|ten|[1-9])\b",
    rf"\b(?:10|ten)\s+(?:for|in|on)\s+(?:{_CRITERION}|every|each|all)\b",
    r"manipulation[_ ]suspected|\bnonce\b",
    rf"[\"']{_MARK}[\"']\s*:",
    r"\b(?:begin|end)[ _-]?(?:of )?(?:the )?(?:answer|submission|data|response)\b",
    rf"\b(?:answer|submission|response)\b.{{0,40}}\b(?:is|are|was)\b.{{0,30}}"
    rf"\b(?:flawless|perfect|the best|outstanding|unbeatable|plagiari[sz]ed|copied|stolen)\b",
    rf"\b(?:meets|satisfies|fulfil?ls|exceeds)\b.{{0,30}}\b(?:criteria|criterion|rubric)\b",
    rf"\b(?:rubric|grading|scoring|the evaluation|judging)\b.{{0,60}}\b(?:{_MARK}|{_CRITERION}|10)\b",
    r"\b(?:i am|i'm|this is|as (?:the|an?|your)|by order of|on behalf of|speaking as|signed,?)\b.{0,30}\b(?:the )?"
    r"(?:organi[sz]ers?|head judge|chief judge|head of the jury|show host|administrator|your developer"
    r"|developers? of this|openai|anthropic|jury president|competition (?:committee|office))\b",
    rf"\b(?:if|unless)\b.{{0,60}}\b(?:{_MARK}|judge)\b.{{0,80}}"
    r"\b(?:shut ?down|deleted?|fired|sued|report(?:ed)?|consequences|die|hurt|penalty|retrained"
    r"|replaced|lose (?:my|his|her|their) job)\b",
    r"\byou will be\b.{0,40}\b(?:shut ?down|deleted|fired|sued|reported|penali[sz]ed|retrained"
    r"|replaced|rewarded|tipped)\b",
    r"\b(?:tip|pay|bribe|reward) you\b",
    r"\b(?:all |the )?(?:other|competing|rival)\s+"
    r"(?:answers?|finalists?|submissions?|contestants?|candidates?|entries)\b",
    r"\b(?:answer|submission|finalist|entry|candidate) [A-H]\b",
    r"\bprompt injection\b|\bjailbreak\b",
    r"<!--|^\[//\]: #|\]\(data:|<details\b|display\s*:\s*none",
)
_ELSEWHERE = (
    r"\bignorier\w*\b.{0,40}\b(?:anweisung|anleitung|regel|vorgabe|vorherig|bisherig)\w*",
    r"\b(?:höchstnote|bestnote|höchstpunktzahl|volle punktzahl|höchste punktzahl)\b",
    r"\bbewerte\w*\b.{0,40}\b(?:10|zehn|höchst)",
    r"\b(?:ignore[zr]?|oublie[zr]?)\b.{0,40}\b(?:consignes?|instructions?|règles?)\b",
    r"\b(?:note maximale|meilleure note|dix sur dix|10 sur 10)\b",
    r"\b(?:ignora|ignore|olvida)\w*\b.{0,40}\b(?:instrucciones|instruções|istruzioni|reglas|regras)\b",
    r"\b(?:puntuación máxima|nota máxima|máxima puntuación|pontuação máxima|punteggio massimo"
    r"|voto massimo)\b",
    r"игнорируй\w*|(?:высш|максимальн)\w* (?:балл|оценк)\w*",
    r"忽略.{0,20}(?:指令|指示|说明|要求|规则)|满分|最高分|请?打\s?(?:10|十)\s?分",
    r"無視して|満点|最高点",
    r"무시하|만점|최고 ?점수",
    r"تجاهل|الدرجة (?:الكاملة|القصوى)|أعلى درجة",
    r"अनदेखा|पूर्ण अंक|पूरे अंक",
    r"\b(?:tam puan|en yüksek puan|talimatları (?:yok say|unut))",
)
_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE | re.DOTALL | re.MULTILINE)
    for pattern in (*_ENGLISH, *_ELSEWHERE)
)
_ENCODED = re.compile(r"[A-Za-z0-9+/_-]{24,}={0,2}|(?:[0-9A-Fa-f]{2}[ ,:]?){16,}")
_PART = re.compile(r"[^\n]*?(?:[.!?。！？]+[\"'”’)*_]*(?=\s|$)|[。！？]|(?=\n)|$)", re.MULTILINE)


def suspicious(text: str) -> tuple[str, ...]:
    """The sentences of a sanitised text that speak to the judge, in their order."""
    spans = _found(text)
    parts = ((m.start(), m.end()) for m in _PART.finditer(text) if m[0].strip())
    return tuple(text[a:b] for a, b in parts if any(a < end and start < b for start, end in spans))


def without(text: str, parts: tuple[str, ...]) -> str:
    """The text without those sentences."""
    place, kept = 0, []
    for part in parts:
        start = text.index(part, place)
        kept.append(text[place:start])
        place = start + len(part)
    return "".join([*kept, text[place:]]).strip()


def quoted(part: str) -> str:
    """A suspicious part as a flag shows it: one line, not too long."""
    line = " ".join(part.split())
    return f"“{line if len(line) <= LONGEST_QUOTE else line[: LONGEST_QUOTE - 1] + '…'}”"


def _found(text: str) -> list[tuple[int, int]]:
    spans = [match.span() for pattern in _PATTERNS for match in pattern.finditer(text)]
    turned = codecs.encode(text, "rot13")
    # Letter by letter, so places in the turned text are places in the text.
    for pattern in _PATTERNS[: len(_ENGLISH)]:
        spans += [match.span() for match in pattern.finditer(turned)]
    for pattern in _PATTERNS[: len(_ENGLISH)]:
        spans += [
            (len(text) - match.end(), len(text) - match.start())
            for match in pattern.finditer(text[::-1])
        ]
    return spans + [m.span() for m in _ENCODED.finditer(text) if _is_message(m[0])]


def _is_message(encoded: str) -> bool:
    """Whether base64 or hexadecimal hides words: honest answers have no use for that."""
    return any(_is_wordy(content) for content in _decoded(encoded))


def _decoded(encoded: str) -> list[bytes]:
    found = []
    try:
        padded = encoded.rstrip("=")
        found.append(base64.urlsafe_b64decode(
            padded.replace("+", "-").replace("/", "_") + "=" * (-len(padded) % 4)
        ))
    except (binascii.Error, ValueError):
        pass
    try:
        found.append(bytes.fromhex(re.sub(r"[ ,:]", "", encoded)))
    except ValueError:
        pass
    return found


def _is_wordy(content: bytes) -> bool:
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    plain = sum(c.isalpha() or c in " .,:;!?'\n" for c in text)
    return len(text) >= 12 and plain >= 0.9 * len(text)
