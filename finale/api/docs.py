"""The API's documentation for people: one page made from its schema, with nothing from outside."""

import json
from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

_PAGE = """<!doctype html>
<html lang="en" data-kind="paper">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<link rel="stylesheet" href="/assets/fonts/fonts.css">
<link rel="stylesheet" href="/assets/theme.css">
<link rel="stylesheet" href="/assets/rules.css">
</head>
<body><main class="rules">
<h1 class="display">{title}</h1>
{about}
<p>For programs: <a href="{base}/openapi.json">{base}/openapi.json</a></p>
{sections}
<h2 class="title">Values</h2>
{values}
</main></body></html>
"""

Schema = Mapping[str, Any]


def docs_page(schema: Schema, base: str) -> str:
    """The whole page as HTML; `base` is where the API is, such as "/api/v1"."""
    info = schema["info"]
    return _PAGE.format(
        title=escape(info["title"]),
        about=_paragraphs(info["description"]),
        base=escape(base),
        sections="\n".join(_section(schema, tag, base) for tag in ("Read-outs", "Cues")),
        values="\n".join(_value(schema, name) for name in _nested(schema)),
    )


def _nested(schema: Schema) -> list[str]:
    """The values that stand within others, by name."""
    forms = schema["components"]["schemas"]
    fields = json.dumps([form.get("properties", {}) for form in forms.values()])
    return [name for name in sorted(forms) if name.endswith("Out") and f'/{name}"' in fields]


def _value(schema: Schema, name: str) -> str:
    form = schema["components"]["schemas"][name]
    fields = list(_fields(schema, {"$ref": f"/{name}"}))
    title = f"<h3><code class='code'>{escape(name.removesuffix('Out'))}</code></h3>"
    about = _paragraphs(form["description"])
    return f"<section>{title}{about}{_line('Fields', fields)}</section>"


def _section(schema: Schema, tag: str, base: str) -> str:
    entries = (
        _entry(schema, f"{method.upper()} {base}{path}", way)
        for path, ways in schema["paths"].items()
        for method, way in ways.items()
        if tag in way["tags"]
    )
    return f"<h2 class='title'>{escape(tag)}</h2>\n" + "\n".join(entries)


def _entry(schema: Schema, name: str, way: Schema) -> str:
    sent = way.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
    answer = way["responses"]["200"]["content"]["application/json"]["schema"]
    asked = [f"{p['name']}: {_kind(p['schema'])}" for p in way.get("parameters", ()) if _is_own(p)]
    return "\n".join(
        (
            f"<section><h3><code class='code'>{escape(name)}</code></h3>",
            _paragraphs(way["description"]),
            _line("Asks", asked),
            _line("Sends", list(_fields(schema, sent)) if sent else []),
            _line("Answers", list(_fields(schema, answer))),
            "</section>",
        )
    )


def _is_own(parameter: Schema) -> bool:
    """The header that every cue has is told once, above."""
    return bool(parameter["in"] == "query")


def _fields(schema: Schema, value: Schema) -> Iterator[str]:
    """The fields of a value, or of what a list holds."""
    value = value.get("items", value)
    for part in value.get("anyOf", (value,)):
        name = part.get("$ref", "").rpartition("/")[2]
        form = schema["components"]["schemas"].get(name, {})
        needed = form.get("required", ())
        for field, of in form.get("properties", {}).items():
            yield f"{field}{'' if field in needed else '?'}: {_kind(of)}"


def _kind(value: Schema) -> str:
    """A type in one word or a few."""
    if "$ref" in value:
        return str(value["$ref"].rpartition("/")[2].removesuffix("Out"))
    if "anyOf" in value:
        return " or ".join(_kind(part) for part in value["anyOf"])
    if "enum" in value:
        return " or ".join(json.dumps(part) for part in value["enum"])
    if value.get("type") == "array":
        return f"list of {_kind(value['items'])}"
    return str(value.get("type", "object"))


def _paragraphs(text: str) -> str:
    return "".join(f"<p>{_marked(part)}</p>" for part in text.split("\n\n"))


def _marked(text: str) -> str:
    """Escaped, with what stands between back quotes as code."""
    parts = escape(text).split("`")
    return "".join(f"<code>{p}</code>" if at % 2 else p for at, p in enumerate(parts))


def _line(caption: str, texts: list[str]) -> str:
    if not texts:
        return ""
    listed = "".join(f"<li><code>{escape(text)}</code></li>" for text in texts)
    return f"<p class='rules-caption'>{caption}</p><ul class='rules-fields'>{listed}</ul>"
