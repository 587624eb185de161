"""A first vocabulary, for the office to make its own."""

from django.db import migrations

# Each with other spellings behind it. The first words an office would write itself.
MAJORS = """
Accounting: Accountancy
African American Studies: Black Studies; Africana Studies
Agriculture: Agricultural Science
American Studies
Animal Science: Animal Sciences
Anthropology: Anthro
Arabic
Archaeology: Archeology
Architecture: Arch
Art History: History of Art
Asian Studies: East Asian Studies
Astronomy: Astrophysics
Biochemistry: Biochem
Biology: Bio; Biological Sciences; Biological Science
Biomedical Engineering: Bioengineering; BME
Business Administration: Business; Business Admin; Bus Admin
Chemical Engineering: Chem Eng; ChE
Chemistry: Chem
Chinese
Civil Engineering: Civil Eng; CE
Classics: Classical Studies
Cognitive Science: Cog Sci
Communication: Communications; Comm; Communication Studies
Comparative Literature: Comp Lit
Computer Engineering: Comp Eng
Computer Science: CS; Comp Sci; CompSci; Computer Sciences
Creative Writing
Criminal Justice: Criminology
Dance
Data Science
Design: Graphic Design
Earth Science: Geosciences; Earth Sciences
Economics: Econ; Economy
Education: Ed; Teacher Education
Electrical Engineering: EE; Elec Eng
Engineering: Eng; Engr
English: English Literature; English Language and Literature; Engl
Environmental Science: Env Sci; Environmental Sciences
Environmental Studies
Film Studies: Film; Film and Media
Finance: Fin
Food Science
French: French Studies
Geography: Geog
Geology: Geol
German: German Studies
Global Studies: International Studies
History: Hist
Hospitality Management: Hotel Management; Hospitality
Human Resources
Industrial Engineering: IE
Information Systems: MIS; Management Information Systems
International Relations: IR; International Affairs
Italian
Japanese
Journalism: Journ
Kinesiology: Exercise Science
Latin American Studies
Legal Studies: Pre-Law
Linguistics: Ling
Management: Mgmt
Marketing: Mktg
Mathematics: Math; Maths
Mechanical Engineering: Mech Eng; ME
Media Studies
Microbiology
Music
Natural Resources: Natural Resources Conservation
Neuroscience: Neuro
Nursing: BSN
Nutrition: Dietetics
Philosophy: Phil
Physics
Plant Science: Plant and Soil Sciences
Political Science: Poli Sci; PoliSci; Politics; Pol Sci
Portuguese
Psychology: Psych
Public Health: PH
Public Policy: Public Administration
Religious Studies: Religion
Russian
Social Work: BSW
Sociology: Soc
Spanish
Sport Management: Sports Management
Statistics: Stats
Studio Art: Fine Arts; Art
Theater: Theatre; Drama; Theater Arts
Urban Studies: Urban Planning
Women, Gender, and Sexuality Studies: Women’s Studies; Gender Studies; WGSS
"""
FIELDS = """
Accounting and Auditing: Accounting; Audit
Advertising: Advertising and PR
Agriculture and Food: Agriculture; Farming
Architecture and Planning: Architecture; Urban Planning
Arts and Museums: Arts; Museums; Fine Art
Banking: Commercial Banking
Biotechnology: Biotech; Life Sciences
Community Work: Community Development
Construction: Building
Consulting: Management Consulting
Data and Analytics: Data Science; Analytics
Design: Graphic Design; UX
Education: Teaching; Schools; K-12
Energy: Utilities; Oil and Gas
Engineering: Manufacturing Engineering
Entrepreneurship: Startups; Self-employed
Environment: Conservation; Sustainability
Fashion: Apparel
Film and Television: Film; Television; TV
Finance: Financial Services; Investment
Government: Public Administration; Public Sector
Health Care: Healthcare; Medicine; Health
Higher Education: Universities; Academia
Hospitality: Hotels; Restaurants; Tourism
Human Resources: HR; Recruiting
Insurance
International Work: International Development; Diplomacy
Journalism: News; News Media
Law: Legal; Legal Services
Logistics: Supply Chain; Transportation
Manufacturing: Industry
Marketing: Marketing and Sales
Music and Performing Arts: Music; Theater; Performing Arts
Nonprofit: Non-profit; NGO; Charity
Pharmaceuticals: Pharma
Public Health
Public Relations: PR
Publishing: Books; Editing
Real Estate: Property
Research: Science; R&D
Retail: E-commerce
Sales
Social Work: Human Services; Social Services
Software: Software Development; Information Technology; IT; Tech; Technology
Sports and Recreation: Sports; Athletics
Telecommunications: Telecom
Veterinary Medicine: Animal Care
"""


def first_terms(Term):
    rows = [("majors", line) for line in MAJORS.strip().splitlines()]
    rows += [("fields_of_work", line) for line in FIELDS.strip().splitlines()]
    terms = []
    for kind, line in rows:
        name, _, spellings = line.partition(":")
        said = [one.strip() for one in spellings.split(";") if one.strip()]
        terms.append(Term(kind=kind, name=name, spellings=said))
    return terms


def add_first_words(apps, schema_editor):
    Term = apps.get_model("alumni", "Term")
    Term.objects.bulk_create(first_terms(Term), ignore_conflicts=True)


def remove_first_words(apps, schema_editor):
    """Those that the office left as they were; its own words stay."""
    Term = apps.get_model("alumni", "Term")
    for term in first_terms(Term):
        Term.objects.filter(kind=term.kind, name=term.name, spellings=term.spellings).delete()


class Migration(migrations.Migration):

    dependencies = [
        ('alumni', '0008_vocabulary'),
    ]

    operations = [
        migrations.RunPython(add_first_words, remove_first_words),
    ]
