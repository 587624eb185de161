"""Asking for work without naming it: by an offer of oneself, or of a pair of hands (G34).

Read as the other direct requests are: on plain small letters, and not where the words deny it.
"""

from __future__ import annotations

_US = (
    r"(?:team|lab|laboratory|staff|company|firm|office|studio|agency|clinic|department|crew|group|"
    r"practice|newsroom|shop|organization)"
)
_KEEN = r"(?:love|like|want|hope|hoping|eager|thrilled|honored|happy|glad|delighted|excited|ready)"
_HANDS = (
    r"(?:pair of hands|hand|hands|help(?! (?:with|finding|getting|to)\b)|interns?|assistants?|"
    r"trainees?|apprentices?)"
)
_HIRERS = r"(?:hires?|hiring|recruits?|recruiting|recruiters?|hr|human resources)"

_BESIDE = r"(?:for|with|under|beside|alongside|at)"

OFFERS = (
    rf"\b{_KEEN} (?:to )?(?:join|be (?:a )?part of|become (?:a )?part of) your "
    rf"(?:\w+ ){{0,2}}?{_US}\b(?! (?:meeting|call|lunch|visit|tour)s?\b)",
    rf"\b{_KEEN} to (?:work|intern|help out) {_BESIDE} your?\b(?! on\b)",
    r"\b(?:you|your \w+) (?:ever |might |should |could )?(?:needs?|could use) "
    r"(?:an? |any |some )?(?:extra |spare |summer |student |new |more |part-time ){0,2}"
    rf"{_HANDS}(?= ?[.,;?!]| (?:this|next|over|in the|at|for the|i)\b)",
    r"\bthink of me (?:when|if|for|as)\b[^.?!]{0,40}\b(?:hir\w+|fill|positions?|jobs?|roles?|"
    r"internships?|openings?|interns?|assistants?)\b",
    r"\bi(?: can|'d be able to| could|'m able to| am able to|'m (?:free|ready|happy) to|"
    r" am (?:free|ready|happy) to) (?:begin|start) (?:work(?:ing)? (?:for|with|at) you|"
    r"as (?:early|soon) as|immediately(?! after)|right away|for you)",
    r"\bsend (?:you|in) my application\b",
    rf"\b(?:introduce|connect) me (?:to|with) (?:\w+ ){{0,3}}?{_HIRERS}\b",
    r"\b(?:take|taking) (?:on )?(?:someone|somebody|a (?:\w+ )?student) like me\b"
    r"(?! (?:seriously|out|around|along|for (?:lunch|coffee)))",
    r"\b(?:chance|hope) of an? (?:\w+ )?(?:gig|role|spot) (?:at|with|in|on) your "
    rf"(?:\w+ )?{_US}\b",
)
