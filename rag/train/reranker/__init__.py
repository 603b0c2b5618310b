"""Train the embedded reranker: start, distil, teach, export, blend."""
