"""Whether words name something that is wrong, as the titles of issues do, or tell what was done about it."""

from __future__ import annotations

import re

_WRONG = re.compile(
    r"不(?:够|足|到位|深|实|严|力|强|高|规范|彻底|及时|准|清|精|细|畅|全|明|优|好|大|多|紧|健全|平衡|充分|经常|落实|重视|完善|合理|"
    r"主动|扎实|民主|公开|均衡|科学|稳定|透|广|快|顺|佳|突出|明显|匹配|相符|符|硬|经|作为)|"
    r"缺(?:少|乏|失|位)|差距|短板|薄弱|弱(?:化|项)|滞后|缓慢|漏洞|隐患|盲区|流于|形式主义|偏(?:差|离|少|低|软|弱)|松(?:散|懈|软)|"
    r"宽松|虚化|淡化|混乱|粗放|单一|两张皮|走过场|欠缺|未(?:能|有效|按|落实|建立|及时)|违规|较(?:低|少|弱|差|慢)|有待|递减|死角|问题$|问题[。：，]"
)
_DONE = re.compile(
    r"^(?:已|制定|修订|开展|组织|召开|建立|完成|印发|出台|加强|强化|落实|健全|完善|推进|落地|对.{1,20}(?:进行|开展)|通过|督促|补缴|清退|追回|约谈)"
)


def names_what_is_wrong(text: str) -> bool:
    """True for words that an inspection could have written: a shortcoming, not a deed."""
    return _WRONG.search(text) is not None and not (_DONE.match(text) and not re.search(r"不|缺|差距|问题$", text))
