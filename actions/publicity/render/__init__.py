"""Documents into files: HTML, PDF, DOCX, plain text and a long picture."""
