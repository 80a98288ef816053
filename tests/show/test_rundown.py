"""Names and titles are what they look like: no character that hides or turns text around."""

import pytest
from pydantic import TypeAdapter, ValidationError
from story import rundown

from finale.show.rundown import Finalist, Panellist, Rundown, Text

HIDDEN = {
    "Ada\u202eByron": "U+202E RIGHT-TO-LEFT OVERRIDE as character 4",
    "\u202aAda": "U+202A LEFT-TO-RIGHT EMBEDDING as character 1",
    "Ada\u200b": "U+200B ZERO WIDTH SPACE as character 4",
    "A\u200eda": "U+200E LEFT-TO-RIGHT MARK as character 2",
    "A\u200fda": "U+200F RIGHT-TO-LEFT MARK as character 2",
    "A\u2060da": "U+2060 WORD JOINER as character 2",
    "A\u2065da": "U+2065 CONTROL CHARACTER as character 2",
    "A\u2066da\u2069": "U+2066 LEFT-TO-RIGHT ISOLATE as character 2",
    "A\u2069da": "U+2069 POP DIRECTIONAL ISOLATE as character 2",
    "\ufeffAda": "U+FEFF ZERO WIDTH NO-BREAK SPACE as character 1",
    "A\u00adda": "U+00AD SOFT HYPHEN as character 2",
    "A\u061cda": "U+061C ARABIC LETTER MARK as character 2",
    "Ada\tByron": "U+0009 CONTROL CHARACTER as character 4",
    "Ada\nByron": "U+000A CONTROL CHARACTER as character 4",
    "Ada\u2028Byron": "U+2028 LINE SEPARATOR as character 4",
    "Ada\U000e0041": "U+E0041 TAG LATIN CAPITAL LETTER A as character 4",
    "Ada\u200dByron": "U+200D ZERO WIDTH JOINER as character 4",
    "\u200cAda": "U+200C ZERO WIDTH NON-JOINER as character 1",
}
SEEN = [
    "Ada Byron",
    "Nguyễn Thị Minh-Khai O’Brien",
    "Zoe\u0308 Müller",
    "مریم میرزاخانی",
    "می\u200cنا",
    "ක්\u200dෂේම",
    "ക്\u200dഷ",
    "👩\u200d💻 and ❤\ufe0f\u200d🔥",
    "יעל כהן",
    "李 小龍",
]


@pytest.mark.parametrize("text", HIDDEN)
def test_a_hidden_character_is_refused_by_its_name(text: str) -> None:
    with pytest.raises(ValidationError) as refused:
        TypeAdapter(Text).validate_python(text)

    (error,) = refused.value.errors()
    told = f"expected letters and signs that can be seen, found {HIDDEN[text]}"
    assert str(error["ctx"]["error"]) == told


@pytest.mark.parametrize("text", SEEN)
def test_a_name_that_can_be_read_is_kept_as_it_is(text: str) -> None:
    assert TypeAdapter(Text).validate_python(text) == text


def test_every_name_and_title_of_a_show_is_looked_at() -> None:
    plan = rundown().model_dump()
    bad = "Ada\u202eByron"
    finalist = {"id": "finalist-v", "lectern": "V", "name": "Ada"}
    refused = []
    for model, values in (
        (Rundown, plan | {"title": bad}),
        (Rundown, plan | {"judge": bad}),
        (Finalist, finalist | {"name": bad}),
        (Finalist, finalist | {"short": bad}),
        (Finalist, finalist | {"say": bad}),
        (Finalist, finalist | {"affiliation": bad}),
        (Finalist, finalist | {"endpoint": bad}),
        (Panellist, {"id": "panel-1", "name": bad}),
    ):
        with pytest.raises(ValidationError) as error:
            model.model_validate(values)
        refused += [each["loc"] for each in error.value.errors()]

    assert refused == [
        *(("title",), ("judge",), ("name",), ("short",), ("say",), ("affiliation",)),
        *(("endpoint",), ("name",)),
    ]


def test_a_name_stands_whole_unless_the_show_file_has_a_short_one() -> None:
    finalist = Finalist(id="finalist-v", lectern="V", name="عبد الله الشاهد")
    assert finalist.short_name == "عبد الله الشاهد"
    assert finalist.model_copy(update={"short": "عبد الله"}).short_name == "عبد الله"
