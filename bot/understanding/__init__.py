"""Understanding everyday Chinese: noise, numbers, dates, facts, subjects, provisions, acts."""
