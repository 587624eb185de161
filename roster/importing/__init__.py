"""From the registrar's file to students, in steps; the reading is that of alumni lists.

    alumni.importing.reader.read_table(content)     bytes → numbered records, in a child process
    columns.propose(table)                          headings → what they hold, correctable
    rows.RowReader(…).read(record)                  one record → clean values, problems in words
    people.People()                                 whom we know: students, their numbers, advisors
    plan.plan_rows(…)                               what would become of each row, and who leaves
    apply.apply_plan(…), undo.take_back(…)          the only ones that write

A row's own trouble never raises, and rows = created + updated + unchanged + rejected always.
"""
