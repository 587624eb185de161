"""A record on its way out: tables, address book, calendar, and all of it in one zip."""
