"""What the plain bot's action server runs: a topic looked up, two slots checked."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, FormValidationAction, Tracker, ValidationAction
from rasa_sdk.executor import CollectingDispatcher

TOPICS = {
    "ask_internship": "就业见习补贴：请看《实施方案》的有关条款，以经办部门审核为准。",
    "ask_temporary_aid": "一次性临时生活补助：请看《实施方案》的有关条款，以经办部门审核为准。",
    "ask_living_allowance": "失业人员培训期间生活费补贴：请看《实施方案》的有关条款，以经办部门审核为准。",
    "ask_skill_subsidy": "技术技能提升补贴：请看《实施方案》的有关条款，以经办部门审核为准。",
    "ask_refund": "稳岗返还：请看《实施方案》的有关条款，以经办部门审核为准。",
    "ask_layoff": "规范裁员程序：请看《实施方案》的有关条款，以经办部门审核为准。",
    "ask_hire_tax": "招用退役士兵扣减税费：请看《实施方案》的有关条款，以经办部门审核为准。",
    "ask_loan_interest": "小微企业创业担保贷款贴息：请看《实施方案》的有关条款，以经办部门审核为准。",
    "ask_personal_loan": "个人创业担保贷款：请看《实施方案》的有关条款，以经办部门审核为准。",
    "ask_pension_rate": "企业职工养老保险费率：请看《实施方案》的有关条款，以经办部门审核为准。",
    "ask_deferral": "缓缴社会保险费：请看《实施方案》的有关条款，以经办部门审核为准。",
    "ask_startup_tax": "个体经营税费扣减：请看《实施方案》的有关条款，以经办部门审核为准。",
}


class Topic(Action):
    def name(self) -> str:
        return "action_topic"

    def run(
        self,
        dispatcher: CollectingDispatcher,
        tracker: Tracker,
        domain: dict[str, Any],  # noqa: ARG002 the signature is Rasa's
    ) -> list[dict[str, Any]]:
        intent = tracker.latest_message["intent"]["name"]
        dispatcher.utter_message(text=TOPICS.get(intent, "请问您想了解哪一项？"))
        return []


class ValidateSlots(ValidationAction):
    def validate_age(self, value: Any, *_: Any) -> dict[str, Any]:
        return {"age": value if str(value).isdigit() else None}


class ValidateForm(FormValidationAction):
    def name(self) -> str:
        return "validate_application_form"
