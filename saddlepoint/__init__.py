"""What the user sees: command line, documents, reports, the store. The only package that prints."""
