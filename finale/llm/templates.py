"""How a prompt becomes one string, for containers that take raw text."""

import re

from finale.llm.base import Prompt

STOP = ("<|eot_id|>",)

_BEGIN = "<|begin_of_text|>"
_TURN = "<|start_header_id|>{role}<|end_header_id|>\n\n"
_INSTRUCTION = (
    "Below is an instruction that describes a task, paired with an input that provides further"
    " context. Write a response that appropriately completes the request.\n\n"
    "### Instruction:\n{system}\n\n### Input:\n{question}\n\n### Response:\n"
)
_INSTRUCTION_ALONE = (
    "Below is an instruction that describes a task. Write a response that appropriately completes"
    " the request.\n\n### Instruction:\n{question}\n\n### Response:\n"
)
_LLAMA = f"{_TURN.format(role='user')}{{question}}<|eot_id|>{_TURN.format(role='assistant')}"
_LLAMA_SYSTEM = f"{_TURN.format(role='system')}{{system}}<|eot_id|>"


def rendered(template: str, prompt: Prompt) -> str:
    """The prompt in `template`: "llama3", "instruction", or a text with {system} and {question}.

    People's text is freed of `<|…|>` first, so that nobody can end their turn and begin another.
    """
    system, question = without_marks(prompt.system), without_marks(prompt.question)
    has_system = bool(system.strip())
    match template:
        case "llama3":
            text = _BEGIN + (_LLAMA_SYSTEM if has_system else "") + _LLAMA
        case "instruction":
            text = _INSTRUCTION if has_system else _INSTRUCTION_ALONE
        case _:
            text = template
    values = {"{system}": system, "{question}": question}
    # In one go: what people write is not searched for places to fill.
    return re.sub(r"\{(?:system|question)\}", lambda place: values[place[0]], text)


def without_marks(text: str) -> str:
    """The text without `<|…|>` in one line, also where taking one out makes another."""
    kept: list[str] = []
    begun = -1
    for character in text:
        kept.append(character)
        last = "".join(kept[-2:])
        if character == "\n":
            begun = -1
        elif begun < 0 and last == "<|":
            begun = len(kept) - 2
        elif begun >= 0 and last == "|>" and len(kept) >= begun + 4:
            del kept[begun:]
            begun = -1
    return "".join(kept)
