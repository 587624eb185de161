"""Headings of lists from elsewhere: Spanish, French, German, Portuguese, Italian, Dutch.

As fields.normalised() leaves them: in lower case, without accents.
"""

HEADINGS_ABROAD = {
    # “Nombre” and “Nom” are the whole name, unless the other half has a column of its own: see
    # proposal.propose_mapping().
    "full_name": r"(nombre|nome|nom)( completo| complet| y apellidos| et prenoms?)?|naam"
    r"|vollstandiger name|vor ?(und )?nachname|apellidos y nombres?|volledige naam",
    "given_name": r"vornamen?|rufname|prenoms?|nombres|nombre de pila|primer nombre|primeiro nome"
    r"|nome proprio|voornaam",
    "family_name": r"(nach|familien|zu)name|(primer )?apellidos?( paterno)?|sobrenome|ultimo nome"
    r"|cognome|nom de famille|achternaam",
    "second_family_name": r"segundo apellido|apellido materno",
    "email": r"correos?( electronico)?|courriel|mel|posta elettronica"
    r"|(adresse|direccion|endereco|indirizzo)( de)? (e ?mail|mail|correo|courriel|electronique"
    r"|electronica|eletronico|correo electronico)|e ?mail ?adress?e?|mail ?adresse|e ?mail ?adres",
    "phone": r"telefon(nummer|o)?( (celular|movil|cellulare|fijo|fixo|de casa))?|telefone"
    r"|telefoon(nummer)?|handy(nummer)?|mobil(nummer|telefon)?"
    r"|movil|celular|cellulare|(telephone )?portable|rufnummer"
    r"|n(umero|um|o)( de)? (telefono|telephone|telefone|celular|movil)",
    "class_year": r"ano (de )?(graduacion|egreso|titulacion|formatura|graduacao|conclusao)"
    r"|annee (de |du |d )?(diplome|diplomation|obtention( du diplome)?|promotion|sortie)"
    r"|abschluss ?jahr|jahr des abschlusses|anno di laurea|afstudeerjaar",
    "majors": r"carrera|titulacion|licenciatura|especialidad|studien(fach|gang)|(haupt)?fach"
    r"|filiere|specialite|curso|corso di (laurea|studi)|studierichting|opleiding",
    "fields_of_work": r"branche|sector laboral|secteur( d activite)?|rubro|setor|settore",
    "employer": r"empresa( actual| atual)?|empleador|arbeitgeber|firma|unternehmen"
    r"|entreprise( actuelle)?|employeur|societe|azienda|empregador|werkgever|bedrijf",
    "job_title": r"puesto( actual)?|cargo|ocupacion|profesion|profissao|professione|beruf"
    r"|berufsbezeichnung|stelle|poste|fonction|metier|(intitule|titre) (de|du) poste|functie",
    "city": r"ciudad|localidad|(wohn)?ort|stadt|ville|cidade|citta|woonplaats|plaats",
    "region": r"estado|provincia|comunidad autonoma|bundesland|kanton|departement|regione",
    "country": r"pais|land|pays|paese",
    "consent": r"consentimiento|consentement|consenso|einwilligung|toestemming|einverstanden"
    r"|(acepta|aceita|puede|pode) ser contac?tad[oa]( .*)?|accepte d etre contactee?( .*)?"
    r"|(darf|kann) .*kontaktiert werden",
    "do_not_contact": r"no contactar|ne pas contacter|nicht kontaktieren|kein(en)? kontakt"
    r"|nao contatar|non contattare|niet contacteren",
    "deceased": r"(date de )?dece(s|de|dee|de e)|fallecid[oa]( a)?"
    r"|fecha de (fallecimiento|defuncion)|verstorben( am)?"
    r"|(sterbe|todes)(datum|tag)|falecid[oa]( a)?|decedut[oa]|overleden( op)?",
    "prefix": r"titel|anrede|civilite|tratamiento|aanhef",
}
