"""From the bytes of a student's own address book to entries that they can choose from, in steps.

    kinds.read_file(content, file_name=…) -> ReadFile     bytes → what each entry says, labeled
        card_lines, vcards                                vCard 2.1, 3.0, 4.0
        headings, tables                                  LinkedIn, Google, Outlook, Thunderbird…
    entries.make_entry(found) -> Entry                    to the fields of Contact, in words if not
    people.People(student's contacts)                     whom an entry speaks of
    plan.plan_entries(entries, people)                    new, adds to one, there already, left out
    apply.add_entries(…), undo.take_back(…)               the only ones that write

`UnreadableFile` carries a sentence for the student. An entry's own trouble never raises: it stands
in its remarks, and every entry of the file ends in exactly one of the four standings.
"""
