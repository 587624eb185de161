"""Headings as offices, forms and universities abroad write them."""

import pytest

from alumni.importing.fields import field_for, says_nothing
from alumni.importing.proposal import doubtful_columns, propose_mapping
from alumni.importing.reader import read_table

HEADINGS = {
    "given_name": "firstname; [Firstname]; FIRSTNAME; "
    "FName; F Name; Student First Name; Alum First Name; Vorname; Prénom",
    "family_name": "lastname; "
    "LName; L_Name; Alumni Last Name; Nachname; Apellidos; Sobrenome; Cognome; "
    "Apellido paterno; Primer apellido",
    "second_family_name": "Apellido materno; Segundo apellido; Second Last Name",
    "middle_name": "middlename; M.I.; MiddleName",
    "full_name": "fullname; Student Name; Sort Name; Primary Addressee; Name (Last, First); "
    "Last Name, First Name; Last, First (Maiden); Full name (as on your diploma); "
    "Nombre completo; Nom et prénom; Nombre y apellidos; Vor- und Nachname",
    "preferred_name": "Pref First Name; Person Preferred",
    "email": "Email (Personal); Email - Home; EmailAddress; Email1; 2nd Email; Correo electrónico; "
    "Courriel; E-Mail-Adresse; Adresse e-mail; Endereço de e-mail",
    "phone": "Phone Numbers; Phone number(s); contactno; "
    "Phone (mobile); PhoneNumber; Daytime Phone; Tel No; Teléfono; Téléphone portable; "
    "Handynummer; Número de celular",
    "class_year": "classyear; PREF_CLASS_YEAR; "
    "ClassYear; Class Year(s); Yr Grad; UG Class; Undergraduate Class Year; "
    "Degree Date; Graduation Term; Año de graduación; Année du diplôme; Abschlussjahr; "
    "Ano de formatura; Graduation Year (Undergrad); Class year (YYYY); Educations End Date; "
    "Educations Graduation Date Date; Year of Passing",
    "suffix": "Suffix 1",
    "place": "City, State; Preferred City, State; City, ST ZIP",
    "deceased": "Décédé; Fallecida; Verstorben am; Date de décès; DECEASED_IND; DEAD_IND",
    "majors": "Undergrad Major; Concentration; Carrera; Studiengang; Filière; "
    "Educations Major Names",
    "employer": "companyname; EMPLOYER_NAME1; Employer/Company Name; "
    "Company / Organization; Employer (current); Business Name; Empresa; Arbeitgeber; "
    "Employers Name; Work Company; Primary business name",
    "job_title": "Current Designation; Title/Position; Current Title; Business Title; Puesto; "
    "Beruf; Intitulé du poste; Jobs Title; Work Job Title; Primary business position",
    "region": "Active Region",
    "city": "Active City; Town/City; Address City; Ciudad; Wohnort; Ville",
    "country": "Country of Residence; País; Land; Pays",
    "fields_of_work": "Industry Sector; Area of Expertise; Branche; Employer Industries Name",
    "consent": "Can contact?; Consent given; Open to connect?; "
    "I agree to be contacted by current students; "
    "¿Acepta ser contactado?; Pode ser contatado?; Einverstanden; Contact by students?",
    "do_not_contact": "NO_CONTACT_IND; NO_EMAIL_IND; Ne pas contacter; No contactar; "
    "Email Opt Out; Requests no e-mail; Has Opted Out of Email; "
    "Unsubscribed from all email",
}


def cases(*known):
    return [
        (heading.strip(), name)
        for headings_of in known
        for name, headings in headings_of.items()
        for heading in headings.split(";")
    ]


@pytest.mark.parametrize(("heading", "name"), cases(HEADINGS))
def test_heading_names_its_field(heading, name):
    assert field_for(heading) == name


@pytest.mark.parametrize(
    "heading",
    ["Year", "Completion Date", "Spouse Name", "Email (spouse)", "Area", "Maiden Name",
     "Parent Email", "Name (company)",
     "City (of birth)", "Emergency Phone", "Status", "Major Gift", "Willing to relocate",
     "Open to new opportunities", "I agree to the terms"],
)  # fmt: skip
def test_heading_that_may_mean_something_else_is_left_to_a_person(heading):
    assert field_for(heading) is None


@pytest.mark.parametrize(
    "heading",
    [
        "Solicit Codes",
        "Opt-out date",
        "Privacy flag",
        "Restrictions",
        "EXCL_CODES",
        "Contato",
        "Died in",
        "Batch",
    ],
)
def test_column_that_may_hold_a_refusal_is_looked_at(heading):
    table = read_table(f"Name,{heading}\nAnn Lee,Do Not Email\n".encode(), file_name="list.csv")

    assert doubtful_columns(table, propose_mapping(table)) == {1}


@pytest.mark.parametrize(
    ("heading", "first", "is_number"),
    [("Completion time", "1", False), ("Completion time", "7", True), ("Remarks", "1", True)],
)
def test_an_id_that_counts_the_answers_to_a_form_is_nobodys_number(heading, first, is_number):
    """The next form gives the same numbers to other people."""
    content = f"ID,Name,{heading}\n{first},Ann Lee,x\n2,Ben Ray,x\n3,Cy Poe,x\n4,Di Fox,x\n"
    table = read_table(content.encode(), file_name="list.csv")
    mapping = propose_mapping(table)

    assert ("external_id" in mapping.columns.values()) is is_number
    assert (0 in doubtful_columns(table, mapping)) is not is_number


def test_a_column_without_a_cell_leaves_its_place_to_one_with_some():
    table = read_table(b"Name,Email,Full name\n,a@x.edu,Ann Lee\n,,Ben Ray\n", file_name="list.csv")

    assert propose_mapping(table).columns == {1: "email", 2: "full_name"}


def test_a_column_of_help_is_no_consent_and_leaves_the_place_to_one_that_is():
    content = (
        b"Name,Willing to help with,Open to connect?,Ok to contact\nAnn Lee,Interviews,no,no\n"
    )
    table = read_table(content, file_name="list.csv")
    mapping = propose_mapping(table)

    assert mapping.columns == {0: "full_name", 2: "consent"}
    assert doubtful_columns(table, mapping) == {1, 3}


@pytest.mark.parametrize(
    ("headings", "row", "fields"),
    [
        ("Nombre,Apellidos", "María José,Peña Ruiz", ["given_name", "family_name"]),
        ("Prénom,Nom", "Élodie,Le Roux", ["given_name", "family_name"]),
        ("Name,Vorname", "Weiß,Eva", ["family_name", "given_name"]),
        ("First Name,Name", "Ann,Ann Lee", ["given_name", "full_name"]),
        ("Nombre,Empresa", "Ana Gómez,Telmex", ["full_name", "employer"]),
    ],
)
def test_half_of_a_name_is_told_from_the_whole(headings, row, fields):
    table = read_table(f"{headings}\n{row}\n".encode(), file_name="list.csv")

    assert list(propose_mapping(table).columns.values()) == fields


def test_heading_of_many_digits_is_told_at_once():
    """It took longer than anybody waits, in the request that shows the columns."""
    assert not says_nothing(f"Column {'9' * 60}x")
    assert says_nothing("Column 2 17")


OF_SYSTEMS = {
    "given_name": "Person First; Legal Name - First Name; FIRST_NM; Students First Name",
    "family_name": "Person Last; Legal Name - Last Name; LAST_NM",
    "full_name": "Students Full Name",
    "email": "Person Email; Students Email",
    "phone": "Person Mobile Phone; CnPh_1_01_Phone_number",
    "class_year": "Degree 1 Conferred; CnAlm_1_01_Class_of; Education - Graduation year; GRAD_DT; "
    "Students Graduation Date (Primary Education)",
    "majors": "School 1 Major; Degree 2 Major; "
    "CnAlmMajor_1_01_Major; Education - Field of study; maj1; MAJR_DESC",
    "employer": "Job 1 Employer; CnPrBs_Org_Name; Associated Company",
    "job_title": "Job 1 Title; CnPrBs_Position",
    "external_id": "STUID; stu_id; Contact ID; Person Reference ID; Lookup ID",
}
QUESTIONS = {
    "given_name": "What is your first name? (as you would like it to appear); "
    "Enter your legal first name",
    "family_name": "What is your last name?; Your family name, please",
    "full_name": "What is your full name?",
    "email": "Please enter your preferred e-mail address so that we can reach you",
    "class_year": "In which year did you graduate from Example College?; When did you graduate?",
    "employer": "Where do you currently work?; Who do you work for?; "
    "What is the name of your employer?",
    "job_title": "What is your job title?; What is your current position?",
    "consent": "May current students contact you?; "
    "Are you willing to talk with a student by e-mail?",
    "phone": "Please give your phone number",
    "majors": "What was your major?; What did you study?",
    "place": "Where do you live? (City, State)",
}


@pytest.mark.parametrize(("heading", "name"), cases(OF_SYSTEMS, QUESTIONS))
def test_headings_of_systems_and_forms_name_their_field(heading, name):
    assert field_for(heading) == name


@pytest.mark.parametrize(
    "heading",
    ["Person Type", "Student Parent Email", "Degree 1", "Job 1 City of Birth",
     "Education - University",
     "What is your spouse's first name?", "Your emergency contact's phone number",
     "What did you like about your major?", "Would you like our newsletter by e-mail?",
     "How did your major help you in your job?", "What was your first job title?", "Thank you",
     "Where do you work, and what is your title?"],
)  # fmt: skip
def test_headings_that_ask_something_else_are_left_to_a_person(heading):
    assert field_for(heading) is None
