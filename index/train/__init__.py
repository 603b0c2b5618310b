"""The training pipeline of the Dutch embedder: `python -m index.train`. Nothing in the product imports it.

    gloss      Dutch to English, word for word       targets    the teacher's vectors of glossed texts (cached)
    tokenizer  Dutch word pieces                     table      the first vector of every piece
    distill    the table learns from the targets     contrast   the table learns from questions and their passages
    reduce     384 to 256 dimensions                 assemble   the folder that the product loads
    forget     a table as if it had not seen the passages, for fitting what reads its similarities

`material` reads the training material (never the letters or the gold questions: `leaks` checks every text), `sets` and
`measure` hold apart what figures are taken on.
"""
