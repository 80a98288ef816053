"""Scripts put into a language and made small: what they do stays the same."""

import pytest

from finale.audience.names import renamed
from finale.audience.page import FOLDER, SCRIPTS
from finale.audience.script import said, smaller, smaller_style, tokens
from finale.languages.texts import texts

SOURCE = "".join((FOLDER / f"{name}.js").read_text(encoding="utf-8") for name in SCRIPTS)


@pytest.mark.parametrize(
    ("script", "german"),
    [
        ("h(_('Close'))", 'h("Schließen")'),
        ("h(_('Vote for {0}', letter))", 'h(_("Für {0} stimmen", letter))'),
        ("_n('{0} word', '{0} words', n)", '_n(["{0} Wort","{0} Wörter"], n)'),
        ("both(_('Close'), _('Round'))", 'both("Schließen", "Runde")'),
        ("not_(_('Close'))", 'not_("Schließen")'),
        ("_('It\\'s \\u00a0 new')", '"It\'s \u00a0 new"'),
        ("forms[PLURAL_FORM] + DECIMAL_POINT", 'forms[(n != 1)] + ","'),
    ],
)
def test_texts_of_a_script_are_said_in_place(script: str, german: str) -> None:
    assert said(script, texts("de")) == german


def test_forms_of_a_number_are_as_many_as_the_language_has() -> None:
    script = "_n('{0} word', '{0} words', n)"
    assert said(script, texts("ja")) == '_n(["{0}語"], n)'
    assert said(script, texts("en")) == '_n(["{0} word","{0} words"], n)'
    assert said(script, texts("ar")).count('","') == 5


@pytest.mark.parametrize(
    ("script", "small"),
    [
        ("const a = 1 // one\nlet b\n", "const a=1\nlet b"),
        ("if (a) {\n  b()\n}\nc()", "if(a){b()}\nc()"),
        ("return [a , 'b  // c']", "return[a,'b  // c']"),
        ("a = /[/'] \\/ x/g.exec(b) / 2", "a=/[/'] \\/ x/g.exec(b)/2"),
        ("a + +b - -c", "a+ +b- -c"),
        ("typeof a in b", "typeof a in b"),
        ("x\n  .map(y)\n  || z /* no */ ? 1 : 2", "x.map(y)||z?1:2"),
    ],
)
def test_space_stays_where_words_and_statements_need_it(script: str, small: str) -> None:
    assert smaller(script) == small


@pytest.mark.parametrize(
    ("script", "short"),
    [
        (
            "function long(word){return word+other}long(1)",
            "function a(word){return word+other}a(1)",
        ),
        ("const long=1\nf({long:2}),long", "const long=1\nf({long:2}),long"),
        ("const long=1\nf({long})", "const long=1\nf({long})"),
        ("const long=1\nf(thing.long)", "const long=1\nf(thing.long)"),
        ("const long=[]\nf(...long,'long')", "const a=[]\nf(...a,'long')"),
        ("let once\nlet often=a\nb(often)", "let d\nlet c=a\nb(c)"),
    ],
)
def test_names_are_shortened_only_where_nobody_else_reads_them(script: str, short: str) -> None:
    assert renamed(script) == short


def test_nothing_of_the_page_is_left_out_but_comments() -> None:
    assert "".join(tokens("a /* b */ = 'c' // d")) == "a  = 'c' "
    # What stands in a template is not looked into: its names would be left long.
    assert [token for token in tokens(SOURCE) if token.startswith("`")] == []


def test_a_style_loses_its_comments_and_line_breaks() -> None:
    assert smaller_style("/* a\nb */\na{b:c;}\nd{e:f}\n") == "a{b:c}d{e:f}"
