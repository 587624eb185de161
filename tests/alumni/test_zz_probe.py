import re, sys, unicodedata
from django.db import connection
from alumni.filters import search
from alumni.models import Alum
from tests.factories import AlumFactory
def test_every_character():
    chars=[chr(i) for i in range(1,sys.maxunicode+1) if not 0xd800<=i<=0xdfff and re.match(r"[^\W_]",chr(i))]
    print(len(chars))
    bad=[]
    with connection.cursor() as c:
        c.execute("""CREATE FUNCTION pg_temp.bad(w text) RETURNS text LANGUAGE plpgsql AS $$ BEGIN PERFORM to_tsquery('simple', quote_literal(unaccent(w)) || ':*'); RETURN NULL; EXCEPTION WHEN OTHERS THEN RETURN w||' '||SQLERRM; END $$""")
        c.execute("""CREATE FUNCTION pg_temp.bad0(w text) RETURNS text LANGUAGE plpgsql AS $$ BEGIN PERFORM to_tsquery('simple', unaccent(w||':*')); RETURN NULL; EXCEPTION WHEN OTHERS THEN RETURN w||' '||SQLERRM; END $$""")
        for f in ("bad0","bad"):
          for pat in ("%s","a%sb","%s%s"):
            ws=[pat.replace("%s",ch) for ch in chars]
            c.execute("SET client_min_messages=error")
            c.execute(f"SELECT x FROM (SELECT pg_temp.{f}(w) x FROM unnest(%s::text[]) w) q WHERE x IS NOT NULL",[ws])
            r=c.fetchall(); print(f,pat,len(r),r[:3])
            if f=="bad": assert not r
def test_plan():
    Alum.objects.bulk_create([Alum(name=f"Person{i} Fam{i%977}", employer=f"Emp{i%50}", class_year=1950+i%70, consent="YES") for i in range(30000)])
    with connection.cursor() as c: c.execute("ANALYZE alumni_alum")
    print(search(Alum.objects.all(),"fam12 emp3 1990").explain(analyze=True))
    print(search(Alum.objects.all(),"a "*100).explain()[:300])
def test_finds():
    for n in ("Kovářová","O'Brien","½ Acme","ŉ Test","Straße"): AlumFactory(name=n)
    for q in ("kova\u0301řova\u0301","o'brien","½","5½","⑴","ŉ","strasse","straße","_ kovar"):
        print(repr(q),[a.name for a in search(Alum.objects.all(),q)])
