"""Cited legal and administrative documents.

An article is read in this order, `resolve.find_documents` calling one module after the other:

    rows        types, issuing bodies and words around numbers: what `patterns/` says of them
    find        every candidate: numbers with a suffix and the type word before them (grammar), numbers without one (short), those
                of a list that share their parts (lists)
    dates       the day of a citation: behind its number, or in the clause that tells of its issue
    issuer      who issued it: by the code in the number, the words after or before it (bodies: those that the text names;
                issuer_words: what stands between), else by the units that the article is about (home)
    laws        laws by name, with or without a year
    resolve     the record's documents: short repeats take what the one full citation says that they can mean
"""
