"""The rules: hand-written readings of figures, whose decisions are one voter among the features of the rankers.

`read.find_figures` goes through an article sentence by sentence, in this order:

    sentence    quantities, programmes, cues and vetoes of a sentence, and where its clauses break (lists: lines of tables)
    judge       each number from left to right, by the first of the steps that has an answer; what a number tells the next is
                handed on (number.Told), and so is what one sentence tells the next
      refusals    no figure: money, places, visitors, the whole that a part is counted out of
      changes     differences and shares of a plan
      from_right  the evidence behind a number (evidence), predicate: what its cue makes of it
      labels      programmes that stand as labels: in lists, brackets, behind a colon
      carried     what a bare number takes from the figure before
    respective  changes that a sentence gives in turn for the programmes before
    topic       what the talk of the article (talk) says of a number that is still open: rows over the sentence in signs (signs)
    status      reached, aimed at or only supposed, by the number's own words and the scopes over it (headings)

phrases holds the patterns of `patterns/figure_phrases.yaml`.
"""
