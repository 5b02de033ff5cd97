"""Which provision a message is about, told by people who do not know its name."""

from __future__ import annotations

import pytest

from bot.understanding.document import Reader
from bot.understanding.normalise import without_greeting

FOUND = {
    "6.1": ["俺那买卖早歇业了，留着执照碍眼，想痛痛快快销了它", "个独企业没债没税，能走快速注销不"],
    "18.2": ["开春都在打听招工大集，区里今年还办吗", "俺闺女要找班上，最近哪有现场面试的"],
    "4.1": ["没单子做，我舍不得让工人走，轮流放假行不行", "想把工资降两成换取不裁员，要跟谁商量"],
    "16.1": [
        "农闲时大伙想跟着队伍去外地挣钱，公家给带队不",
        "村书记问，组织村民去电子厂上班，到外地的，有啥支持",
    ],
    "8.4": [
        "我是盲人，想开个推拿铺，租不起房，有啥帮的",
        "返乡的几个人想搞个木雕铺，差个便宜点的场地",
    ],
    "13.3": [
        "老两口带个残疾儿子，没一个上班的，有没有就业帮扶",
        "家里三口都待业，能不能给安排一个",
    ],
    "19.2": [
        "老板跟我为提成闹翻了，我想先私下调解，找哪里",
        "小店工人说我少算工时，想请街道评个理",
    ],
    "20.1": ["你们查企业是不是专挑小厂，抽查怎么定的"],
    "20.2": ["恶意拖欠的企业，你们公布名单吗", "欠薪的上了黑名单还能投标吗"],
    "2.3": ["补给企业的社保里生育险算在内不", "社保补贴今年多了哪两样"],
    "9.1": ["前年从外头回来开了个澡堂，有就业创业证，税能少缴多少"],
    "2.2": ["招四名登记失业的人一年能省多少税，我们是宾馆"],
    "7.3": ["我开食品厂，新招了一批符合条件的，想贷款扩产，利息给贴不"],
    "7.2": ["没工作想摆个烧烤摊，能从银行贷到钱不"],
    "4.2": ["在册150，拟减15，算不算过线", "裁员二十三人，手续怎么走"],
    "1.2": ["9000的缴费基数，失业保险单位和我总共交几块钱"],
    "18.1": ["饭店招不来洗碗工，咋办", "社区能不能给安排个活干"],
}


@pytest.mark.parametrize(
    ("provision", "text"), [(p, text) for p, texts in FOUND.items() for text in texts]
)
def test_people_find_a_provision_without_its_name(
    reader: Reader, provision: str, text: str
) -> None:
    links = reader.read(reader.clean(text))._.heard.links
    assert links[0].provision == provision, links[:3]


@pytest.mark.parametrize(
    ("provision", "text"),
    [
        ("4.2", "我们去年没裁过人，失业险能退一半吗"),
        ("4.2", "不想裁员，跟工会商量降点薪水行吗"),
        ("7.3", "招聘公司让我先贷款再上课，这算啥"),
        ("9.1", "我们超市招了两个退伍兵，税能抵多少"),
        ("13.3", "我们单位用了认定的困难人员，五险给不给补"),
        ("15.2", "我52岁下岗了，有啥补贴"),
        ("1.3", "公司一直不给我交社保，断了半年"),
    ],
)
def test_words_said_of_another_matter_point_away(reader: Reader, provision: str, text: str) -> None:
    links = reader.read(reader.clean(text))._.heard.links
    assert links[0].provision != provision, links[:3]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("你好，我想问见习补贴怎么领", "我想问见习补贴怎么领"),
        ("喂您好啊我跟老板吵起来了想调解", "我跟老板吵起来了想调解"),
        ("你好", "你好"),
        ("在吗，你好", "在吗，你好"),
        ("老师想离岗办公司", "老师想离岗办公司"),
    ],
)
def test_a_greeting_before_a_story_is_left_out(text: str, left: str) -> None:
    assert without_greeting(text) == left


@pytest.mark.parametrize(
    "text", ["有没有政府帮忙找零工的", "学校里干了八年", "创业政策归谁管", "职工上保险怎么算"]
)
def test_real_words_are_no_slips(reader: Reader, text: str) -> None:
    assert reader.clean(text) == text
