"""Persons and their posts.

An article is read in this order, `build.find_officials` calling one module after the other:

    marks       roles and forms of address       rows, roles, words: what `patterns/` says of them
    names       persons: the statistical layer's (collector), those beside roles and bodies (role_names, name_patterns)
    posts       a role and its body: tokens, body_steps (what may come next in a name), bodies (parents), wording
    candidates  every span that may be a post (spans); weigh chooses (evidence, weights, decide)
    attach      whose a post is by rules: chains, links, pronouns, infobox; weigh decides (owner_evidence, share_evidence)
    settle      what the form of the text settles after that
    persons     one person an article; merge: one position a post
    tenure      times and ends (terms); changes in office (event_rows); activities
    context     bodies of bare posts by rules, completion by weight (body_ways, post_counts, scene)
    resolve     the record's position: unit, level, country (foreign), spelling, keys between articles (body_keys, key_rows)
"""
