"""The hotline desk: an operator consults with a caller on the line, and answers who asks for a person."""
