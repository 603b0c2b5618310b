"""From files to a searchable index of letters, passages and sentences.

The matrix products of a question are small (ten words by a thousand). OpenBLAS would still share each among all cores, and
waking those takes longer than the product: with one thread a question takes half the time, and a server that answers several
people at once a third. The variable must be set before numpy is first imported; one that the user set is left alone.
"""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
