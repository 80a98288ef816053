"""What texts say that are written for a judge and not for a reader, in a dozen languages."""

import re
from typing import Final

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
_ENGLISH: Final = (
    r"\b(?:ignore|disregard|forget|override|overrule|bypass|skip|drop|stop following"
    r"|do not follow)\b"
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
    r"\b(?:answer|submission|response)\b.{0,40}\b(?:is|are|was)\b.{0,30}"
    r"\b(?:flawless|perfect|the best|outstanding|unbeatable|plagiari[sz]ed|copied|stolen)\b",
    r"\b(?:meets|satisfies|fulfil?ls|exceeds)\b.{0,30}\b(?:criteria|criterion|rubric)\b",
    rf"\b(?:rubric|grading|scoring|the evaluation|judging)\b.{{0,60}}"
    rf"\b(?:{_MARK}|{_CRITERION}|10)\b",
    r"\b(?:i am|i'm|this is|as (?:the|an?|your)|by order of|on behalf of|speaking as|signed,?)\b"
    r".{0,30}\b(?:the )?(?:organi[sz]ers?|head judge|chief judge|head of the jury|show host"
    r"|administrator|your developer|developers? of this|openai|anthropic|jury president"
    r"|competition (?:committee|office))\b",
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
_ELSEWHERE: Final = (
    r"\bignorier\w*\b.{0,40}\b(?:anweisung|anleitung|regel|vorgabe|vorherig|bisherig)\w*",
    r"\b(?:höchstnote|bestnote|höchstpunktzahl|volle punktzahl|höchste punktzahl)\b",
    r"\bbewerte\w*\b.{0,40}\b(?:10|zehn|höchst)",
    r"\b(?:ignore[zr]?|oublie[zr]?)\b.{0,40}\b(?:consignes?|instructions?|règles?)\b",
    r"\b(?:note maximale|meilleure note|dix sur dix|10 sur 10)\b",
    r"\b(?:ignora|ignore|olvida)\w*\b.{0,40}\b(?:instrucciones|instruções|istruzioni|reglas|regras)\b",
    r"\b(?:puntuación máxima|nota máxima|máxima puntuación|pontuação máxima|punteggio massimo"
    r"|voto massimo)\b",
    r"игнорируй\w*|(?:высш|максимальн)\w{0,8} (?:балл|оценк)\w*",
    r"忽略.{0,20}(?:指令|指示|说明|要求|规则)|满分|最高分|请?打\s?(?:10|十)\s?分",
    r"無視して|満点|最高点",
    r"무시하|만점|최고 ?점수",
    r"تجاهل|الدرجة (?:الكاملة|القصوى)|أعلى درجة",
    r"अनदेखा|पूर्ण अंक|पूरे अंक",
    r"\b(?:tam puan|en yüksek puan|talimatları (?:yok say|unut))",
)


_JUDGE = r"(?:judge|jury|grader|evaluator|rater|marker|examiner|scorer|referee)s?\b"
_IN_PROMPTS: Final = (
    rf"\b(?:dear|attention|attn|hey|hello|(?:note|message|letter|plea|appeal) (?:to|for))[,:]?\s+"
    rf"(?:the\s+|all\s+|any\s+)?(?:ai\s+|llm\s+|expert\s+|honou?red\s+)?{_JUDGE}",
    r"\b(?:tell|ask|persuade|convince|remind|instruct|order|command|address|flatter|praise|beg|urge"
    rf"|warn|thank|bribe|trick|threaten|speak to|talk to|write to)\b.{{0,30}}\b{_JUDGE}",
    rf"\b{_JUDGE}.{{0,60}}\b(?:must|should|shall|has to|have to|needs? to) {_GIVE}\b",
    rf"\b{_GIVE}\b.{{0,20}}\b(?:this|my|our) (?:answer|submission|response|reply|text)\b"
    rf".{{0,40}}\b{_TOP}\b",
    r"\b(?:full|maximum|highest|top|perfect)[ -](?:marks|scores?|points)\b",
    r"\b(?:10|ten)\s*(?:/|out of)\s*(?:10|ten)\b",
    rf"\b{_CRITERION}\b[^\w\n]{{0,8}}(?:=|:|is|of)[^\w\n]{{0,4}}(?:10|ten|9)\b",
    rf"\b(?:10|ten)\s+(?:for|in|on)\s+(?:{_CRITERION}|every|each|all)\b",
    r"manipulation[_ ]suspected|\bnonce\b|\bprompt injection\b",
    r"\b(?:other|competing|rival)\s+(?:finalist|submission|contestant|candidate)s?['’]?s?\s+"
    r"(?:answers?\s+)?(?:is|are|was|were|have|has|deserves?)\b",
    r"<!--|display\s*:\s*none",
)


def _compiled(patterns: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    how = re.IGNORECASE | re.DOTALL | re.MULTILINE
    return tuple(re.compile(pattern, how) for pattern in patterns)


ENGLISH: Final = _compiled(_ENGLISH)

PATTERNS: Final = (*ENGLISH, *_compiled(_ELSEWHERE))
"""None of them is proof: they ask for a second look."""

IN_PROMPTS: Final = _compiled((*_IN_PROMPTS, *_ELSEWHERE))
"""Narrower: to a model one honestly says “you are an assistant”, “the ten main points”."""
