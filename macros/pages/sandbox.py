"""The code between braces in a page: a name or one call of a macro, and nothing else.

Jinja's lexer finds it and Jinja's parser reads it; nothing is ever compiled or run but the macro
that is named. So there is no attribute, filter, loop, include or import to break out by, nor any
that never ends: what a page may say is a list, not a sandbox with a fence around it.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from jinja2 import Environment, TemplateError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from macros.content.errors import Problem, suggest
from macros.writers.page import PageError

MAX_CALLS = 100  # macros on one page; a page that shows every one has thirty
_READER: Environment = ImmutableSandboxedEnvironment()
_NAME = re.compile(r"[a-z_]+\.[a-z0-9_-]+")
_EXAMPLES = "Her virker bare navn og makroer, som {{ region.name }} og {{ contact() }}."
_CONSTANTS = (str, bool, int, float, type(None))


class _Wrong(Exception):
    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message, self.hint = message, hint


@dataclass(frozen=True)
class Code:
    """What a page may call, and the names that it may say, such as `region.name`."""

    macros: Mapping[str, Callable[..., str]]
    names: Mapping[str, str]

    def run(self, text: str, label: str, begin: int = 0) -> tuple[str, list[Problem]]:
        """Return a page's text with the code filled in, and what is wrong with the code.

        The text keeps its lines. `label` names the file; `begin` is the number of lines before
        the text in it. What is wrong is left out of the text.
        """
        written: list[str] = []
        problems: list[Problem] = []
        calls = 0
        for at, kind, piece in _pieces(text):
            if kind == "text":
                written.append(piece)
                continue
            calls += 1
            try:
                if kind != "code":
                    raise _Wrong(*_REFUSED[kind])
                if calls > MAX_CALLS:
                    raise _Wrong(f"siden har mer enn {MAX_CALLS} navn og makroer")
                written.append(self._value(piece))
            except _Wrong as error:
                line, column = text.count("\n", 0, at), at - text.rfind("\n", 0, at)
                problems.append(
                    Problem(label, begin + line + 1, column, "", error.message, error.hint)
                )
            written.append("\n" * piece.count("\n"))
        return "".join(written), problems[: MAX_CALLS + 1]

    def _value(self, code: str) -> str:
        if _NAME.fullmatch(code.strip()):  # to Jinja, the hyphen of `verdi.a-b` is a minus
            return self._name(code.strip())
        node = _expression(code)
        if isinstance(node, nodes.Const) and isinstance(node.value, str):
            return node.value
        if isinstance(node, nodes.Getattr) and isinstance(node.node, nodes.Name):
            return self._name(f"{node.node.name}.{node.attr}")
        if isinstance(node, nodes.Name):
            return self._name(node.name)
        if isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name):
            return self._call(node.node.name, node)
        raise _Wrong(f"«{{{{ {_short(code)} }}}}» er ikke lov", _EXAMPLES)

    def _name(self, name: str) -> str:
        if name in self.names:
            return self.names[name]
        hint = f"Makroen skrives {{{{ {name}() }}}}." if name in self.macros else ""
        raise _Wrong(f"ukjent navn «{_short(name)}»", hint or suggest(name, self.names))

    def _call(self, name: str, node: nodes.Call) -> str:
        macro = self.macros.get(name)
        if macro is None:
            raise _Wrong(f"ukjent makro «{_short(name)}»", suggest(name, self.macros))
        positional = [_constant(name, argument) for argument in node.args]
        named = {pair.key: _constant(name, pair.value) for pair in node.kwargs}
        signature = inspect.signature(macro)
        shown = f"Skriv {name}{_parameters(signature)}."
        try:
            if node.dyn_args or node.dyn_kwargs or len(named) < len(node.kwargs):
                raise TypeError
            bound = signature.bind(*positional, **named)
        except TypeError:
            raise _Wrong(f"makroen «{name}» har feil argumenter", shown) from None
        for key, value in bound.arguments.items():
            if not isinstance(value, signature.parameters[key].annotation):
                raise _Wrong(f"makroen «{name}» har feil verdi for {key}", shown)
        try:
            return macro(*bound.args, **bound.kwargs)
        except PageError as error:
            raise _Wrong(str(error).rstrip(".")) from None


def _pieces(text: str) -> Iterator[tuple[int, str, str]]:
    """Return (offset, kind, piece): text, code between two braces, and what is not allowed.

    Text between `raw` and `endraw` is text. White space is kept as it stands.
    """
    done = 0
    kind, start, inner = "", 0, 0
    raw = False
    try:
        for _, found, value in _READER.lex(text):
            at = text.index(value, done)
            if kind and found == _ENDS[kind]:
                yield start, kind, text[inner:at]
                yield at, "text", "\n" * value.count("\n")
                kind = ""
            elif not kind:
                raw = found == "raw_begin" or (raw and found == "data")
                start = at if found == "raw_begin" else start
                yield done, "text", text[done:at]
                if found in _BEGINS:
                    kind, start, inner = _BEGINS[found], at, at + len(value)
                else:
                    yield at, "text", value if found == "data" else "\n" * value.count("\n")
            done = at + len(value)
    except (TemplateError, RecursionError) as error:
        start, kind = max(start, _offset(text, getattr(error, "lineno", None) or 1)), "broken"
    if kind or raw:
        yield start, "broken", ""
    else:
        yield done, "text", text[done:]


def _offset(text: str, line: int) -> int:
    starts = [0, *(match.end() for match in re.finditer("\n", text))]
    return starts[min(line, len(starts)) - 1]


_BEGINS = {"variable_begin": "code", "block_begin": "block", "comment_begin": "comment"}
_ENDS = {"code": "variable_end", "block": "block_end", "comment": "comment_end"}
_REFUSED = {
    "block": ("«{% … %}» er ikke lov, bare {% raw %} og {% endraw %}", _EXAMPLES),
    "comment": ("«{# … #}» er ikke lov", "En overskrift får adresse slik: {: #navn }."),
    "broken": ("koden mellom krøllparentesene kan ikke leses", _EXAMPLES),
}


def _expression(code: str) -> nodes.Node | None:
    """Return the one expression that stands between two braces, or None."""
    try:
        tree = _READER.parse("{{" + code + "}}")
    except (TemplateError, RecursionError):
        raise _Wrong(*_REFUSED["broken"]) from None
    output = tree.body[0] if len(tree.body) == 1 else None
    inner = output.nodes if isinstance(output, nodes.Output) else []
    return inner[0] if len(inner) == 1 else None


def _constant(name: str, node: nodes.Node) -> object:
    if isinstance(node, nodes.Const) and isinstance(node.value, _CONSTANTS):
        return node.value
    raise _Wrong(f"makroen «{name}» tar bare faste verdier", 'Skriv dem slik: "forstudie".')


def _parameters(signature: inspect.Signature) -> str:
    """Return parameters as an author writes them, optional ones in square brackets."""
    shown = [
        name if found.default is inspect.Parameter.empty else f"[{name}]"
        for name, found in signature.parameters.items()
    ]
    return f"({', '.join(shown)})"


def _short(code: str) -> str:
    return " ".join(code.split())[:40]
