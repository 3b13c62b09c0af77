"""What a copied web page or a WeChat article brings along is told from what the document says."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from zhenggai_desktop.domain.feedback import understand
from zhenggai_desktop.domain.web_furniture import looks_like_web
from zhenggai_desktop.formats.text_reader import paragraphs_of

FURNITURE = """
发布时间：2024-11-08 09:30　来源：柳林镇党政办
来源：区纪委监委
信息来源： 柳林镇
来源丨清河纪检监察
稿件来源：区委巡察办  作者：张三
2024-05-20
2024-05-20 09:30
2024年5月20日 09:30 山东
原创 清河纪委 清河清风 2024-05-20 09:30 山东
清河清风 2024年05月20日 18:00
浏览次数：1234 次
阅读 1.2万
阅读量 356
字号：【大 中 小】
【字体：大 中 小】
【打印】【关闭】
打印本页 | 关闭窗口
【打印本页】【关闭窗口】
打印
分享到：
分享到：微信 新浪微博 QQ空间
微信 微博 QQ空间
您当前的位置：首页 > 政务公开 > 巡察整改
当前位置：首页>>纪检监察
首页 > 政务公开 > 巡察整改 > 正文
上一篇：关于机关党委巡察整改进展情况的公告
下一篇：没有了
上一条： 某局巡察整改公示
上一页 下一页
首页 上一页 下一页 尾页
共3页 1 2 3 下一页
第1页 共3页
第 2 页
— 3 —
1/3
相关链接：
版权所有：清河区人民政府办公室　主办：清河区人民政府
版权所有 清河区人民政府
Copyright © 2024 清河区人民政府 All Rights Reserved
某ICP备05000001号-1
某ICP备05000001号　某公网安备 12345602000001号
网站标识码：1234560001　某ICP备05000001号
主办单位：清河区人民政府　承办：区政务服务中心
技术支持：某某科技有限公司
责任编辑：李四
责编：李四　校对：王五
编辑丨李四
审核｜王五
扫一扫在手机打开当前页
微信扫一扫
微信扫一扫关注该公众号
微信扫一扫
使用微信扫一扫分享
长按二维码关注我们
长按识别二维码
点击蓝字关注我们
↑点击上方蓝字关注我们↑
点击上方“清河清风”关注我们
👇点击下方关注👇
阅读原文
点击“阅读原文”
在看
赞
点赞 在看 分享
分享 收藏 点赞 在看
点个在看
预览时标签不可点
轻点两下取消赞
继续滑动看下一个
收录于合集 #巡察整改 12个
写下你的留言
关注
已关注
- END -
END
设为首页 | 加入收藏 | 网站地图
无障碍阅读 长者版
返回顶部
****
""".strip().splitlines()

DOCUMENT = """
某镇党委关于巡察整改情况的通报
2024年11月8日
2024年5月20日9时30分，召开党委会专题研究。
公开时间：2024年11月8日至2024年11月28日
公示期：2024年5月6日至5月26日
联系电话：0000-1234567
举报电话：12388
电子邮箱：liulin@example.cn
中共清河区柳林镇委员会
责任单位：区教育局
牵头单位：区委办
承办单位：党政综合办
责任领导：张三
整改时限：立行立改，长期坚持
整改情况：
整改措施：
问题一：耕地保护责任落实不严
扫描存档文件86份
扫描二维码登记来访人员120人次
印发宣传单，点击量达到3万次
点击率不高，干部群众关注不够
微信公众号信息发布审核不严
微信群管理不规范
扫黑除恶工作有短板
网站ICP备案未及时更新
软件版权所有权归属不清
收藏品登记不全
关注民生不够
打印费用报销不规范
分享会开展不经常
赞助费使用不规范
推荐考察程序不规范
来源复杂的资金未及时清理
首页更新不及时
阅读原著学原文不够
编辑部管理松散
主办单位责任不落实
第1页缺少签字
正文
一、主要做法
（一）
1.
完善机制
完成
下一步工作打算
下一步，镇党委将持续抓好整改。
返回资金12万元
大力整治
小微权力清单不完善
中小学食堂监管不力
""".strip().splitlines()


@pytest.mark.parametrize("line", FURNITURE)
def test_furniture_is_a_leftover(line: str) -> None:
    assert looks_like_web(line)
    assert looks_like_web(f"　 \u200b{line}\u00a0")


@pytest.mark.parametrize("line", [line for line in DOCUMENT if line != "正文"])
def test_what_a_document_says_is_none(line: str) -> None:
    assert not looks_like_web(line)


def test_no_line_of_the_own_texts_is_taken_for_furniture(root: Path, resources: Path) -> None:
    files = [*(root / "tests/texts").glob("*.txt"), *(resources / "samples").glob("*.txt")]
    taken = {
        line.strip()
        for file in files
        for line in file.read_text("utf-8").splitlines()
        if line.strip() and looks_like_web(line)
    }
    assert taken <= {"发布时间：2024-11-08 09:30　来源：柳林镇党政办", "【打印】【关闭】"}


def test_only_furniture_is_found_in_published_notices(published: Path) -> None:
    for file in published.glob("*.txt"):
        for line in file.read_text("utf-8").splitlines():
            if line.strip() and looks_like_web(line):
                assert len(line) < 40, line


PASTED = """原创 清河纪委 清河清风 2024-05-20 09:30 山东
点击蓝字关注我们


某镇党委关于巡察整改情况的通报


　　根据区委\u200b统一部署，\u200b区委巡察组对我镇进行了巡察。现将整改情况通报如下。

　　一、主要做法

　　成立领导小组。

　　二、整改情况

　　（一）党的领导方面

　　1.学习不深入

　　整改情况：开展学习3次。
　　中共某镇委员会
　　2024年5月6日
阅读原文
阅读 1234
赞 在看
"""


def test_text_pasted_from_wechat_leaves_its_furniture_over() -> None:
    plan = understand(paragraphs_of(PASTED, "粘贴的文字"), None)
    assert [note.text.strip() for note in plan.leftovers] == [
        "原创 清河纪委 清河清风 2024-05-20 09:30 山东", "点击蓝字关注我们", "阅读原文", "阅读 1234", "赞 在看"
    ]  # fmt: skip


@pytest.mark.parametrize(
    "hostile",
    ["首页" + " > a" * 60 + "。", "返回" * 300 + "。", "微信 " * 300 + "。", "-" * 900 + "a", "大" * 500 + "。",
     "[ " * 500 + "x", "共1页" + "上一页 " * 300 + "。", "分享到" + " 微信" * 300 + "。", "【打印】" * 300 + "。"],
)  # fmt: skip
def test_no_line_takes_long(hostile: str) -> None:
    start = time.perf_counter()
    looks_like_web(hostile)
    assert time.perf_counter() - start < 5  # milliseconds, unless an expression goes back and forth for ever
