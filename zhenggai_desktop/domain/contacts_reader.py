"""Telephone, address, postcode and mail as the closing paragraphs of a notice give them (domain.md §6)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import zip_longest

from zhenggai_desktop.domain.records import LedgerFacts

_KEYS = (
    ("phone", r"(?:联系|监督|举报|咨询|反映|受理|值班|办公)?电话(?:号码)?|联系方式|(?:联系)?手机"),
    ("address",
     r"(?:邮寄|邮政|通讯|通信|联系|来信(?:来访)?|来访|办公|收信|收件|接收|单位)?地址|来信请寄|信件请寄|"
     r"(?:邮政|通信|邮寄|信访)信箱"),
    ("postcode", r"邮政编码|邮编"),
    ("email", r"(?:电子|联系)?(?:邮箱|邮件|信箱)(?:地址|号)?|E-?mail"),
    ("", r"联系人|传真|工作时间|受理时间|来访接待|公示(?:时间|期)|联系(?:单位|部门)|收件人|收信人"),
)  # fmt: skip
_ANY = "|".join(f"(?P<{name}>{words})" if name else f"(?:{words})" for name, words in _KEYS)
_STARTS = r"(?:^|(?<=[；;，,。（(、：:\s]))"
_WORDS = "|".join(words for _, words in _KEYS)
_KEY = re.compile(rf"(?:{_STARTS}|(?=(?:{_WORDS})[：:]))(?:{_ANY})[：:为是]?", re.IGNORECASE)
_REMARK = re.compile(r"（(?:请|来信|信封|邮编|收$)[^）]*）?")
_HOURS = re.compile(r"（[^）]*(?:时间|工作日|上午|下午|传真|：|:|\d点)[^）]*）?")
_EDGES = "：；，。、 ;,"


def read_contacts(facts: LedgerFacts, paragraphs: Sequence[str]) -> LedgerFacts:
    """``facts`` with telephone, address, postcode and mail from the closing paragraphs; the first of each counts."""
    found: dict[str, str] = {}
    for text in paragraphs:
        keys = list(_KEY.finditer(text))
        for key, following in zip_longest(keys, keys[1:]):
            name = key.lastgroup or ""
            value = text[key.end() : following.start() if following else len(text)]
            value = _CLEANED.get(name, str)(value.strip(_EDGES))
            if name and name not in found and value and _plausible(name, value):
                found[name] = value
    return replace(facts, **{name: value for name, value in found.items() if not getattr(facts, name)})


def _balanced(text: str) -> str:
    """``text`` without a bracket at its edge that has no other."""
    text = text.strip(_EDGES)
    if text.count("（") > text.count("）"):
        text = text[: text.rindex("（")] if text.rindex("（") > 0 else text.lstrip("（")
    if text.count("）") > text.count("（"):
        text = text.rstrip("）")
    return text.strip(_EDGES)


def _place(value: str) -> str:
    """An address without what is to be written on the envelope, and without the sentence that follows it."""
    return _balanced(_REMARK.sub("", value).partition("。")[0])


def _number(value: str) -> str:
    """A telephone number without office hours, in brackets or behind it."""
    value = _HOURS.sub("", value.partition("。")[0])
    return _balanced(re.sub(r"[，,；;]?(?:工作日|上午|下午|每天|周一|星期一|工作时间).*$", "", value))


def _postcode(value: str) -> str:
    match = re.match(r"\d{6}(?!\d)", value)
    return match[0] if match else ""


def _mail(value: str) -> str:
    match = re.search(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", value, re.ASCII)
    return match[0] if match else ""


_CLEANED = {"email": _mail, "phone": _number, "address": _place, "postcode": _postcode}
_DIGITS_OF_A_NUMBER = re.compile(r"\d[\dxX*＊×-]{4,}|\d{3,4}[-－—]\d[\dxX*＊×]{4,}|\d{2,4}[\dxX*＊×]{4,}")


def _plausible(name: str, value: str) -> bool:
    if name == "phone":
        return _DIGITS_OF_A_NUMBER.search(value) is not None
    return name != "address" or re.search(r"[一-龥]{2}", value) is not None
