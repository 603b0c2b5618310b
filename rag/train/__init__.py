"""Training of the small logistic models in rag/data; never imported by the product."""
