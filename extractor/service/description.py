"""What a request may hold, and the OpenAPI description of the service."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field, model_validator

from extractor import __version__
from extractor.records import json_schema


class Request(BaseModel):
    """One article: its `text`, or the `html` of its page."""

    model_config = ConfigDict(extra="forbid", strict=True)

    text: str | None = Field(None, description="the article, plain text")
    html: str | None = Field(None, description="or its page")
    published: str | None = Field(
        None, max_length=40, description="its day, 2018-01-13; relative dates are counted from it"
    )
    id: str | None = Field(None, max_length=500, description="its id; without one a hash of the text")
    title: str | None = Field(None, max_length=2_000, description="its headline, of a text")
    source: str | None = Field(None, max_length=500, description="the portal's name, of a text")
    url: str | None = Field(None, max_length=4_000, description="its address")
    persons: bool = Field(False, description="keep persons without a public post")
    redact: bool = Field(False, description="cover private persons' names and numbers in the text")

    @model_validator(mode="after")
    def _holds_one_article(self) -> Request:
        if (self.text is None) == (self.html is None):
            raise ValueError("give either text or html")
        if self.html is not None and (self.title is not None or self.source is not None):
            raise ValueError("title and source go with text; a page has its own")
        return self


def openapi(limit: int, seconds: float) -> dict[str, Any]:
    """The OpenAPI 3.1 description of a service with these bounds (bytes of a body, seconds of an article)."""
    errors = {
        "400": "the body is no JSON, or no UTF-8",
        "403": "the page that asks is not this server's",
        "413": f"the body has more than {limit:,} bytes",
        "415": "the body is neither application/json nor text/plain",
        "422": "a value is missing or wrong, or the text cannot be extracted",
        "503": "all processes are at work and enough requests wait; ask again",
        "504": f"the article took longer than {seconds:g} seconds",
    }
    failed = {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}}
    record = {
        "description": "the record",
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Record"}}},
    }
    schema = json_schema()
    schemas = {name: _moved(part) for name, part in schema.pop("$defs", {}).items()}
    error = {
        "type": "object",
        "properties": {"status": {"type": "integer"}, "code": {"type": "string"}, "message": {"type": "string"}},
    }
    return {
        "openapi": "3.1.0",
        "info": {"title": "extractor", "version": __version__, "description": "Vietnamese provincial news to validated records."},
        "paths": {
            "/extract": {
                "post": {
                    "summary": "The record of an article",
                    "requestBody": {
                        "required": True,
                        "content": {
                            "application/json": {"schema": {"$ref": "#/components/schemas/Request"}},
                            "text/plain": {"schema": {"type": "string"}},
                        },
                    },
                    "responses": {"200": record} | {status: {"description": what, **failed} for status, what in errors.items()},
                }
            },
            "/health": {"get": {"summary": "Whether it works", "responses": {"200": {"description": "it does"}}}},
            "/schema": {"get": {"summary": "JSON Schema of a record", "responses": {"200": {"description": "the schema"}}}},
            "/openapi.json": {"get": {"summary": "This description", "responses": {"200": {"description": "itself"}}}},
        },
        "components": {
            "schemas": schemas
            | {"Record": _moved(schema), "Request": _moved(Request.model_json_schema())}
            | {"Error": {"type": "object", "properties": {"error": error}}}
        },
    }  # fmt: skip


def _moved(part: Any) -> Any:
    """A part of a JSON Schema with its references at the place where OpenAPI keeps schemas."""
    if isinstance(part, dict):
        return {
            key: value.replace("#/$defs/", "#/components/schemas/") if key == "$ref" else _moved(value)
            for key, value in part.items()
            if key not in ("$defs", "$schema", "$id")
        }
    return [_moved(value) for value in part] if isinstance(part, list) else part
