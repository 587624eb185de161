"""Pages as a server serves them. Settings are read before there are models: import none here."""
