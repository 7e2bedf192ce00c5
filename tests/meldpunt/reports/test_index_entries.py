from dataclasses import fields
from datetime import date
from enum import StrEnum
from typing import get_args, get_type_hints

import pytest
from django.db.models import TextChoices

from meldpunt.reports.models import Channel, IndexEntry, Kind, Language, NotAnIndexEntry, Urgency

ENTRY = IndexEntry(
    kind=Kind.WORRY,
    urgency=Urgency.SOON,
    channel=Channel.WEB,
    language=Language.NL,
    received=date(2026, 11, 2),
)


def test_an_entry_comes_back_as_it_went():
    entry = ENTRY.but(assignee=7, excluded=(3, 9), due=date(2026, 11, 3), reporter_wrote=True)
    assert IndexEntry.from_bytes(entry.to_bytes()) == entry


def test_no_field_of_the_index_can_hold_free_text():
    hints = get_type_hints(IndexEntry)
    for field in fields(IndexEntry):
        kinds = list(get_args(hints[field.name]) or [hints[field.name]])
        for kind in kinds:
            if kind is Ellipsis:  # any number of the ids before it
                continue
            assert kind in (int, bool, date, type(None)) or issubclass(kind, TextChoices | StrEnum)


@pytest.mark.parametrize(
    "blob",
    [
        b"",
        b"{}",
        b"[]",
        ENTRY.to_bytes().replace(b'"worry"', b'"Jan de Vries"'),
        ENTRY.to_bytes().replace(b'"seen":0', b'"seen":"0"'),
        ENTRY.to_bytes().replace(b'"excluded":[]', b'"excluded":["Jan"]'),
        ENTRY.to_bytes().replace(b'"excluded":[]', b'"excluded":7'),
        ENTRY.to_bytes().replace(b'"seen":0', b'"title":"x"'),
    ],
)
def test_what_is_not_in_the_vocabulary_is_refused(blob):
    with pytest.raises(NotAnIndexEntry):
        IndexEntry.from_bytes(blob)
