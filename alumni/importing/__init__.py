"""From the bytes of an uploaded list to rows of the directory, in steps that a person can follow.

    reader.read_table(content, file_name=…) -> Table             bytes → numbered records
    proposal.propose_mapping(table) -> Mapping                    columns → fields, correctable
    staging.stage(child, job, …)                                 rows that met the directory
    plan.plan() -> counts                                        what would become of each row
    apply.apply_plan(newcomers, …)                               in one transaction

`reader.UnreadableFile` and `mapping.BadMapping` carry a sentence for the person who uploaded the
list. A row's own trouble never raises: it stands in `PlannedRow.problems`, and
`rows = created + updated + unchanged + rejected` holds for every plan. Nothing here but
`newcomers`, `kept`, `apply` and `undo` writes. `alumni.actions` is the way in for views, tasks and
commands.
"""
