"""Well-known true identities of the field, one module a family. Data: nothing here decides whether they hold."""
