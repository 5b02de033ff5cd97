"""Pages: what a visitor reads, drawn from the same knowledge base and results as the answers."""
