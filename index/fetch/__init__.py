"""Fetching publications: client (how to ask), sru (what there is), documents (which file), job (into a folder)."""
