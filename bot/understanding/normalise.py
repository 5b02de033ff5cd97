"""One spelling for many: full width, traditional characters, emoji, fillers, odd code points."""

from __future__ import annotations

import re
import unicodedata

from zhconv import convert

from bot.understanding.dialect import standard

INVISIBLE = re.compile(
    r"[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ud800-\udfff\x00-\x08\x0b-\x1f]"
)
EMOJI = re.compile("[\U0001f000-\U0001faff\u2600-\u27bf\ufe0f\u20e3]")
START = r"(?:^|(?<=[，。！？、；,.!? ]))"
FILLERS = re.compile(
    rf"[嗯呃唔]+[，, ]?|{START}(?:额+(?!度)|啊+|哎+|诶+|唉+|那个啥?(?!局|部门|单位|科|月|年|时候|政策|补贴|补助|贷款|事|钱|规定)|这个(?=[，我俺你]) ?|就是说|喂+)[，, ]?"
)
UNITS = r"(?!元|人|个|名|岁|万|亿|月|年|天|块|号|周岁|成|多|来|位|项)"
REPEATED = re.compile(r"([，。！？、；])[，。！？、；]+")
PUNCTUATION = str.maketrans(
    {",": "，", "?": "？", "!": "！", ";": "；", ":": "：", "(": "（", ")": "）"}
)
NUMBER_COMMA = re.compile(r"(?<=[0-9０-９]),(?=[0-9０-９]{3}(?:[^0-9０-９]|$))")

GREETING = re.compile(
    r"^(?:(?:尊敬的)?(?:喂|(?:领导|同志|老师|师傅|客服|工作人员|大姐|大哥|美女|帅哥)?(?:你们?|您|大家)好|(?:领导|同志|老师|客服)好|哈[喽啰]|"
    r"(?:早上|上午|中午|下午|晚上)好|在(?:吗|不在|么)|有人(?:在)?(?:吗|么|没)|打扰(?:一下|了|您了)?|(?:尊敬的)?领导(?=，))[啊呀哈哦呢，。！？、 ]*)+"
)
GREETED = 6
"""Characters after a greeting from which it only opens what follows."""


def without_greeting(text: str) -> str:
    """The text without the greeting that opens it; a greeting alone stays."""
    rest = GREETING.sub("", text)
    return rest if len(rest) >= GREETED else text


def normalise(text: str) -> str:
    """The text in simplified characters, half-width letters and full-width punctuation.

    Never longer in meaning: only spelling changes, so that inserting fillers, full width or
    traditional characters leaves the understanding unchanged.
    """
    text = NUMBER_COMMA.sub("", INVISIBLE.sub("", text))
    text = unicodedata.normalize("NFKC", text)
    text = EMOJI.sub("，", text)
    text = standard(convert(text, "zh-cn").translate(PUNCTUATION))
    text = re.sub(r"\s+", " ", text).strip()
    text = re.sub(r"(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])", "，", text)
    text = re.sub(rf"(?<=[\d%]) (?={UNITS}[\u4e00-\u9fff])", "，", text)
    text = re.sub(r"(?<=[\u4e00-\u9fff]) (?=\d+ ?(?:周岁|岁))", "，", text)
    text = re.sub(r"(?<=[\u4e00-\u9fff]) (?=\d)|(?<=\d) (?=[\u4e00-\u9fff])", "", text)
    before = None
    while before != text:
        before, text = text, FILLERS.sub("", text)
    return REPEATED.sub(r"\1", text).strip("，、 ")
