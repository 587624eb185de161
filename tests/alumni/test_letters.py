"""Names in many languages and encodings, a few of them in a list of plain ones.

The names were written for this test, a dozen a language; each list holds eight of them. One name
alone may be read in two ways: of those the page shows what was found.
"""

from random import Random

import pytest

from alumni.importing.reader import read_table
from alumni.importing.text import find_encoding

NAMES = {
    "Spanish": "Peña Núñez José García Gómez Hernández Ibáñez Muñoz Ángel López Íñigo Agüero",
    "French": "Renée François Élodie Françoise Hélène Benoît Anaïs Lefèvre Gérôme Noël Jérôme",
    "French of hearts": "Cœurdevey Lefœuf Sœur Lecœur Œuvrard Delbœuf",
    "German": "Müller Weiß Jürgen Schäfer Größe Böhm Köhler Übel Groß",
    "Portuguese": "João Conceição Simões Gonçalves Araújo Magalhães Sebastião Fábio",
    "Nordic": "Øystein Åsa Björk Jørgensen Håkan Sjögren Bjørn Ærø Ångström",
    "Irish": "Siobhán Seán Áine Máire Sinéad Róisín",
    "Western": "Peña Müller Øystein François João Åsa Siobhán Zoë Núñez Weiß Renée O’Brien",
    "Polish": "Łukasz Świątek Wałęsa Żak Grażyna Małgorzata Kołodziej Święcicki",
    "Czech": "Dvořák Čapek Hašek Jiří Beneš Šárka Růžička Ondřej Zdeněk Žižka",
    "Hungarian": "Őri Kovács Szabó Tóth Erdős László Győző Petőfi Bartók Kodály Székely",
    "Turkish": "Şükrü Yıldız Gökçe Erdoğan Özgür Çağlar",
    "Turkish of i and s": "Ayşe Işık İrem İpek Gülşen Gümüş Şükriye Şebnem Düşüm",
    "Icelandic": "Þórdís Guðmundur Hafþór Sigþór Ægisdóttir Björg Íris Þorvarður",
    "Russian": "Иван Пётр Смирнов Ольга Кузнецова Анна Сергей Щукин Яна",
    "Greek": "Γιώργος Ελένη Παπαδόπουλος Μαρία Νίκος",
    "Hebrew": "משה דוד רחל שרה",
    "Arabic": "محمد فاطمة أحمد",
    "Japanese": "山田太郎 鈴木一郎 佐藤花子 東京大学 ヤマダ たろう",
    "Chinese": "王小明 李娜 张伟 刘洋 陈静 赵丽",
    "Taiwanese": "陳美玲 林志豪 黃雅婷 張家豪",
    "Korean": "김민수 이영희 박지성 최유진",
    "Thai": "สมชาย ใจดี สมหญิง วงศ์สวัสดิ์ จันทร์แก้ว สุดารัตน์ แสงทอง ธีรพงษ์ น้ำฝน กนกวรรณ ปิ่นเกล้า",
}
WESTERN = ["Spanish", "French", "German", "Portuguese", "Nordic", "Irish"]
WRITTEN = {
    "cp1252": [*WESTERN, "Western", "Icelandic"],
    "mac_roman": [*WESTERN, "Western"],
    "cp850": ["Spanish", "German", "Portuguese", "Nordic"],
    "iso8859-15": ["French of hearts"],
    "cp1250": ["Polish", "Czech", "Hungarian"],
    "mac_latin2": ["Polish", "Czech"],
    "iso8859-2": ["Polish", "Czech"],
    "cp852": ["Polish", "Czech"],
    "cp1254": ["Turkish", "Turkish of i and s"],
    "cp1251": ["Russian"],
    "koi8_r": ["Russian"],
    "mac_cyrillic": ["Russian"],
    "cp1253": ["Greek"],
    "cp1255": ["Hebrew"],
    "cp1256": ["Arabic"],
    "shift_jis": ["Japanese"],
    "gb18030": ["Chinese"],
    "big5": ["Taiwanese"],
    "euc_kr": ["Korean"],
    "cp874": ["Thai"],
}
SEEDS = range(5)


def a_list(names: list[str]) -> str:
    plain = [f"Anna,Smith{number},a{number}@example.edu,{1970 + number}" for number in range(20)]
    named = [f"Maria,{name},m{number}@example.edu,1999" for number, name in enumerate(names)]
    rows = [row for pair in zip(plain, [*named, *[""] * 20], strict=False) for row in pair if row]
    return "First Name,Last Name,E-mail,Class\r\n" + "\r\n".join(rows) + "\r\n"


@pytest.mark.parametrize(
    ("encoding", "language"),
    [(encoding, language) for encoding, languages in WRITTEN.items() for language in languages],
)
def test_eight_names_tell_how_they_are_written(encoding, language):
    for seed in SEEDS:
        text = a_list(Random(seed).choices(NAMES[language].split(), k=8))
        content = text.encode(encoding)

        assert content.decode(find_encoding(content)) == text


@pytest.mark.parametrize(
    ("encoding", "language"),
    [(encoding, language) for encoding, languages in WRITTEN.items() for language in languages],
)
def test_names_in_capitals_tell_it_too(encoding, language):
    for seed in SEEDS:
        names = Random(seed).choices(NAMES[language].replace("ß", "ss").upper().split(), k=8)
        content = a_list(names).encode(encoding)

        assert content.decode(find_encoding(content)) == a_list(names)


@pytest.mark.parametrize("name", NAMES["Western"].split())
def test_one_western_name_is_enough_on_windows(name):
    content = a_list([name]).encode("cp1252")

    assert content.decode(find_encoding(content)) == a_list([name])


@pytest.mark.parametrize("names", ["Ayşe Doğan", "Barış Yılmaz", "İrem Taş"])
def test_two_turkish_names_are_of_one_language(names):
    content = a_list(names.split()).encode("cp1254")

    assert content.decode(find_encoding(content)) == a_list(names.split())


def test_half_a_house_number_is_no_letter():
    content = a_list(["José", "12½ Elm St", "7¼ Oak St"]).encode("cp1252")

    assert find_encoding(content) == "cp1252"


@pytest.mark.parametrize(
    ("name", "encoding"),
    [(name, "cp1253") for name in NAMES["Greek"].split()]
    + [(name, "cp1251") for name in NAMES["Russian"].split()],
)
def test_one_name_tells_greek_from_russian(name, encoding):
    assert find_encoding(a_list([name]).encode(encoding)) == encoding


@pytest.mark.parametrize(
    ("encoding", "name"),
    [("mac_roman", "O’Brien"), ("iso8859-2", "święcicki"), ("mac_latin2", "žižka")],
)
def test_what_nobody_can_pronounce_is_no_thai(encoding, name):
    assert find_encoding(a_list([name]).encode(encoding)) != "cp874"


def test_what_was_guessed_is_shown_by_its_words():
    table = read_table(a_list(["Peña", "Peña", "Núñez"]).encode("cp1252"), file_name="a.csv")

    assert table.examples == ["Peña", "Núñez"]
    assert read_table(a_list(["Peña"]).encode(), file_name="a.csv").examples == []


def test_row_from_another_program_costs_itself_and_garbles_no_other():
    lines = a_list(["Peña", "Müller", "Zoë", "Núñez", "Åsa"]).splitlines(keepends=True)
    content = "".join(lines).encode() + "Maria,Renée,r@example.edu,1999\r\n".encode("cp1252")

    table = read_table(content, file_name="a.csv")

    *others, last = table.records
    assert [record.cells[1] for record in others if not record.cells[1].isascii()] == [
        "Peña", "Müller", "Zoë", "Núñez", "Åsa",
    ]  # fmt: skip
    assert all(record.problem is None for record in others)
    assert last.cells[1] == "Ren\ufffde"
    assert last.problem == (
        "Some letters of this row are saved in another way than the rest of the list. Type them "
        "again."
    )


@pytest.mark.parametrize(
    ("encoding", "names"),
    [
        ("euc_jp", ["山田さくら", "佐藤ひろし", "高橋ケンジ", "鈴木一郎"]),
        ("euc_jp", ["タナカ", "サトウ", "やまだ"]),
        ("gb18030", ["王小明", "李娜", "张伟", "陈静"]), ("gb18030", ["欧阳修", "诸葛亮"]),
        ("big5", ["王小明", "陳美玲"]), ("euc_kr", ["김철수", "이영희"]),
        ("shift_jis", ["山田さくら", "佐藤ひろし"]),
        # Of Windows alone: in no older standard.
        ("cp932", ["髙橋さくら", "山﨑ひろし"]), ("cp949", ["똠방각하", "김민수"]),
        ("big5hkscs", ["陳美玲", "林志豪", "黃裏婷"]),
    ],
)  # fmt: skip
def test_kana_tell_japanese_of_unix_from_chinese(encoding, names):
    text = "\n".join(["Name,E-mail", *(f"{name},a{n}@x.edu" for n, name in enumerate(names))])
    table = read_table(text.encode(encoding), file_name="list.csv")

    assert [record.cells[0] for record in table.records] == names


SEVEN_BITS = {
    "utf-7": ["José Núñez", "Zoë Weiß", "Łukasz Żak", "Anne–Marie “Nan” Élan"],
    "hz": ["王小明", "李娜"],
    "iso2022_jp": ["山田太郎", "鈴木花子"],
}


@pytest.mark.parametrize("encoding", SEVEN_BITS)
def test_letters_that_were_written_in_ascii_are_read(encoding):
    lines = ["Name,Phone,Remark", *(f"{one},413-555-0111,+ ~ A+" for one in SEVEN_BITS[encoding])]
    table = read_table("\n".join(lines).encode(encoding), file_name="list.csv")

    assert [record.cells[0] for record in table.records] == SEVEN_BITS[encoding]
    assert {record.cells[2] for record in table.records} == {"+ ~ A+"}


@pytest.mark.parametrize(
    "line",
    ["Ann Lee,+14135550111,x", "A+AB Services,1,x", "Ann,+1,~{x~}", "C++And-More,1,+AGE-",
     "Ann,B+AMZ-,+AOk!+APj", "Ann,~{,~}", "Ann,+AX/+AY,3", "Ann,+AKk-,x", "Ann,+AOk-,+TmE-"],
)  # fmt: skip
def test_signs_that_only_look_like_it_stay(line):
    table = read_table(f"Name,Code,Mark\n{line}\n".encode(), file_name="list.csv")

    assert table.records[0].cells == line.split(",")


@pytest.mark.parametrize(
    ("name", "encoding", "shown"),
    [("ศิริพร วงศ์สวัสดิ์", "cp874", ["ศิริพร", "วงศ์สวัสดิ์"]),
     ("Nguyê\u0303n Đă\u0323ng", "cp1258", ["Nguyễn", "Đặng"])],
)  # fmt: skip
def test_words_that_are_shown_are_whole(name, encoding, shown):
    content = f"Name,City\n{name},Hadley\n".encode(encoding)

    table = read_table(content, file_name="a.csv", encoding=encoding)

    assert table.examples == shown
