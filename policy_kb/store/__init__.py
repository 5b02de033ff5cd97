"""The only part of the knowledge base that reads or writes files."""
