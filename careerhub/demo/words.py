"""Names, places and trades for the demo college: invented, plausible, nobody in particular."""

from typing import NamedTuple


class Trade(NamedTuple):
    field: str
    majors: tuple[str, ...]
    titles: tuple[str, ...]
    employers: tuple[str, ...]


class Place(NamedTuple):
    city: str
    region: str
    country: str
    time_zone: str


GIVEN_NAMES = tuple(
    """Adaeze Aiko Alejandra Alden Amira Anders Anjali Anouk Arturo Asha Beatriz Bilal Brigid
    Calvin Camila Carys Chidi Clara Cormac Dalia Damian Darya Delphine Dinesh Eilidh Elio Emeka
    Esme Fatou Felix Farah Gita Graham Greta Hana Hassan Helen Hugo Ines Ingrid Isaac Ivy Jada
    Jonas Josefina June Kamal Karin Kofi Laila Leander Leilani Lina Lorenzo Luz Malik Marta Mateo
    Mei Mina Nadia Naveen Nils Noor Odette Omar Orla Paloma Petra Priya Quentin Rafael Renata
    Rosalind Rui Samira Sanjay Selma Simone Soren Tamsin Tariq Teodora Thandi Ulla Uma Vera Viktor
    Wanda Wei Xiomara Yara Yusuf Zainab Zoltan""".split()  # noqa: SIM905 - a hundred lines would say no more
)
FAMILY_NAMES = tuple(
    """Abara Acheson Aldana Almasi Ansah Arnesen Bakare Bannerji Barlow Beltrami Bergstrand Boateng
    Brannigan Brzozowski Calloway Carvalho Castellan Chaudhri Colquhoun Cordero Dabrowska Dacosta
    Delacour Desrosiers Drummond Ebersole Ekström Espinal Fairbairn Farahani Fenwick Fujikawa
    Gallardo Gebre Ghorbani Grünwald Hallström Haverkamp Hinojosa Holcombe Ibáñez Ifeanyi Iwasaki
    Jarosz Kaminaga Kapadia Karlsen Keahi Kilpatrick Kowalczyk Kulkarni Lachance Langford Lindqvist
    Macharia Mahlangu Marchetti Mbele McAllan Mendonça Mirza Moradi Munro Nakagawa Ndiaye
    Nordahl Nuñez-Reyes Obregón Odhiambo Okonjo Orozco Osterman Palomar Pacheco Papadakis Pemberton
    Pillai Quispe Radomski Rahimi Ravndal Rosenthal Saavedra Sandoval Santangelo Seo Shirazi
    Sokolova Stavros Sundaram Tadesse Takahara Thibodeaux Tran-Hughes Tsang Uchida Ueland Valderrama
    Vasquez-Lee Villanueva Waweru Whitlock Wojcik Yamane Yilmaz Zabala Zeller""".split()  # noqa: SIM905 - a hundred lines would say no more
)

TRADES = (
    Trade(
        "Journalism",
        ("English", "Journalism", "History"),
        ("Features editor", "Reporter", "Audio producer", "Copy chief", "Local news editor"),
        ("Valley Courier", "Harbor Public Radio", "The Slate Hill Review", "North Ferry News"),
    ),
    Trade(
        "Public health",
        ("Biology", "Public health", "Sociology"),
        ("Epidemiologist", "Program manager", "Health educator", "Policy adviser"),
        ("Tri-County Health", "Open Door Clinics", "Institute for Rural Care", "Clearwater Trust"),
    ),
    Trade(
        "Software",
        ("Computer science", "Mathematics", "Physics"),
        ("Software engineer", "Product manager", "Site reliability engineer", "Data engineer"),
        ("Lanternworks", "Quarry Systems", "Bluefin Logistics", "Fieldnote Software"),
    ),
    Trade(
        "Finance",
        ("Economics", "Mathematics", "Political science"),
        ("Analyst", "Portfolio associate", "Risk manager", "Credit officer"),
        (
            "Granite Mutual",
            "Eastgate Savings",
            "Tidewater Partners",
            "Cooperative Bank of the Hills",
        ),
    ),
    Trade(
        "Law",
        ("Political science", "Philosophy", "English"),
        ("Staff attorney", "Paralegal", "Associate", "Court mediator"),
        (
            "Riverbend Legal Aid",
            "Okafor & Lindgren",
            "County Defender’s Office",
            "Marsh Street Law",
        ),
    ),
    Trade(
        "Theatre",
        ("Theatre", "Dance", "English"),
        ("Producer", "Stage manager", "Casting associate", "Lighting designer"),
        ("Hilltop Playhouse", "Second Balcony Company", "Lakeshore Opera", "Paper Boat Theatre"),
    ),
    Trade(
        "Education",
        ("Education", "Psychology", "Mathematics"),
        ("Teacher", "School counselor", "Curriculum designer", "Museum educator"),
        ("Elm Street School", "Three Rivers Academy", "City Children’s Museum", "Reading Together"),
    ),
    Trade(
        "Conservation",
        ("Environmental science", "Biology", "Geology"),
        ("Field ecologist", "Land steward", "Water quality scientist", "Park planner"),
        ("Blue Ridge Land Trust", "Estuary Council", "Wildways", "State Forest Service"),
    ),
    Trade(
        "Architecture",
        ("Architecture", "Art history", "Physics"),
        ("Architect", "Urban planner", "Landscape designer", "Preservation specialist"),
        ("Studio Northlight", "Plinth & Beam", "City Planning Office", "Common Ground Design"),
    ),
    Trade(
        "Publishing",
        ("English", "Comparative literature", "Art history"),
        ("Acquisitions editor", "Publicist", "Rights manager", "Book designer"),
        ("Longshore Press", "Little Fox Books", "Meridian University Press", "Inkwell & Daughters"),
    ),
    Trade(
        "Engineering",
        ("Engineering", "Physics", "Chemistry"),
        ("Structural engineer", "Energy analyst", "Process engineer", "Test engineer"),
        ("Harbor Bridge Group", "Sunfield Power", "Keel Marine", "Tern Aerospace"),
    ),
    Trade(
        "International work",
        ("International relations", "French", "Anthropology"),
        ("Program officer", "Desk officer", "Interpreter", "Refugee caseworker"),
        ("Bridges Abroad", "Welcome House", "Office of Trade and Ports", "Open Borders Library"),
    ),
)

PLACES = (
    Place("Northampton", "Massachusetts", "United States", "America/New_York"),
    Place("Boston", "Massachusetts", "United States", "America/New_York"),
    Place("New York", "New York", "United States", "America/New_York"),
    Place("Atlanta", "Georgia", "United States", "America/New_York"),
    Place("Chicago", "Illinois", "United States", "America/Chicago"),
    Place("Minneapolis", "Minnesota", "United States", "America/Chicago"),
    Place("Denver", "Colorado", "United States", "America/Denver"),
    Place("Phoenix", "Arizona", "United States", "America/Phoenix"),
    Place("Seattle", "Washington", "United States", "America/Los_Angeles"),
    Place("Oakland", "California", "United States", "America/Los_Angeles"),
    Place("Honolulu", "Hawaii", "United States", "Pacific/Honolulu"),
    Place("Toronto", "Ontario", "Canada", "America/Toronto"),
    Place("Mexico City", "", "Mexico", "America/Mexico_City"),
    Place("São Paulo", "", "Brazil", "America/Sao_Paulo"),
    Place("London", "", "United Kingdom", "Europe/London"),
    Place("Berlin", "", "Germany", "Europe/Berlin"),
    Place("Nairobi", "", "Kenya", "Africa/Nairobi"),
    Place("Mumbai", "Mahārāshtra", "India", "Asia/Kolkata"),
    Place("Tokyo", "", "Japan", "Asia/Tokyo"),
    Place("Auckland", "", "New Zealand", "Pacific/Auckland"),
)

NOTES_TO_STUDENTS = (
    "Happy to talk, best on a Friday afternoon. Tell me which class you liked most.",
    "I changed fields twice. Ask me how, and what I would do again.",
    "Write two lines and give me a week. I do answer.",
    "A short call on my walk home works well for me.",
    "Glad to read a portfolio if you bring one question about it.",
    "I hire interns in some years, but I talk with students in all of them.",
    "If you are near the office, come by for coffee and see how loud it is.",
    "Ask me about the first year. Nobody told me anything about it.",
)
