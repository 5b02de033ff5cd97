"""That a firm speaks tells that it is an enterprise: 我们厂, 咱公司, 公司120个人要裁12个.

Taken silently, only to spare a question: what is said outright (个体, 事业单位) goes before it.
"""

from __future__ import annotations

import re
from collections.abc import Set

OWN = re.compile(
    r"(?:(?:我|俺|咱)们?|本|这边)(?:是|的|这|那|个|一|家|做|开|办|搞|厂|小|民营|私营|有)*(?:[^，。！？；在去到给从学校院]{0,5}?)(?:厂(?!长助)|公司|企业|车间)"
    r"|(?:我们|俺们|咱们)(?:单位)?(?:的|这边)?(?:每月|月)?(?:缴费)?基数"
)
ANY = re.compile(r"公司|企业|厂|车间|用工单位")
OTHERWISE = re.compile(
    r"个体|自由职业|事业单位|机关|社会团体|学校|医院|上班|打工|拖欠我|辞退我|裁了?我|(?:在|去|到)[^，。！？；]{0,6}(?:厂|公司|企业)[^，。！？；]{0,3}(?:干|做|当|工作)"
)
OF_FIRMS = {
    "contribution_base",
    "new_hires",
    "hire_share",
    "staff",
    "layoffs",
    "idle_staff",
    "stopped_months",
    "wage_default_months",
    "last_year_unemployment_premium",
    "half_year_social_insurance",
}


def speaks_for_a_firm(text: str, told: Set[str]) -> bool:
    """Whether the one who says this, telling these facts, speaks for an enterprise."""
    if OTHERWISE.search(text):
        return False
    return bool(OWN.search(text) or (told & OF_FIRMS and ANY.search(text)))
