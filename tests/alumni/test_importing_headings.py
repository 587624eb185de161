"""Headings as offices, forms and universities abroad write them."""

import pytest

from alumni.importing.fields import field_for, says_nothing
from alumni.importing.mapping import doubtful_columns, propose_mapping
from alumni.importing.reader import read_table

HEADINGS = {
    "given_name": "FName; F Name; Student First Name; Alum First Name; Vorname; Prénom",
    "family_name": "LName; L_Name; Alumni Last Name; Nachname; Apellidos; Sobrenome; Cognome",
    "middle_name": "M.I.; MiddleName",
    "full_name": "Student Name; Sort Name; Primary Addressee; Name (Last, First); "
    "Last Name, First Name; Nombre completo; Nom et prénom; Nombre y apellidos; Vor- und Nachname",
    "preferred_name": "Pref First Name",
    "email": "Email (Personal); Email - Home; EmailAddress; Email1; 2nd Email; Correo electrónico; "
    "Courriel; E-Mail-Adresse; Adresse e-mail; Endereço de e-mail",
    "phone": "Phone (mobile); PhoneNumber; Daytime Phone; Tel No; Teléfono; Téléphone portable; "
    "Handynummer; Número de celular",
    "class_year": "ClassYear; Class Year(s); Yr Grad; UG Class; Undergraduate Class Year; "
    "Degree Date; Graduation Term; Año de graduación; Année du diplôme; Abschlussjahr; "
    "Ano de formatura",
    "majors": "Undergrad Major; Concentration; Carrera; Studiengang; Filière",
    "employer": "Company / Organization; Employer (current); Business Name; Empresa; Arbeitgeber",
    "job_title": "Title/Position; Current Title; Business Title; Puesto; Beruf; Intitulé du poste",
    "city": "Address City; Ciudad; Wohnort; Ville",
    "country": "Country of Residence; País; Land; Pays",
    "fields_of_work": "Industry Sector; Area of Expertise; Branche",
    "consent": "Can contact?; Consent given",
}
CASES = [
    (heading.strip(), name)
    for name, headings in HEADINGS.items()
    for heading in headings.split(";")
]


@pytest.mark.parametrize(("heading", "name"), CASES)
def test_heading_names_its_field(heading, name):
    assert field_for(heading) == name


@pytest.mark.parametrize(
    "heading",
    ["Year", "Completion Date", "Spouse Name", "Email (spouse)", "Area", "Maiden Name",
     "Parent Email", "Emergency Phone", "Status", "Major Gift"],
)  # fmt: skip
def test_heading_that_may_mean_something_else_is_left_to_a_person(heading):
    assert field_for(heading) is None


@pytest.mark.parametrize(
    "heading", ["Solicit Codes", "Opt-out date", "Privacy flag", "Restrictions"]
)
def test_column_that_may_hold_a_refusal_is_looked_at(heading):
    table = read_table(f"Name,{heading}\nAnn Lee,Do Not Email\n".encode(), file_name="list.csv")

    assert doubtful_columns(table, propose_mapping(table)) == {1}


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
