"""One package a field. `FIELDS` is the order in which an article's fields are read: a field sees the items of those before it."""

from extractor.fields.base import Analysis, Field
from extractor.fields.dates.field import DatesField
from extractor.fields.documents.field import DocumentsField
from extractor.fields.figures.field import FiguresField
from extractor.fields.officials.field import OfficialsField
from extractor.fields.places.field import PlacesField

__all__ = ["FIELDS", "Analysis", "Field"]

FIELDS: tuple[Field, ...] = (DocumentsField(), DatesField(), PlacesField(), OfficialsField(), FiguresField())
