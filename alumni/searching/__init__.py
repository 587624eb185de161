"""Finding people in a directory of any size: from what somebody typed to one page of people.

typed.py   what was typed, to words, and each word to what it may stand for
terms.py   the words in use, kept fresh: what a slip of the keys may have meant
finds.py   conditions on the search document; students never find by what an alum hides
built.py   statements, put together once for each shape of a search
crowd.py   whom a search finds, without what was typed
filters.py the exact values that narrow a search
facets.py  how many there are of each value
hits.py    one statement: count, facets and one page in order
many.py    the best of more people than are weighed
browse.py  pages of the whole directory, by an index
places.py  where a page begins, as a part of its address
search.py  all of it, in order
"""
