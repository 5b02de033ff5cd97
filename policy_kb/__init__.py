"""The knowledge base of one employment plan: rules, dates, amounts, interview, search.

Knows nothing of Rasa; `python -m policy_kb` asks it from a terminal.
"""
