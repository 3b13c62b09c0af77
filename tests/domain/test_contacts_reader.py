"""Telephone, address, postcode and mail of the closing paragraphs."""

from __future__ import annotations

import pytest

from zhenggai_desktop.domain.contacts_reader import read_contacts
from zhenggai_desktop.domain.records import LedgerFacts


def contacts(paragraphs: list[str]) -> tuple[str, str, str, str]:
    facts = read_contacts(LedgerFacts(), paragraphs)
    return facts.phone, facts.address, facts.postcode, facts.email


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (
            ["联系电话：0731-85520117；邮政地址：云桥镇人民路1号；邮编：410512；电子邮箱：a.b@example.gov.cn。"],
            ("0731-85520117", "云桥镇人民路1号", "410512", "a.b@example.gov.cn"),
        ),
        (["联系电话：0731-85520117（工作时间：8:30—17:30）。"], ("0731-85520117", "", "", "")),
        (["联系电话0731-85520117，工作日上午。"], ("0731-85520117", "", "", "")),
        (["来信请寄：云桥镇人民路1号（信封请注明）。"], ("", "云桥镇人民路1号", "", "")),
        (["地址：云桥镇（人民路1号"], ("", "云桥镇", "", "")),
        (["地址：云桥镇人民路1号）"], ("", "云桥镇人民路1号", "", "")),
        (["邮编：4105121"], ("", "", "", "")),
        (["邮箱：无"], ("", "", "", "")),
        (["电话：无"], ("", "", "", "")),
        (["地址：1号"], ("", "", "", "")),
        (["联系电话：0731-85520117", "联系电话：0731-85520118"], ("0731-85520117", "", "", "")),
        (["联系人：张三，电话：0731-85520117"], ("0731-85520117", "", "", "")),
        (["传真：0731-85520119；电话：0731-85520117"], ("0731-85520117", "", "", "")),
        (["欢迎监督。"], ("", "", "", "")),
        (["地址：云桥镇人民路1号。另有事项面谈。"], ("", "云桥镇人民路1号", "", "")),
    ],
)
def test_contacts_are_read(given: list[str], expected: tuple[str, str, str, str]) -> None:
    """The first of each counts; office hours and notes for the envelope are no part of it."""
    assert contacts(given) == expected
