"""A text that a region writes: one for all languages, or one for each.

The value is the text itself, so it is used as any other. `in_language` chooses, once for all texts
of a model.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Self, TypeVar

from pydantic import BaseModel, Field, GetCoreSchemaHandler
from pydantic_core import core_schema

from macros.content.base import LANGUAGES, Language, Strict
from macros.content.load import DataPath
from macros.content.text import Plain
from macros.content.walk import walk
from macros.content.written import complaint

_ABSENT = Plain("")
M = TypeVar("M", bound=BaseModel)


class _Texts(Strict):
    nb: Plain = Field(default=_ABSENT, description="Teksten på bokmål.")
    nn: Plain = Field(default=_ABSENT, description="Teksten på nynorsk.")


class RegionText(Plain):
    """A text to be shown. `texts` has that of each language where there is more than one form.

    `language` is that of the text where it is one of `texts`, else None: the region's own.
    """

    __slots__ = ("language", "texts")
    language: Language | None
    texts: Mapping[Language, str]

    @classmethod
    def of(cls, texts: Mapping[Language, str], language: Language | None) -> Self:
        """Return the text of a language; without one, the text is that of every language."""
        made = cls(texts[language] if language else next(iter(texts.values())))
        made.texts = texts if language else {}
        made.language = language
        return made

    def told(self, language: Language, front: Language) -> RegionText:
        """Return the text in a language, else in that of the front page."""
        if not self.texts:
            return self
        return RegionText.of(self.texts, language if language in self.texts else front)

    def __reduce__(self) -> tuple[type[Plain], tuple[str]]:
        """Go to another process as the text alone: a file is in one language."""
        return Plain, (str(self),)

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: type[Any], handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        texts = handler.generate_schema(_Texts)
        return core_schema.no_info_wrap_validator_function(
            _validated,
            texts,
            json_schema_input_schema=core_schema.union_schema([core_schema.str_schema(), texts]),
            serialization=core_schema.plain_serializer_function_ser_schema(str),
        )


def _validated(value: Any, check: core_schema.ValidatorFunctionWrapHandler) -> RegionText:
    if isinstance(value, RegionText):
        return value
    if not isinstance(value, dict):  # checked as one of them, for it has the same rules
        return RegionText.of({LANGUAGES[0]: check({LANGUAGES[0]: value}).nb}, None)
    found = check(value)
    texts = {language: text for language in LANGUAGES if (text := getattr(found, language))}
    if not texts:
        raise complaint("har ingen tekst", hint="Skriv teksten under nb eller nn.")
    return RegionText.of(texts, next(iter(texts)))


def in_language(value: M, language: Language, front: Language) -> M:
    """Return a model with each region's text in it in a language."""
    told: M = _told(value, language, front)
    return told


def _told(value: Any, language: Language, front: Language) -> Any:
    if isinstance(value, RegionText):
        return value.told(language, front)
    if isinstance(value, BaseModel):
        changed = {
            name: told for name, was in value if (told := _told(was, language, front)) is not was
        }
        return value.model_copy(update=changed) if changed else value
    if isinstance(value, tuple):
        return tuple(_told(was, language, front) for was in value)
    return value


def texts_in(model: BaseModel) -> Iterator[tuple[DataPath, RegionText]]:
    """Return each text in a model that has one for each language, with its path."""
    for path, value in walk(model):
        if isinstance(value, RegionText) and value.texts:
            yield path, value
