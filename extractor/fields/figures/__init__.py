"""Enrollment figures: what each number tells, of whom, where and when.

An article is read in this order, `field.FiguresField.read` calling one module after the other (docs/figures.md says why):

    rows        programmes, units, cues, vetoes and groups: what `patterns/` says of them; words: the words around phrases
    rules       what hand-written readings make of each number: one voter, and all there is for other programmes than insurance
    candidates  every quantity (find; open_numbers: those without a unit) and every phrase that may tell its programme (programmes),
                group (group_candidates), place (place_candidates; linking: bare names of a list) or period (period_candidates)
    frame       which of these phrases a figure may take, by the outline of the article
    decide      the questions a number is asked, in turn, each answered by a trained ranker (`extractor.ranking`): label and status
                (features in label), programme (in_turn), group, place (whereabouts) and period, by where a phrase stands (position)
    tie         one meaning for a number that headline or lead and the body tell
    arithmetic  what sums decide where a label is in doubt
    field       the record's figures; meaning: sign, codes, days; checks: what sums confirm, and warnings; estimates: "ước …"

`provenance.rule` is the row or step of the rules where they say the same, else `figures`; `provenance.note` tells a reader what a
sum confirms, or that the number can be read in two ways. No code reads it.
"""
