"""How names are read, with one table of the countries, parties, bodies and people of the two documents.

The names, abbreviations and spellings of parties, bodies and people come from the book's data.  What students
type is added here: adjectives, short and long forms of countries, and spellings in other languages and in
older transcriptions.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache

from helpers.checks.spellings import echo, fold
from helpers.corpus import loaders
from helpers.normalize import comparable
from helpers.quotation.edit_distance import count_slips

# Words that many names share: "Swedish" identifies "the Swedish Communist Party", and "Mao" "Comrade Mao".
_SHARED = frozenset(
    """
    a an from in of the their with cc ccs central committee committees
    communist communists worker workers laborer laborers labourer labourers labor labour socialist
    party parties cp comrade comrades com fraternal people peoples republic democratic country countries
    delegation delegations delegate delegates leader leaders leadership government friends
    event events note option answer step passage
    chairman premier president mr general first secretary
    """.split()
)
_SMALL = frozenset("a an from in of the their with".split())
_LEAST_LETTERS, _LONG = 5, 10
_DIRECTIONS = ("north", "south", "east", "west")
_ENUMERATED = re.compile(r"^\s*(?:\(?\d{1,2}[.):]\s*|\(?[a-z]\)\s+|[-*•]\s)", re.IGNORECASE)
_BREAK = re.compile(
    r"[()\[\]:;=,/|&+?!\n]|\.\s|\s[-–—]+\s|[–—]|\b(?:or|and|because|since|as)\b", re.IGNORECASE
)
_BRACKET = re.compile(r"\s*[(\[]([^()\[\]]*)[)\]]")
_OTHERWISE = r"(?:not|nor|never|no|isn'?t|than|instead of|without)\s+(?:\w+\s+){0,2}"

# A country also means its communist party. Where there were two states, each has its own row; the name that
# both share belongs to the socialist one, except for Germany, where it would be ambiguous.
_COUNTRIES = """
Albania: Albanian; Shqipëria; Albanien; Albanie; Албания; 阿尔巴尼亚; PPSh; PLA; Albanian Party of Labor
Algeria: Algerian; Algerien; Algérie; Алжир; 阿尔及利亚; PCA
Argentina: Argentinian; Argentine; Argentinien; Аргентина
Australia: Australian; Australien; Australie; Австралия; CPA
Austria: Austrian; Österreich; Autriche; Австрия; KPÖ
Belgium: Belgian; Belgien; Belgique; Бельгия
Brazil: Brazilian; Brasil; Brasilien; Brésil; Бразилия; PCB
Bulgaria: Bulgarian; Bulgarien; Bulgarie; Болгария; BKP; BCP
Burma: Burmese; Myanmar; Birma; Birmanie; Бирма
Canada: Canadian; Kanada; Канада
Ceylon: Ceylonese; Sri Lanka; Цейлон
Chile: Chilean; Chili; Чили
China: Chinese; People's Republic of China; PRC; PR China; Communist China; Red China; Beijing; Peking;
 Kina; Chine; Китай; КНР; КПК; 中国; CCP; CPC; KPCh; Communist Party of China
Cuba: Cuban; Kuba; Куба; 古巴
Czechoslovakia: Czechoslovak; Czechoslovakian; Czech; ČSSR; CSSR; Tschechoslowakei; Tchécoslovaquie;
 Чехословакия; KSČ
Denmark: Danish; Dane; Dänemark; Danemark; Дания
East Germany: East German; German Democratic Republic; GDR; DDR; Ostdeutschland; RDA; Allemagne de l'Est;
 ГДР; 东德; SED; Socialist Unity Party
Egypt: Egyptian; United Arab Republic; UAR; Ägypten; Égypte; Египет
Finland: Finnish; Finn; Suomi; Finnland; Finlande; Финляндия; 芬兰; Finnish SKP
France: French; Frankreich; Frankrike; Франция; 法国; PCF; CPF; Frenchman; Frenchmen
Great Britain: Britain; British; Briton; Brit; United Kingdom; UK; U.K.; GB; G.B.; England; English;
 Großbritannien; Grossbritannien; Grande-Bretagne; Angleterre; Storbritannien; Великобритания; Англия;
 英国; CPGB; British CP
Germany: German; Deutschland; Allemagne; Tyskland; Германия; 德国
Greece: Greek; Griechenland; Grèce; Греция; KKE
Hungary: Hungarian; Magyar; Ungarn; Hongrie; Венгрия; HSWP; MSZMP
India: Indian; Indien; Inde; Индия; 印度; CPI
Indonesia: Indonesian; Indonesien; Indonésie; Индонезия; 印度尼西亚; PKI
Iran: Iranian; Persia; Иран; Tudeh
Iraq: Iraqi; Irak; Ирак
Israel: Israeli; Израиль
Italy: Italian; Italia; Italien; Italie; Италия; 意大利; PCI
Japan: Japanese; Nippon; Japon; Япония; 日本; JCP
Laos: Laotian; Lao; Лаос
Malaya: Malayan; Malaysia; Malaysian
Mexico: Mexican; México; Mexiko; Mexique; Мексика
Mongolia: Mongolian; Outer Mongolia; Mongolei; Mongolie; Монголия; MPRP
Netherlands: Dutch; Holland; Niederlande; Pays-Bas; Нидерланды
New Zealand: New Zealander; NZ; N.Z.; Neuseeland; Nouvelle-Zélande; Nya Zeeland; Новая Зеландия; 新西兰; CPNZ
North Korea: North Korean; Korea; Korean; N. Korea; N Korea; DPRK; D.P.R.K.; DPR Korea; KDVR; КНДР;
 Democratic People's Republic of Korea; Democratic Korea; Nordkorea; Corée du Nord; Северная Корея; 朝鲜;
 Koreans; WPK; Korean Workers' Party
Norway: Norwegian; Norwegen; Norvège; Norge; Норвегия
Poland: Polish; Pole; Polen; Pologne; Польша; PZPR; PUWP
Portugal: Portuguese; Португалия
Romania: Romanian; Rumania; Roumania; Rumanian; Rumänien; Roumanie; Румыния
South Korea: South Korean; S. Korea; S Korea; Republic of Korea; ROK; Südkorea; Corée du Sud
South Vietnam: South Vietnamese; S. Vietnam; S Vietnam; Republic of Vietnam; RVN; Südvietnam
Soviet Union: Soviet; Soviets; USSR; U.S.S.R.; Union of Soviet Socialist Republics; Russia; Russian; Moscow;
 the Kremlin; Sowjetunion; UdSSR; URSS; Union soviétique; СССР; Советский Союз; КПСС; 苏联; CPSU; KPdSU;
 KPSS; PCUS; Soviet Communist Party; Russian Communist Party
Spain: Spanish; Spaniard; España; Spanien; Espagne; Испания; PCE
Sweden: Swedish; Swede; Sverige; Schweden; Suède; Швеция; 瑞典; SKP
Switzerland: Swiss; Schweiz; Suisse; Швейцария
Syria: Syrian; Syrien; Syrie; Сирия
Taiwan: Taiwanese; Formosa; Republic of China; ROC; Nationalist China; Тайвань; 台湾; KMT; Kuomintang
Thailand: Thai; Siam; Таиланд
Turkey: Turkish; Turk; Türkei; Türkiye; Turquie; Турция
United States: US; U.S.; USA; U.S.A.; United States of America; America; American; the States; CPUSA; CP USA;
 Vereinigte Staaten; États-Unis; Etats-Unis; Amerika; США; 美国; US American
Vietnam: Vietnamese; Viet Nam; North Vietnam; North Vietnamese; N. Vietnam; N Vietnam; North Viet Nam; DRV;
 DRVN; D.R.V.; Democratic Republic of Vietnam; Democratic Vietnam; Nordvietnam; Việt Nam; Viêt Nam; ДРВ;
 Вьетнам; 越南; VWP; Lao Dong; Lao Động; Lao Dong Party; PTV; Viet Minh; Viet Namese; Vietnam Laborers
West Germany: West German; Federal Republic of Germany; FRG; BRD; RFA; Westdeutschland; Federal Germany;
 Allemagne de l'Ouest; ФРГ; 西德; Federal Republic; KPD; Communist Party of Germany
Yugoslavia: Yugoslav; Yugoslavian; Jugoslavia; Jugoslawien; Jugoslavija; Yougoslavie; Югославия; 南斯拉夫; LCY
"""

# People and bodies by their ids; a family name alone is added if only one of them has it.
_OTHERS = """
mao-zedong: Mao; Chairman Mao; Mao Tse-tung; Mao Tsetung; Mao Tse-tong; Mao Ze Dong; Mao Dsedung;
 Mao Tsé-toung; Мао; Мао Цзэдун; Мао Цзэ-дун; 毛泽东; 毛澤東; Zedong; 毛主席
deng-xiaoping: Deng; Teng; Teng Hsiao-ping; Teng Hsiaoping; Têng Hsiao-p'ing; Dèng Xiǎopíng; Dang Xiaoping;
 Дэн; Дэн Сяопин; 邓小平; 鄧小平; Xiaoping; Deng Siao-ping; Teng Siao-ping
liu-shaoqi: Liu; Liu Shao-ch'i; Liu Shao-chi; Liu Shaochi; Liu Chao-chi; Лю Шаоци; 刘少奇
zhou-enlai: Zhou; Chou; Chou En-lai; Chou Enlai; Tschou En-lai; Чжоу Эньлай; 周恩来
wu-xiuquan: Wu Hsiu-ch'uan; Wu Hsiu-chuan; У Сюцюань; 伍修权
zeng-yongquan: Tseng Yung-ch'uan; Tseng Yung-chuan; Цзэн Юнцюань; 曾涌泉
pan-zili: P'an Tzu-li; Pan Tzu-li; Пань Цзыли; 潘自力
yang-shangkun: Yang Shang-k'un; Yang Shang-kun; Ян Шанкунь; 杨尚昆
yan-mingfu: Yen Ming-fu; Янь Минфу; 阎明复
wang-jiaxiang: Wang Chia-hsiang; Ван Цзясян; 王稼祥
stepan-chervonenko: the ambassador; Soviet ambassador; the Soviet ambassador; ambassador of the USSR;
 Ambassador Chervonenko; Tschervonenko; Tscherwonenko; Tchervonenko; Cervonenko; Червоненко; 契尔沃年科
nikita-khrushchev: Khrushchov; Khrushchyov; Krushchev; Kruschev; Krushev; Kruschow; Chruschtschow;
 Khrouchtchev; Chruščëv; Chruščev; Hrushchev; Chrustjov; Хрущев; Хрущёв; 赫鲁晓夫; N.S. Khrushchev
joseph-stalin: Iosif Stalin; Josef Stalin; Staline; Сталин; 斯大林
leonid-brezhnev: Leonid Ilyich Brezhnev; L.I. Brezhnev; Leonid Breschnew; Леонид Брежнев
aleksei-brezhnev: A.A. Breschnew; Алексей Брежнев; Alexei Brezhnev
andrei-gromyko: Gromyko; Громыко; Andrej Gromyko
mikhail-suslov: Suslow; Souslov; Суслов
aleksei-kosygin: Alexei Kosygin; Kossygin; Kossyguine; Косыгин
mikhail-gorbachev: Gorbachov; Gorbatschow; Gorbatchev; Горбачев; Горбачёв
palmiro-togliatti: Тольятти
maurice-thorez: Торез
international-liaison-department: the department; the Liaison Department
"""


class Names:
    """Canonical names and their other spellings.

    Letter case, accents, punctuation, spaces, and words that many names share are ignored. A name in the
    table of this module may be typed in any way that the table has.

    Parameters
    ----------
    names
        The canonical names, or a mapping from each to its other spellings.
    known
        Whether to look them up in the table.

    Raises
    ------
    ValueError
        When a spelling belongs to two names.

    Examples
    --------
    >>> names = Names(["Sweden", "China"])
    >>> names.find("the swedish Communist Party"), names.find("CCP"), names.find("Swedne", near=True)
    ('Sweden', 'China', 'Sweden')
    """

    def __init__(
        self, names: Mapping[str, str | Iterable[str]] | Iterable[str], *, known: bool = True
    ) -> None:
        spellings = names if isinstance(names, Mapping) else dict.fromkeys(names, ())
        self.all = list(spellings)
        listed = tuple(
            (name, (others,) if isinstance(others, str) else tuple(others))
            for name, others in spellings.items()
        )
        self._whole, self._bare, self._kept = _index(listed, known)

    def find(self, typed: str, *, near: bool = False, remarks: bool = False) -> str | None:
        """Return the canonical name that was typed, or None.

        A reason or a translation may follow, as in ``B) Deng``, ``no, another man`` or ``Sweden (SKP)``, but
        two names do not count as one. With `near`, a typing error is accepted. With `remarks`, words in
        brackets may name another one, as in ``Algeria (probably Albania)``, unless they begin with *or*.
        """
        return _find(self, typed, near, remarks)

    def refuse(self, typed: str) -> str:
        """Return what to say of something typed that is none of the names, or nothing if it is one."""
        if self.find(typed, near=True):
            return ""
        few = len(self.all) < 10
        shown = ", ".join(self.all) if few else f"{self.all[0]}, {self.all[1]} and so on"
        return f"{echo(typed)} is not one of the options: {shown}."

    def has(self, typed: str) -> bool:
        """Say whether what was typed is exactly one name, with nothing else."""
        return self._one(typed, near=False) is not None

    def _exactly(self, typed: str) -> str | None:
        return self._whole.get(fold(typed)) or self._bare.get(bare(typed, self._kept))

    def _one(self, typed: str, near: bool) -> str | None:
        found = self._exactly(typed)
        if not found and comparable(typed).endswith("s"):
            found = self._exactly(comparable(typed)[:-1])
        return found or (self._near(typed) if near else None)

    def _near(self, typed: str) -> str | None:
        """Return the name that was meant if what was typed is misspelled.

        One letter may be wrong, missing, doubled or swapped with the next in a name of five letters or more,
        two in a name of ten. If two names are equally near, neither was meant: North Korea is not South Korea
        misspelled, nor is either of them if the other is not an option.
        """
        best: dict[int, set[str | None]] = defaultdict(set)
        for given in {fold(typed), bare(typed, self._kept)}:
            if len(given) >= _LEAST_LETTERS - 1 and given.isalpha():
                for form, name in self._rivals():
                    slips = _count_slips(given, form)
                    if slips <= 1 + (len(form) >= _LONG):
                        best[slips].add(name)
        found = best[min(best)] if best else set()
        return found.pop() if len(found) == 1 else None

    def _rivals(self) -> Iterator[tuple[str, str | None]]:
        """Yield each form that may be misspelled with its name, or with None for its neighbors."""
        for form, name in {**self._bare, **self._whole}.items():
            if _may_slip(form):
                yield form, name
                for direction in _DIRECTIONS:
                    if form.startswith(direction) and len(form) > len(direction) + 2:
                        others = (other + form[len(direction) :] for other in _DIRECTIONS)
                        yield from ((other, None) for other in others if other not in self._whole)

    def nearly(self, typed: str, name: str) -> bool:
        """Say whether what was typed is near to one name only, but too different to be read as it."""
        given = bare(typed, self._kept)
        forms = [form for form, one in self._whole.items() if one == name and _may_slip(form)]
        return len(given) >= _LEAST_LETTERS - 1 and any(
            count_slips(given, form) <= max(2, len(form) // 3) for form in forms
        )


@lru_cache(maxsize=20_000)
def _find(names: Names, typed: str, near: bool, remarks: bool) -> str | None:
    parts = [part for part in _BREAK.split(typed) if part and fold(part)]
    found = names._one(typed, near and len(parts) < 2)
    if found:
        return found
    plain = _ENUMERATED.sub("", typed, count=1)
    if plain != typed and fold(plain):
        lead = typed[: len(typed) - len(plain)]
        named, rest = names._exactly(lead), _find(names, plain, near, remarks)
        if rest and named in (None, rest):
            return rest
    if remarks and (bracket := _BRACKET.search(typed)):
        inside = bracket[1].strip()
        outside = _find(names, typed.replace(bracket[0], " "), near, remarks)
        meant = names._exactly(inside)
        if outside and meant in (None, outside) and not re.match(r"(?:or|and)\b", inside, re.IGNORECASE):
            return outside
    if len(parts) < 2:
        return None
    told = {name for part in parts if (name := names._one(part, near)) and not _is_denied(part, typed)}
    if len(told) != 1 or not _leads(names, parts, near):
        return None
    name = told.pop()
    others = (one for one in names.all if one != name and len(fold(one)) > 1)
    return None if any(_mentions(typed, one) for one in others) else name


def _leads(names: Names, parts: list[str], near: bool) -> bool:
    """Say whether a name comes first, or last after words such as *the answer is*."""
    return bool(names._one(parts[0], near) or names._one(parts[-1], near))


def _is_denied(part: str, typed: str) -> bool:
    return bool(re.search(_OTHERWISE + re.escape(part.strip()), typed, re.IGNORECASE))


def _mentions(typed: str, name: str) -> bool:
    """Say whether a text contains a name as words, except after *not* and the like."""
    text, word = comparable(typed), rf"(?<!\w){re.escape(comparable(name))}(?!\w)"
    denied = len(re.findall(_OTHERWISE + word, text))
    return len(re.findall(word, text)) > denied


def _may_slip(form: str) -> bool:
    return len(form) >= _LEAST_LETTERS and form.isalpha()


def _count_slips(given: str, form: str) -> int:
    """Return how many letters are wrong, missing, extra or swapped; 9 if there are clearly too many."""
    longer = len(given) - len(form)
    if abs(longer) > 2 or len(set(given) ^ set(form)) > 4:
        return 9
    if longer == 2 and given.endswith(form):  # a prefix such as "un-" is not a typing error
        return 9
    return count_slips(given, form)


def bare(typed: str, kept: frozenset[str] = frozenset()) -> str:
    """Return a folded name without the words that many names share."""
    words = [fold(word) for word in re.split(r"[\s/_-]+", comparable(typed).replace("'s ", " "))]
    return "".join(word for word in words if word not in _SHARED or word in kept)


@lru_cache(maxsize=100)  # the visible and the hidden check of a cell ask for the same
def _index(
    listed: tuple[tuple[str, tuple[str, ...]], ...], known: bool
) -> tuple[dict[str, str], dict[str, str], frozenset[str]]:
    """Return the name for each form of a spelling: the whole, and without shared words.

    Shared words that are a name by themselves are included too, such as *party* among kinds of bodies.
    """
    whole: dict[str, str] = {}
    for name, others in listed:
        for spelling in (name, *others):
            if fold(spelling) and whole.setdefault(fold(spelling), name) != name:
                raise ValueError(
                    f"{spelling!r} is a spelling of both {whole[fold(spelling)]!r} and {name!r}."
                )
    spellings = dict(listed)
    if known:
        table = _table()
        homes = {name: home for name, _ in listed if (home := table._exactly(name))}
        for name, home in homes.items():
            if list(homes.values()).count(home) == 1:
                added = [one for one in (home, *known_names()[home]) if whole.get(fold(one), name) == name]
                spellings[name] = (*spellings[name], *added)
                whole |= {fold(one): name for one in added}
    kept = frozenset(
        word
        for name, others in spellings.items()
        for spelling in (name, *others)
        if not bare(spelling)
        for word in map(fold, spelling.split())
        if word not in _SMALL or word == fold(spelling)
    )
    forms: dict[str, set[str]] = defaultdict(set)
    for name, others in spellings.items():
        for spelling in (name, *others):
            forms[bare(spelling, kept)].add(name)
    shortened = {form: found.pop() for form, found in forms.items() if form and len(found) == 1}
    return whole, shortened, kept


@cache
def _table() -> Names:
    """Return the names of this module's own table."""
    return Names(known_names(), known=False)


@cache
def known_names() -> dict[str, tuple[str, ...]]:
    """Return everything that has a name in this book, and how it may be typed.

    Countries, which also mean their parties, have their English names; people and bodies have their ids. A
    spelling that two of them share, such as the SKP of Sweden and of Finland, belongs to the first one that
    has it here.
    """
    names = dict(_read(_COUNTRIES))
    countries = Names(names, known=False)
    added: list[tuple[str, Iterable[str]]] = []
    for row in loaders.load_parties().fillna({"abbreviation": ""}).itertuples():
        typed = [row.party_id, row.name, *filter(None, [row.abbreviation]), *row.spellings]
        home = next(filter(None, map(countries.find, typed)), row.party_id)
        added.append((home, typed))
    people = loaders.load_people()
    chinese = people["state"] == "peoples-republic-of-china"
    words = people["name"].str.split()
    families = words.str[0].where(chinese, words.str[-1])
    for row, family in zip(people.itertuples(), families, strict=True):
        own = [family] * (families.to_list().count(family) == 1)
        first, *_, last = row.name.split()
        added.append((row.person_id, [row.name, f"{first} {last}", *row.spellings, *own]))
    added += _read(_OTHERS).items()
    home_of = {fold(one): name for name, spellings in names.items() for one in (name, *spellings)}
    for name, others in added:
        fresh = [one for one in others if home_of.setdefault(fold(one), name) == name]
        names[name] = (*names.get(name, ()), *fresh)
    return names


def party_names() -> dict[str, tuple[str, ...]]:
    """Return the countries, each of which also means its party, for the `names` of a check.

    Examples
    --------
    >>> Names(party_names()).find("the Swedish comrades"), Names(party_names()).find("Lao Dong")
    ('Sweden', 'Vietnam')
    """
    return {name: known_names()[name] for name in _read(_COUNTRIES)}


def person_names() -> dict[str, tuple[str, ...]]:
    """Return the ids of people, for the `names` of a check.

    Examples
    --------
    >>> Names(person_names()).find("Chairman Mao Tse-tung")
    'mao-zedong'
    """
    return {name: known_names()[name] for name in loaders.load_people()["person_id"]}


@cache
def _read(table: str) -> dict[str, tuple[str, ...]]:
    rows = [row.partition(": ") for row in table.replace("\n ", " ").strip().splitlines()]
    return {name: tuple(spellings.split("; ")) for name, _, spellings in rows}
