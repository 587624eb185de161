"""What a column of a list may hold, and the headings that say so in the systems offices use."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from alumni.importing.abroad import HEADINGS_ABROAD
from alumni.importing.questions import field_asked_for


class Field(NamedTuple):
    name: str
    label: str


class Consent:
    """The words of alumni.models.Consent, for a reader that runs without Django."""

    UNKNOWN, YES, NO = "UNKNOWN", "YES", "NO"


class AskBy:
    """The words of alumni.models.AskBy."""

    ANY, CAREERHUB, EMAIL, PHONE = "", "CAREERHUB", "EMAIL", "PHONE"


# What the directory's columns hold, in letters.
LENGTHS = {
    "name": 200, "given_name": 100, "family_name": 100, "external_id": 64, "email": 254,
    "phone": 40, "employer": 200, "job_title": 200, "city": 100, "region": 100, "country": 100,
    "note_to_students": 1000,
}  # fmt: skip
LIST_ITEM_LENGTH = 200

IGNORE = "ignore"
FIELDS = [
    Field("full_name", "Full name"),
    Field("given_name", "Given (first) name"),
    Field("middle_name", "Middle name"),
    Field("family_name", "Family (last) name"),
    Field("second_family_name", "Second family name (García Núñez)"),
    Field("prefix", "Title before the name (Dr., Ms.)"),
    Field("suffix", "Suffix after the name (Jr.)"),
    Field("preferred_name", "Preferred first name"),
    Field("email", "E-mail"),
    Field("second_email", "Second e-mail, used when the first is blank"),
    Field("phone", "Phone"),
    Field("class_year", "Class year"),
    Field("majors", "Majors"),
    Field("fields_of_work", "Fields of work"),
    Field("employer", "Employer"),
    Field("job_title", "Job title"),
    Field("city", "City"),
    Field("region", "State or region"),
    Field("country", "Country"),
    Field("place", "Place: city and region in one cell"),
    Field("external_id", "Your office’s number for the person"),
    Field("consent", "Students may ask (yes or no)"),
    Field("do_not_contact", "Do not contact (yes means no)"),
    Field("deceased", "Has died (yes, or the day)"),
    Field("ask_by", "How to ask (CareerHub, e-mail, phone)"),
    Field("paused_until", "No questions before this day"),
    Field("requests_per_month", "Requests a month, at most"),
    Field("note_to_students", "Note to students"),
    Field(IGNORE, "Leave this column out"),
]
FIELD_NAMES = {field.name for field in FIELDS}
NAMES = {"full_name", "given_name", "family_name"}
# Several columns may feed one of these; of the others the first column is proposed.
MANY_COLUMNS = {"majors", "fields_of_work", "phone", "do_not_contact", "deceased"}

# Headings as normalised() leaves them, matched whole. A bare "Year" is not among them: it may be
# the year of a gift, an award or, in NASA's list, of selection; a person decides.
HEADINGS = {
    "full_name": r"(full |display |alum(ni|nus|na)? |constituent |contact |person |student "
    r"|grad(uate)? |sort |formal |mail(ing)? )?name|name full|alum(ni|nus|na)?|(primary )?addressee"
    r"|((full )?name )?last( name)? first( name)?( middle( name| initial)?| maiden( name)?)?",
    "given_name": r"(contact1 |cnbio |spriden |legal |alum(ni|nus|na)? |student |grad(uate)? )?"
    r"(first|given)( name| nm)?|forename|name first|f ?name",
    "middle_name": r"(contact1 |cnbio |spriden )?(middle|additional)( name| initial)?"
    r"|(spriden )?m ?i",
    "family_name": r"(contact1 |cnbio |spriden |legal |alum(ni|nus|na)? |student |grad(uate)? )?"
    r"(last|family)( name| nm)?|surname|name last|l ?name",
    "second_family_name": r"second (family name|last name|surname)",
    "prefix": r"(name )?prefix|(contact1 )?salutation|honorific|cnbio title 1",
    "suffix": r"(name )?suffix|(cnbio )?suffix 1",
    "preferred_name": r"pref(erred)?( first)? name|pref(erred)? first|person preferred|goes by"
    r"|known as",
    "email": r"((contact1|goremal|alum(ni|nus|na)?|preferred|primary|personal|work|home|best|school"
    r"|contact|second(ary)?|2nd|other|alternate|business) ){0,2}e ?mail( ?addr(ess(es)?)?| id)?"
    r"( (personal|preferred|primary|work|home|business|school|other|current|best))?"
    r"|e ?mail( address)? ?[12]|e ?mail [12] (value|address)|mail",
    "phone": r"((contact1|preferred|primary|home|work|business|mobile|cell|other|contact|best"
    r"|day(time)?|evening) ){0,2}(tele)?phone"
    r" ?(numbers?( s)?|no|mobile|cell|home|work|preferred|primary)?"
    r"|mobile|cell|tel(ephone)?( no| number)?|(mobile|cell|contact) (number|no)"
    r"|phone \d( value)?|cnadrprfph \d \d+ phone number",
    "class_year": r"(alum(ni|nus|na)? |pref(erred)? |degree |u ?g |undergrad(uate)? )?"
    r"class( of| years?)?( s)?|cla?s?s ?yr"
    r"|(expected )?grad(uation|uating|uated)? ?(years?|yr|date|class|term)( s)?"
    r"|graduated( in)?|((u ?g |undergrad(uate)? )?degree|conferral) (year|date)( 1)?"
    r"|(year|yr|date) (of )?(grad(uation|uated)?|degree)|shrdgmr grad date"
    r"|primary education end date|grad(uation)? dt|degree \d conferred|conferred on"
    r"|educations (end|graduation) date( date)?|year of passing|passing( out)? year",
    "majors": r"(((under)?grad(uate)?|u ?g|primary|second(ary)?|double|degree|academic) )?"
    r"majors?( s| names?)?"
    r"|maj(or)?s? ?\d|majr( desc)?|field of study|(program|course|area) of study|studied"
    r"|concentration|discipline"
    r"|primary education (primary )?major( names?)?",
    "fields_of_work": r"(career |work )?(field|industry|sector)s?|career areas?"
    r"|(career )?industries|industry (sector|field)|sector industry"
    r"|fields? of (work|interest)|(line|area) of work"
    r"|areas? of expertise|employer industr(y|ies) name",
    "employer": r"(current |primary |work )?(employer|company|organi[sz]ation|workplace|firm)"
    r"( name)?( current| ?1)?|org name|associated company|(company|employer) (employer|company"
    r"|organi[sz]ation)( name)?|(primary )?business name|employers name"
    r"|organization 1 name|place of work|works (at|for)|employed (at|by)",
    "job_title": r"((current|primary|work) )?(jobs?|position|work|employment|business|professional)"
    r" ?title( current)?|current title|title position|position title"
    r"|(current |primary business )?(position|job|role)|job \d title|contact1 title"
    r"|organization (1 )?title|occupation|profession|(current )?designation",
    "city": r"((home|business|work|current|mailing|preferred|active) )?(address )?"
    r"(city|town)( town| city)?"
    r"|address 1 city"
    r"|cnadrprf city",
    "region": r"((home|business|work|current|mailing|preferred|active) )?(state|province|region)"
    r"( (prov(ince)?|region|code))?|address 1 region|cnadrprf (province|state)",
    "country": r"((home|business|work|current|mailing|preferred|active) )?country"
    r"( region| name| of residence)?|nation"
    r"|address 1 country|cnadrprf country",
    "place": r"((home|current|preferred) )?(location|place)( city (state|country))?"
    r"|((home|current|preferred|mailing|primary) )?city( and)? (state|st|region|country)"
    r"( (zip|country)( code)?)?"
    r"|lives in|based in",
    "external_id": r"((alum(ni|nus|na)?|student|constituent|banner|external|person|record|member"
    r"|contact|user|reference|lookup|office|cnbio|spriden|university|college) )?"
    r"(id|identifier)( number| no)?|external ?id|id number|emplid|stu ?id",
    "consent": r"(contact |student )?consent( to contact| given)?|can (be )?contact(ed)?|contact ok"
    r"|(ok|okay|agree[sd]?) to (be )?contact(ed)?|(students )?may (be )?(contact|ask|write)(ed)?"
    r"|permission to contact|contact(ed|able)? by students?|opt(ed)? in|willing"
    # Not “Willing to relocate”.
    r"|((is|i|am) )*(willing|open|happy|glad|agree[sd]?|consent) to .*\b(contact(ed)?|connect"
    r"|students?|talk|speak|meet|mentor|chat|advise|interview(s|ed)?|conversations?)\b.*",
    "do_not_contact": r"do not (contact|e ?mail|solicit)|no (contact|e ?mail)( ind)?"
    r"|unsubscribed( from all e ?mails?)?"
    r"|((has )?opt(ed)? out( of)?|requests no)( e ?mails?)?|e ?mail opt(ed)? out",
    "deceased": r"(is )?deceased( (date|on|flag|ind(icator)?|y n))?|(date of )?death( date)?"
    r"|dead( ind(icator)?)?"
    r"|died( on)?|(cnbio|spbpers|spriden) (deceased|dead)( (date|ind))?",
    "ask_by": r"(how to|best way to|preferred way to) (ask|contact|reach)( them)?|ask by"
    r"|(preferred )?(contact|communication) (method|preference)",
    "paused_until": r"(consent )?paused?( until| till)?|on hold until|(no|not) (requests?|contact)?"
    r" ?(before|until)|no questions before( this day)?",
    "requests_per_month": r"(max(imum)? )?(requests|students|questions)( a| per) month( at most)?",
    "note_to_students": r"(note|notes|message|advice|quote|tip|words)( (to|for) students)",
}
# In front of the file with the rows left out: the way back in is open, and nobody needs to look.
OF_LEFT_OUT = {"row", "problem"}
_PATTERNS = {
    name: re.compile(f"{pattern}|{HEADINGS_ABROAD[name]}" if name in HEADINGS_ABROAD else pattern)
    for name, pattern in HEADINGS.items()
}
# “firstname”, “COMPANYNAME1”
_JOINED = re.compile(
    r"\b(first|last|given|family|middle|full|pref(?:erred)?|display|contact|company|employer|job"
    r"|class|grad(?:uation)?|degree|student|alum(?:n[iu]s?)?|person|phone|e?mail)"
    r"(names?|titles?|years?|numbers?|address|no|id)(?=\d?\b)"
)
# “ClassYear” and “LName” are two words.
# “Full name (as on your diploma)”, “Major (undergrad)”, and not “E-mail (spouse)”: what tells how
# to fill a column in, and not whose it is.
_INSTRUCTION = re.compile(
    r"\((?:as|if|e\.?g|i\.?e|optional|required|please|y{2,4}|mm|dd|ug|undergrad|include|including"
    r"|with|most|no)\b[^)]*\)|\(undergraduate\)",
    re.IGNORECASE,
)
_WITHIN_A_WORD = re.compile("(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
# What systems write in front of each heading, or behind it: “Person Email”, “Degree 1 Major”,
# “CnAlm_1_01_Class_of”, “Education - Graduation year”.
_OF_SYSTEMS = re.compile(
    r"^(?:(?:cn(?:bio|adrprf|prbs|alm[a-z]*|ph)|spriden|person|students?|legal name|educations?"
    r"|employment)(?: \d+)*|(?:degree|job|school) \d+) | primary education$"
)
# Words that make a column worth a person's second look when it was left out.
_TELLING = re.compile(
    r"\b(year|class|grad\w*|degree|names?|e ?mail|phone|mobile|company|employer|majors?|title|city"
    r"|state|location|consent|(?:kont|conta)[ck]?t\w*|willing|solicit\w*|opt|status|privacy|confidential"
    r"|restrict\w*|excl\w*|dead|deceased|died|batch|conferred|position)\d*\b"
)
_EMPTY_WORDS = re.compile(
    r"((column|col|field|f|c|x|var|variable|data|value|text|custom|unnamed|attribute|attr|other"
    r"|misc|heading|header)[ \d]*|[a-z]|\d*)"
)


def field_for(heading: str) -> str | None:
    """The field that a heading names, IGNORE for those of our own file, or None."""
    words = normalised(heading)
    if words in OF_LEFT_OUT:
        return IGNORE
    apart = normalised(_WITHIN_A_WORD.sub(" ", heading))
    whole = {words, apart, _JOINED.sub(r"\1 \2", words)}
    # Most cells that are asked about are no headings: nothing is looked up twice.
    parts = {_OF_SYSTEMS.sub("", words)} - whole
    if "(" in heading:
        parts |= {normalised(_INSTRUCTION.sub("", heading))} - whole
    return _named_by(whole) or _named_by(parts) or field_asked_for(words)


def _named_by(spellings: set[str]) -> str | None:
    if not spellings:
        return None
    return next(
        (name for name, pattern in _PATTERNS.items() if any(map(pattern.fullmatch, spellings))),
        None,
    )


def is_unreadable(heading: str) -> bool:
    """In letters of which we know no word: it may say anything."""
    return not normalised(heading) and any(map(str.isalpha, heading))


def says_nothing(heading: str) -> bool:
    """“Column 7”, “F3”, “value”, “”: what stands below must speak for itself."""
    is_empty = _EMPTY_WORDS.fullmatch(normalised(heading)) is not None
    return is_empty and not is_unreadable(heading)


def is_telling(heading: str) -> bool:
    return _TELLING.search(normalised(heading)) is not None


def normalised(heading: str) -> str:
    """“E-mail 1 - Value” → "e mail 1 value", “primary_education:major_names” likewise."""
    plain = unicodedata.normalize("NFKD", heading.replace("’", "'")).encode("ascii", "ignore")
    return " ".join(re.findall(r"[a-z0-9]+", plain.decode().lower()))
