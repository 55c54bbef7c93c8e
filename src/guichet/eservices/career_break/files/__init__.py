"""Files attached to requests and notices: chosen, applied, removed, judged, kept for a term.

The other rooms of this service call `operations` (`choose`, `apply`, `remove`, `accept`, `reject`),
`queries` (`documents_of`, `missing_of`, `opened`) and, on a page of theirs, `desk.handled` with the
template ``career_break_files/desk.html``.
"""
