"""The directory is the office's: staff change it and import lists."""

import rules

from accounts.rules import is_office_staff

rules.add_perm("alumni.change_alum", is_office_staff)
rules.add_perm("alumni.import_lists", is_office_staff)
rules.add_perm("alumni.run_campaigns", is_office_staff)
rules.add_perm("alumni.export_directory", is_office_staff)
rules.add_perm("alumni.keep_vocabulary", is_office_staff)
rules.add_perm("alumni.merge_alumni", is_office_staff)
