"""Sentences of explanations: warm, plain, standard Chinese. Only words, no logic."""

NOT_STARTED = "这项措施从{start}起才执行，请到时再办。"

MET = "方案写明的条件都满足：{parts}。"
NO_CONDITIONS = "方案没有另设条件。"
FAILED = "不满足“{says}”{because}"
OPEN = "要看是否满足“{says}”{because}"
DEPARTMENT_ONLY = "“{says}”要由经办部门认定"
BEFORE_WINDOW = "时间在{start}以前，本方案没有规定，请向税务部门确认"
EVENT_NEEDED = "申请窗口{end}已结束，要看是不是在窗口内开始、还没满{years}年"
TO_CONFIRM = "在窗口内开始、跨到{end}以后的，方案没有写过渡办法，请向经办部门确认"

EXPIRED = "这项措施{end}到期。"
EXPIRED_RUN_ON = (
    "到期前已经开始享受、还没满{years}年的，可以继续享受至{years}年期满；到期后新发生的不在内。"
)
CONTINUATION = "是否延续要看新的文件，可向{lead}或拨打12333询问。"

NOTE = "还要留意：{notes}。"
AMOUNT = "金额：{label}{cap}{value}{shown}{total}。"
AMOUNT_TEXT = "金额：{text}。"
AT_START = "到时的内容：{text}。"
STEPS = "步骤：{steps}。"
CAP = "最高"
ALSO = "；{note}"
TOTAL = "，{years}年合计{total}"

PERIOD = "时间：{start}至{end}。"
PERIOD_END = "时间：{end}前（含当天）。"
PERIOD_START = "时间：{start}起，方案没有写截止日期。"
PERIOD_NONE = "时间：方案没有写起止日期。"
RUN_ON = "到期未享受满{years}年的，可继续享受至{years}年期满。"
RUNNING_ON = (
    "时间：窗口{end}已到期，但在窗口内开始、没满{years}年的可继续享受至{years}年期满{until}。"
)
UNTIL = "，也就是到{day}"
AMENDED = "调整文件：《{document}》（{issued}）{note}"

DEPARTMENTS = "部门：{lead}{joint}牵头负责{funds}。"
JOINT = "、{names}"
FUNDS = "；资金来源：{funds}"
DISCLAIMER = "以上按方案写明的条件判断，最终以经办部门审核为准。"
