"""What `./bin/careerhub check` runs, and the rules of this house that no public linter knows."""
