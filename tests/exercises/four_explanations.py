"""Answers to the exercise `four-explanations` as students would write them, and what each must get.

Each answer is what stands in the answer cell, run after the set-up cell. `RIGHT` must get full points; `WRONG`
gives the points and a part of one of the reasons.
"""

# An answer stands on one line where it can, so that answers are easy to compare.
# ruff: noqa: E501

RIGHT = {
    "findings-expected": [
        "answer_expected = {'a': 'ideology', 'b': 'rank', 'c': 'politics at home', 'd': 'security', 'e': 'politics at home', 'f': 'rank'}",
        "answer_expected = {'f': 'rank', 'e': 'politics at home', 'd': 'security', 'c': 'politics at home', 'b': 'rank', 'a': 'ideology'}",
        "answer_expected = {'A': ' IDEOLOGY. ', 'B': ' RANK. ', 'C': ' POLITICS AT HOME. ', 'D': ' SECURITY. ', 'E': ' POLITICS AT HOME. ', 'F': ' RANK. '}",
        "answer_expected = ['ideology', 'rank', 'politics at home', 'security', 'politics at home', 'rank']",
        "answer_expected = ('ideology', 'rank', 'politics at home', 'security', 'politics at home', 'rank')",
        "answer_expected = [('a', 'ideology'), ('b', 'rank'), ('c', 'politics at home'), ('d', 'security'), ('e', 'politics at home'), ('f', 'rank')]",
        "answer_expected = 'a: ideology, b: rank, c: politics at home, d: security, e: politics at home, f: rank'",
        "answer_expected = 'a) ideology\\nb) rank\\nc) politics at home\\nd) security\\ne) politics at home\\nf) rank'",
        "answer_expected['a'] = 'ideology'\nanswer_expected['b'] = 'rank'\nanswer_expected['c'] = 'politics at home'\nanswer_expected['d'] = 'security'\nanswer_expected['e'] = 'politics at home'\nanswer_expected['f'] = 'rank'",
        "import pandas as pd\nanswer_expected = pd.Series({'a': 'ideology', 'b': 'rank', 'c': 'politics at home', 'd': 'security', 'e': 'politics at home', 'f': 'rank'})",
        "import pandas as pd\nanswer_expected = pd.DataFrame({'a': ['ideology', 'rank', 'politics at home', 'security', 'politics at home', 'rank']}, index=['a', 'b', 'c', 'd', 'e', 'f'])",
        "answer_expected = {'a': 'doctrine', 'b': 'rank and equality', 'c': 'domestic politics', 'd': 'national interest', 'e': 'politics at home', 'f': 'rank'}",
        "answer_expected = {'a': 'ideology', 'b': 'rank', 'c': 'home', 'd': 'security', 'e': 'domestic', 'f': 'rank'}",
    ],
    "findings-against": [
        "answer_against = {'a': 'none', 'b': 'rank', 'c': 'security', 'd': 'ideology', 'e': 'none', 'f': 'politics at home'}",
        "answer_against = {'f': 'politics at home', 'e': 'none', 'd': 'ideology', 'c': 'security', 'b': 'rank', 'a': 'none'}",
        "answer_against = {'A': ' NONE. ', 'B': ' RANK. ', 'C': ' SECURITY. ', 'D': ' IDEOLOGY. ', 'E': ' NONE. ', 'F': ' POLITICS AT HOME. '}",
        "answer_against = ['none', 'rank', 'security', 'ideology', 'none', 'politics at home']",
        "answer_against = ('none', 'rank', 'security', 'ideology', 'none', 'politics at home')",
        "answer_against = [('a', 'none'), ('b', 'rank'), ('c', 'security'), ('d', 'ideology'), ('e', 'none'), ('f', 'politics at home')]",
        "answer_against = 'a: none, b: rank, c: security, d: ideology, e: none, f: politics at home'",
        "answer_against = 'a) none\\nb) rank\\nc) security\\nd) ideology\\ne) none\\nf) politics at home'",
        "answer_against['a'] = 'none'\nanswer_against['b'] = 'rank'\nanswer_against['c'] = 'security'\nanswer_against['d'] = 'ideology'\nanswer_against['e'] = 'none'\nanswer_against['f'] = 'politics at home'",
        "import pandas as pd\nanswer_against = pd.Series({'a': 'none', 'b': 'rank', 'c': 'security', 'd': 'ideology', 'e': 'none', 'f': 'politics at home'})",
        "import pandas as pd\nanswer_against = pd.DataFrame({'a': ['none', 'rank', 'security', 'ideology', 'none', 'politics at home']}, index=['a', 'b', 'c', 'd', 'e', 'f'])",
        "answer_against = {'a': 'none of them', 'b': 'rank', 'c': 'security', 'd': 'ideology', 'e': 'none', 'f': 'politics at home'}",
    ],
    "dates-defined": [
        "answer_definitions = {'a': '7', 'b': '2', 'c': '5', 'd': '1', 'e': '6', 'f': '3'}",
        "answer_definitions = {'f': '3', 'e': '6', 'd': '1', 'c': '5', 'b': '2', 'a': '7'}",
        "answer_definitions = {'A': ' 7. ', 'B': ' 2. ', 'C': ' 5. ', 'D': ' 1. ', 'E': ' 6. ', 'F': ' 3. '}",
        "answer_definitions = ['7', '2', '5', '1', '6', '3']",
        "answer_definitions = ('7', '2', '5', '1', '6', '3')",
        "answer_definitions = [('a', '7'), ('b', '2'), ('c', '5'), ('d', '1'), ('e', '6'), ('f', '3')]",
        "answer_definitions = 'a: 7, b: 2, c: 5, d: 1, e: 6, f: 3'",
        "answer_definitions = 'a) 7\\nb) 2\\nc) 5\\nd) 1\\ne) 6\\nf) 3'",
        "answer_definitions['a'] = '7'\nanswer_definitions['b'] = '2'\nanswer_definitions['c'] = '5'\nanswer_definitions['d'] = '1'\nanswer_definitions['e'] = '6'\nanswer_definitions['f'] = '3'",
        "import pandas as pd\nanswer_definitions = pd.Series({'a': '7', 'b': '2', 'c': '5', 'd': '1', 'e': '6', 'f': '3'})",
        "import pandas as pd\nanswer_definitions = pd.DataFrame({'a': ['7', '2', '5', '1', '6', '3']}, index=['a', 'b', 'c', 'd', 'e', 'f'])",
        "answer_definitions = {'a': 7, 'b': 2, 'c': 5, 'd': 1, 'e': 6, 'f': 3}",
    ],
    "disputes-sorted": [
        "answer_disputes = {'a': 'date', 'b': 'cause', 'c': 'both', 'd': 'neither', 'e': 'cause', 'f': 'neither'}",
        "answer_disputes = {'f': 'neither', 'e': 'cause', 'd': 'neither', 'c': 'both', 'b': 'cause', 'a': 'date'}",
        "answer_disputes = {'A': ' DATE. ', 'B': ' CAUSE. ', 'C': ' BOTH. ', 'D': ' NEITHER. ', 'E': ' CAUSE. ', 'F': ' NEITHER. '}",
        "answer_disputes = ['date', 'cause', 'both', 'neither', 'cause', 'neither']",
        "answer_disputes = ('date', 'cause', 'both', 'neither', 'cause', 'neither')",
        "answer_disputes = [('a', 'date'), ('b', 'cause'), ('c', 'both'), ('d', 'neither'), ('e', 'cause'), ('f', 'neither')]",
        "answer_disputes = 'a: date, b: cause, c: both, d: neither, e: cause, f: neither'",
        "answer_disputes = 'a) date\\nb) cause\\nc) both\\nd) neither\\ne) cause\\nf) neither'",
        "answer_disputes['a'] = 'date'\nanswer_disputes['b'] = 'cause'\nanswer_disputes['c'] = 'both'\nanswer_disputes['d'] = 'neither'\nanswer_disputes['e'] = 'cause'\nanswer_disputes['f'] = 'neither'",
        "import pandas as pd\nanswer_disputes = pd.Series({'a': 'date', 'b': 'cause', 'c': 'both', 'd': 'neither', 'e': 'cause', 'f': 'neither'})",
        "import pandas as pd\nanswer_disputes = pd.DataFrame({'a': ['date', 'cause', 'both', 'neither', 'cause', 'neither']}, index=['a', 'b', 'c', 'd', 'e', 'f'])",
        "answer_disputes = {'a': 'date', 'b': 'cause', 'c': 'cause and date', 'd': 'none', 'e': 'cause', 'f': 'neither'}",
    ],
    "readers-placed": [
        "answer_readers = {'a': 'for politics at home', 'b': 'against rank', 'c': 'for ideology', 'd': 'for rank', 'e': 'for security', 'f': 'against security'}",
        "answer_readers = {'f': 'against security', 'e': 'for security', 'd': 'for rank', 'c': 'for ideology', 'b': 'against rank', 'a': 'for politics at home'}",
        "answer_readers = {'A': ' FOR POLITICS AT HOME. ', 'B': ' AGAINST RANK. ', 'C': ' FOR IDEOLOGY. ', 'D': ' FOR RANK. ', 'E': ' FOR SECURITY. ', 'F': ' AGAINST SECURITY. '}",
        "answer_readers = ['for politics at home', 'against rank', 'for ideology', 'for rank', 'for security', 'against security']",
        "answer_readers = ('for politics at home', 'against rank', 'for ideology', 'for rank', 'for security', 'against security')",
        "answer_readers = [('a', 'for politics at home'), ('b', 'against rank'), ('c', 'for ideology'), ('d', 'for rank'), ('e', 'for security'), ('f', 'against security')]",
        "answer_readers = 'a: for politics at home, b: against rank, c: for ideology, d: for rank, e: for security, f: against security'",
        "answer_readers = 'a) for politics at home\\nb) against rank\\nc) for ideology\\nd) for rank\\ne) for security\\nf) against security'",
        "answer_readers['a'] = 'for politics at home'\nanswer_readers['b'] = 'against rank'\nanswer_readers['c'] = 'for ideology'\nanswer_readers['d'] = 'for rank'\nanswer_readers['e'] = 'for security'\nanswer_readers['f'] = 'against security'",
        "import pandas as pd\nanswer_readers = pd.Series({'a': 'for politics at home', 'b': 'against rank', 'c': 'for ideology', 'd': 'for rank', 'e': 'for security', 'f': 'against security'})",
        "import pandas as pd\nanswer_readers = pd.DataFrame({'a': ['for politics at home', 'against rank', 'for ideology', 'for rank', 'for security', 'against security']}, index=['a', 'b', 'c', 'd', 'e', 'f'])",
        "answer_readers = {'a': 'for politics at home', 'b': 'against equality', 'c': 'for ideology', 'd': 'for status', 'e': 'for national interest', 'f': 'against security'}",
        "answer_readers = {'a': 'for domestic politics', 'b': 'against rank', 'c': 'for ideology', 'd': 'for rank', 'e': 'for security', 'f': 'against security'}",
    ],
    "works-named": [
        "answer_works = {'a': '8', 'b': '3', 'c': '2', 'd': '9', 'e': '5', 'f': '7'}",
        "answer_works = {'f': '7', 'e': '5', 'd': '9', 'c': '2', 'b': '3', 'a': '8'}",
        "answer_works = {'A': ' 8. ', 'B': ' 3. ', 'C': ' 2. ', 'D': ' 9. ', 'E': ' 5. ', 'F': ' 7. '}",
        "answer_works = ['8', '3', '2', '9', '5', '7']",
        "answer_works = ('8', '3', '2', '9', '5', '7')",
        "answer_works = [('a', '8'), ('b', '3'), ('c', '2'), ('d', '9'), ('e', '5'), ('f', '7')]",
        "answer_works = 'a: 8, b: 3, c: 2, d: 9, e: 5, f: 7'",
        "answer_works = 'a) 8\\nb) 3\\nc) 2\\nd) 9\\ne) 5\\nf) 7'",
        "answer_works['a'] = '8'\nanswer_works['b'] = '3'\nanswer_works['c'] = '2'\nanswer_works['d'] = '9'\nanswer_works['e'] = '5'\nanswer_works['f'] = '7'",
        "import pandas as pd\nanswer_works = pd.Series({'a': '8', 'b': '3', 'c': '2', 'd': '9', 'e': '5', 'f': '7'})",
        "import pandas as pd\nanswer_works = pd.DataFrame({'a': ['8', '3', '2', '9', '5', '7']}, index=['a', 'b', 'c', 'd', 'e', 'f'])",
        "answer_works = {'a': 8, 'b': 3, 'c': 2, 'd': 9, 'e': 5, 'f': 7}",
    ],
    "rank-quoted": [
        "answer_rank = ['It makes it appear that the initiative to stop the attack', 'Comrade Mao Zedong himself is not prepared to go to Moscow', 'the Chinese party first proposed, before the opening of the 22nd Congress']",
        "answer_rank = ['Beijing played no part in it', 'the main person in charge there', 'several dozen parties openly and by name attacked the Chinese party']",
        "answer_rank = ('can only claim a small part of the credit', 'it is better that he keeps a little distance', 'no one can expel Albania')",
        "answer_rank = ['The first to propose this were the Indonesian, Vietnamese and New Zealand parties', 'could make a stop in China for talks', 'We all reserve the right to answer these criticisms']",
        "answer_rank = ['this most recent letter from the CPSU only mentioned the letter of the CPSU', 'the Chinese party could send a delegation', 'We published these four articles']",
        "answer_rank = ['was extremely dissatisfied that Comrade Khrushchev', \"modeled after the Chinese party's approach\", 'it will be decided by the fraternal parties']",
        "answer_rank = ['while he himself has had made', \"would it be possible for the Chinese party's article be published\", 'Why did forty-three parties openly attack the Chinese party by name?']",
        "answer_rank = [\"so that they could comment on the Chinese party's points\", 'through consultations with the Chinese party', 'no one can expel Albania']",
        "answer_rank = ['“proposed halting public attacks” (¶ 12)', 'often scolds him (¶ 17)', 'first proposed ... not to hold an open debate (¶ 8)']",
        "answer_rank = {'p5': 'personal public criticism of the Chinese party', 'p12': 'suggested a meeting, and created', 'p13': 'Without an international conference'}",
        "answer_rank = ['Now, forty-three parties openly criticize us.', 'was originated by Moscow', 'in the publications of the forty-three fraternal parties']",
        "answer_rank = ['DECIDED BY THE FRATERNAL PARTIES', 'extremely dissatisfied that Comrade Khrushchev', 'played no part in it']",
    ],
    "doctrine-quoted": [
        "answer_doctrine = ['it was determined that Yugoslavia has betrayed Marxism-Leninism', 'This is the only way that Marxists can and should follow.']",
        "answer_doctrine = ['according to the principles of Marxism-Leninism', 'the only way that Marxists can and should follow']",
        "answer_doctrine = ['acting according to that resolution', 'principles of Marxism-Leninism and proletarian internationalism']",
        "answer_doctrine = ['the conclusions of fraternal parties', 'and proletarian internationalism']",
        "answer_doctrine = ['at the meeting ... it was determined', 'proletarian internationalism, then future generations']",
        "answer_doctrine = ('Yugoslavia has betrayed Marxism-Leninism', 'that Marxists can and should follow')",
        "answer_doctrine = ['has betrayed Marxism-Leninism', 'the principles of Marxism-Leninism']",
        "answer_doctrine = {'13': 'acting according to that resolution', '16': 'the only way that Marxists can'}",
        "answer_doctrine = ['“betrayed Marxism-Leninism. The Chinese party” (¶ 13)', 'the only way that Marxists can, ¶ 16']",
        "answer_doctrine = ['IT WAS DETERMINED THAT YUGOSLAVIA', 'overcome the differences according to the principles of Marxism-Leninism']",
        "answer_doctrine = [\"it was determined that [Tito's] Yugoslavia\", 'the only way that Marxists can']",
        "answer_doctrine = ['conclusions of fraternal parties of the 81 countries', 'This is the ... way that Marxists can']",
    ],
    "state-business-quoted": [
        "answer_state_1962 = 'the Soviet trade economic delegation headed by com. N.S. Patolichev'; answer_state_1963 = 'West Germany is standing behind France'",
        "answer_state_1962 = \"I informed Deng Xiaoping of com. A.A. Gromyko's conversations with [Dean] Rusk\"; answer_state_1963 = 'big troubles are arising in the relationships between the current imperialist countries'",
        "answer_state_1962 = 'would welcome the arrival of this delegation'; answer_state_1963 = 'The contradiction between Britain and the United States is not serious.'",
        "answer_state_1962 = \"com. A.A. Gromyko's conversations with\"; answer_state_1963 = 'The contradiction between Japan and the United States'",
        "answer_state_1962 = 'trade economic delegation'; answer_state_1963 = 'Japanese monopoly capitalists have with the US monopoly capitalists'",
        "answer_state_1962 = 'conversations with [Dean] Rusk (¶ 16)'; answer_state_1963 = 'These are indirectly allied troops'",
        "answer_state_1962 = 'the Soviet trade economic delegation'; answer_state_1963 = 'Their quarrels are good for us'",
        "answer_state_1962 = ['the Soviet trade economic delegation']; answer_state_1963 = ['France quarreling with the United States']",
        "answer_state_1962 = 'welcome the arrival of this delegation'; answer_state_1963 = 'during his trip to Cambodia'",
        "answer_state_1962 = '“trade economic delegation headed by”'; answer_state_1963 = 'before the imperialists and the reactionaries'",
        "answer_state_1962 = 'N.S. Patolichev was arriving in Peking'; answer_state_1963 = 'Britain and the United States is not serious'",
        "answer_state_1962 = 'trade economic delegation headed by'; answer_state_1963 = 'with the US monopoly capitalists'",
    ],
}

WRONG = {
    "findings-expected": [
        (
            2.5,
            "a: Does anybody here care about who comes first, who asks or who gets",
            "answer_expected = {'a': 'rank', 'b': 'rank', 'c': 'politics at home', 'd': 'security', 'e': 'politics at home', 'f': 'rank'}",
        ),
        (
            2.5,
            "a: Is there a border, a weapon, a third power or a war in this",
            "answer_expected = {'a': 'security', 'b': 'rank', 'c': 'politics at home', 'd': 'security', 'e': 'politics at home', 'f': 'rank'}",
        ),
        (
            2.5,
            "b: Is doctrine the thing that this quarrel cannot do without?",
            "answer_expected = {'a': 'ideology', 'b': 'ideology', 'c': 'politics at home', 'd': 'security', 'e': 'politics at home', 'f': 'rank'}",
        ),
        (
            2.5,
            "c: Is doctrine the thing that this quarrel cannot do without?",
            "answer_expected = {'a': 'ideology', 'b': 'rank', 'c': 'ideology', 'd': 'security', 'e': 'politics at home', 'f': 'rank'}",
        ),
        (
            2.5,
            "d: Does the finding tell of readers or rivals inside of one country?",
            "answer_expected = {'a': 'ideology', 'b': 'rank', 'c': 'politics at home', 'd': 'politics at home', 'e': 'politics at home', 'f': 'rank'}",
        ),
        (
            2.5,
            "e: Is there a border, a weapon, a third power or a war in this",
            "answer_expected = {'a': 'ideology', 'b': 'rank', 'c': 'politics at home', 'd': 'security', 'e': 'security', 'f': 'rank'}",
        ),
        (
            2.5,
            "f: Is doctrine the thing that this quarrel cannot do without?",
            "answer_expected = {'a': 'ideology', 'b': 'rank', 'c': 'politics at home', 'd': 'security', 'e': 'politics at home', 'f': 'ideology'}",
        ),
        (
            2,
            "a: Not answered yet.",
            "answer_expected = {'a': '', 'b': '', 'c': 'politics at home', 'd': 'security', 'e': 'politics at home', 'f': 'rank'}",
        ),
        (
            2.5,
            'a: "ideology or rank" is not one of the options: ',
            "answer_expected = {'a': 'ideology or rank', 'b': 'rank', 'c': 'politics at home', 'd': 'security', 'e': 'politics at home', 'f': 'rank'}",
        ),
        (
            0,
            "b: Is doctrine the thing that this quarrel cannot do without?",
            "answer_expected = dict.fromkeys('abcdef', 'ideology')",
        ),
        (
            0,
            "a: Is there a border, a weapon, a third power or a war in this",
            "answer_expected = dict.fromkeys('abcdef', 'security')",
        ),
        (
            0,
            "a: Does the finding tell of readers or rivals inside of one country?",
            "answer_expected = dict.fromkeys('abcdef', 'politics at home')",
        ),
        (
            0,
            "a: Does anybody here care about who comes first, who asks or who gets",
            "answer_expected = dict.fromkeys('abcdef', 'rank')",
        ),
    ],
    "findings-against": [
        (
            2.5,
            "a: Could somebody who believes in doctrine as the cause not live with",
            "answer_against = {'a': 'ideology', 'b': 'rank', 'c': 'security', 'd': 'ideology', 'e': 'none', 'f': 'politics at home'}",
        ),
        (
            2.5,
            "a: Does somebody here give up the place, the credit or the respect",
            "answer_against = {'a': 'rank', 'b': 'rank', 'c': 'security', 'd': 'ideology', 'e': 'none', 'f': 'politics at home'}",
        ),
        (
            2.5,
            "b: Is something on the table here that a state in need of safety",
            "answer_against = {'a': 'none', 'b': 'security', 'c': 'security', 'd': 'ideology', 'e': 'none', 'f': 'politics at home'}",
        ),
        (
            2.5,
            "c: Take the explanations one by one: which of them would make you",
            "answer_against = {'a': 'none', 'b': 'rank', 'c': 'none', 'd': 'ideology', 'e': 'none', 'f': 'politics at home'}",
        ),
        (
            2.5,
            "d: Take the explanations one by one: which of them would make you",
            "answer_against = {'a': 'none', 'b': 'rank', 'c': 'security', 'd': 'none', 'e': 'none', 'f': 'politics at home'}",
        ),
        (
            2.5,
            "e: Could somebody who believes in doctrine as the cause not live with",
            "answer_against = {'a': 'none', 'b': 'rank', 'c': 'security', 'd': 'ideology', 'e': 'ideology', 'f': 'politics at home'}",
        ),
        (
            2.5,
            "f: Take the explanations one by one: which of them would make you",
            "answer_against = {'a': 'none', 'b': 'rank', 'c': 'security', 'd': 'ideology', 'e': 'none', 'f': 'none'}",
        ),
        (
            2.5,
            "e: Would the quarrel inside China have to look different if this is",
            "answer_against = {'a': 'none', 'b': 'rank', 'c': 'security', 'd': 'ideology', 'e': 'politics at home', 'f': 'politics at home'}",
        ),
        (
            2,
            "c: Not answered yet.",
            "answer_against = {'a': 'none', 'b': 'rank', 'c': '', 'd': '', 'e': 'none', 'f': 'politics at home'}",
        ),
        (
            2.5,
            "b: Could somebody who believes in doctrine as the cause not live with",
            "answer_against = {'a': 'none', 'b': 'ideology', 'c': 'security', 'd': 'ideology', 'e': 'none', 'f': 'politics at home'}",
        ),
        (
            0,
            "a: Could somebody who believes in doctrine as the cause not live with",
            "answer_against = dict.fromkeys('abcdef', 'ideology')",
        ),
        (
            0,
            "a: Is something on the table here that a state in need of safety",
            "answer_against = dict.fromkeys('abcdef', 'security')",
        ),
        (
            0,
            "a: Would the quarrel inside China have to look different if this is",
            "answer_against = dict.fromkeys('abcdef', 'politics at home')",
        ),
        (
            0,
            "a: Does somebody here give up the place, the credit or the respect",
            "answer_against = dict.fromkeys('abcdef', 'rank')",
        ),
        (
            0,
            "b: Take the explanations one by one: which of them would make you",
            "answer_against = dict.fromkeys('abcdef', 'none')",
        ),
    ],
    "dates-defined": [
        (
            2,
            "b: What happened at this date? Look it up, and ask which definition",
            "answer_definitions = {'a': '7', 'b': '5', 'c': '2', 'd': '1', 'e': '6', 'f': '3'}",
        ),
        (
            2.5,
            "f: What happened at this date? Look it up, and ask which definition",
            "answer_definitions = {'a': '7', 'b': '2', 'c': '5', 'd': '1', 'e': '6', 'f': '4'}",
        ),
        (
            2.5,
            "d: What happened at this date? Look it up, and ask which definition",
            "answer_definitions = {'a': '7', 'b': '2', 'c': '5', 'd': '8', 'e': '6', 'f': '3'}",
        ),
        (
            2,
            "a: What happened at this date? Look it up, and ask which definition",
            "answer_definitions = {'a': '2', 'b': '7', 'c': '5', 'd': '1', 'e': '6', 'f': '3'}",
        ),
        (
            2.5,
            "e: What happened at this date? Look it up, and ask which definition",
            "answer_definitions = {'a': '7', 'b': '2', 'c': '5', 'd': '1', 'e': '4', 'f': '3'}",
        ),
        (
            2,
            "d: What happened at this date? Look it up, and ask which definition",
            "answer_definitions = {'a': '7', 'b': '2', 'c': '5', 'd': '6', 'e': '1', 'f': '3'}",
        ),
        (
            2.5,
            "a: Not answered yet.",
            "answer_definitions = {'a': '', 'b': '2', 'c': '5', 'd': '1', 'e': '6', 'f': '3'}",
        ),
        (
            2.5,
            'a: "1956" is not one of the options: ',
            "answer_definitions = {'a': '1956', 'b': '2', 'c': '5', 'd': '1', 'e': '6', 'f': '3'}",
        ),
        (
            0,
            "a: What happened at this date? Look it up, and ask which definition",
            "answer_definitions = dict.fromkeys('abcdef', '1')",
        ),
        (
            0,
            "a: What happened at this date? Look it up, and ask which definition",
            "answer_definitions = dict.fromkeys('abcdef', '3')",
        ),
        (
            0,
            "a: What happened at this date? Look it up, and ask which definition",
            "answer_definitions = dict(zip('abcdef','123456'))",
        ),
    ],
    "disputes-sorted": [
        (
            2.5,
            "c: Does each of the two sentences say when it was over, and",
            "answer_disputes = {'a': 'date', 'b': 'cause', 'c': 'date', 'd': 'neither', 'e': 'cause', 'f': 'neither'}",
        ),
        (
            2.5,
            "c: Does each of the two sentences say what drove the events, and",
            "answer_disputes = {'a': 'date', 'b': 'cause', 'c': 'cause', 'd': 'neither', 'e': 'cause', 'f': 'neither'}",
        ),
        (
            2.5,
            "a: Write down one point on which these two would agree; is there",
            "answer_disputes = {'a': 'both', 'b': 'cause', 'c': 'both', 'd': 'neither', 'e': 'cause', 'f': 'neither'}",
        ),
        (
            2.5,
            "d: Does each of the two sentences say what drove the events, and",
            "answer_disputes = {'a': 'date', 'b': 'cause', 'c': 'both', 'd': 'cause', 'e': 'cause', 'f': 'neither'}",
        ),
        (
            2.5,
            "f: Write down one point on which these two would agree; is there",
            "answer_disputes = {'a': 'date', 'b': 'cause', 'c': 'both', 'd': 'neither', 'e': 'cause', 'f': 'both'}",
        ),
        (
            2.5,
            "e: Does each of the two sentences say when it was over, and",
            "answer_disputes = {'a': 'date', 'b': 'cause', 'c': 'both', 'd': 'neither', 'e': 'date', 'f': 'neither'}",
        ),
        (
            2.5,
            "b: Can both sentences be true together? Read them once more.",
            "answer_disputes = {'a': 'date', 'b': 'neither', 'c': 'both', 'd': 'neither', 'e': 'cause', 'f': 'neither'}",
        ),
        (
            2.5,
            "e: Can both sentences be true together? Read them once more.",
            "answer_disputes = {'a': 'date', 'b': 'cause', 'c': 'both', 'd': 'neither', 'e': 'neither', 'f': 'neither'}",
        ),
        (
            2.5,
            'a: "when" is not one of the options: ',
            "answer_disputes = {'a': 'when', 'b': 'cause', 'c': 'both', 'd': 'neither', 'e': 'cause', 'f': 'neither'}",
        ),
        (
            0,
            "a: Does each of the two sentences say what drove the events, and",
            "answer_disputes = dict.fromkeys('abcdef', 'cause')",
        ),
        (
            0,
            "b: Does each of the two sentences say when it was over, and",
            "answer_disputes = dict.fromkeys('abcdef', 'date')",
        ),
        (
            0,
            "a: Write down one point on which these two would agree; is there",
            "answer_disputes = dict.fromkeys('abcdef', 'both')",
        ),
        (
            0,
            "a: Can both sentences be true together? Read them once more.",
            "answer_disputes = dict.fromkeys('abcdef', 'neither')",
        ),
    ],
    "readers-placed": [
        (
            2.5,
            "b: Which explanation would make this student say so, and does the",
            "answer_readers = {'a': 'for politics at home', 'b': 'for rank', 'c': 'for ideology', 'd': 'for rank', 'e': 'for security', 'f': 'against security'}",
        ),
        (
            2.5,
            "f: Which explanation would make this student say so, and does the",
            "answer_readers = {'a': 'for politics at home', 'b': 'against rank', 'c': 'for ideology', 'd': 'for rank', 'e': 'for security', 'f': 'for security'}",
        ),
        (
            2.5,
            "d: Which explanation would make this student say so, and does the",
            "answer_readers = {'a': 'for politics at home', 'b': 'against rank', 'c': 'for ideology', 'd': 'for ideology', 'e': 'for security', 'f': 'against security'}",
        ),
        (
            2.5,
            "e: Which explanation would make this student say so, and does the",
            "answer_readers = {'a': 'for politics at home', 'b': 'against rank', 'c': 'for ideology', 'd': 'for rank', 'e': 'against security', 'f': 'against security'}",
        ),
        (
            2.5,
            'c: "ideology" is not one of the options: ',
            "answer_readers = {'a': 'for politics at home', 'b': 'against rank', 'c': 'ideology', 'd': 'for rank', 'e': 'for security', 'f': 'against security'}",
        ),
        (
            2.5,
            'a: "politics at home" is not one of the options: ',
            "answer_readers = {'a': 'politics at home', 'b': 'against rank', 'c': 'for ideology', 'd': 'for rank', 'e': 'for security', 'f': 'against security'}",
        ),
        (
            2.5,
            "c: Which explanation would make this student say so, and does the",
            "answer_readers = {'a': 'for politics at home', 'b': 'against rank', 'c': 'against rank', 'd': 'for rank', 'e': 'for security', 'f': 'against security'}",
        ),
        (
            2.5,
            "f: Which explanation would make this student say so, and does the",
            "answer_readers = {'a': 'for politics at home', 'b': 'against rank', 'c': 'for ideology', 'd': 'for rank', 'e': 'for security', 'f': 'against ideology'}",
        ),
        (
            2.5,
            "a: Which explanation would make this student say so, and does the",
            "answer_readers = {'a': 'against politics at home', 'b': 'against rank', 'c': 'for ideology', 'd': 'for rank', 'e': 'for security', 'f': 'against security'}",
        ),
        (
            1.5,
            "a: Not answered yet.",
            "answer_readers = {'a': '', 'b': '', 'c': '', 'd': 'for rank', 'e': 'for security', 'f': 'against security'}",
        ),
        (
            0,
            "a: Which explanation would make this student say so, and does the",
            "answer_readers = dict.fromkeys('abcdef', 'for ideology')",
        ),
        (
            0,
            "a: Which explanation would make this student say so, and does the",
            "answer_readers = dict.fromkeys('abcdef', 'for security')",
        ),
        (
            0,
            "b: Which explanation would make this student say so, and does the",
            "answer_readers = dict.fromkeys('abcdef', 'for politics at home')",
        ),
        (
            0,
            "a: Which explanation would make this student say so, and does the",
            "answer_readers = dict.fromkeys('abcdef', 'for rank')",
        ),
        (
            0,
            "a: Which explanation would make this student say so, and does the",
            "answer_readers = dict.fromkeys('abcdef', 'against rank')",
        ),
    ],
    "works-named": [
        (
            2.5,
            "a: Find the sentence of the chapter with this work: does it answer",
            "answer_works = {'a': '1', 'b': '3', 'c': '2', 'd': '9', 'e': '5', 'f': '7'}",
        ),
        (
            2.5,
            "c: Find the sentence of the chapter with this work: does it answer",
            "answer_works = {'a': '8', 'b': '3', 'c': '4', 'd': '9', 'e': '5', 'f': '7'}",
        ),
        (
            2.5,
            "d: Find the sentence of the chapter with this work: does it answer",
            "answer_works = {'a': '8', 'b': '3', 'c': '2', 'd': '6', 'e': '5', 'f': '7'}",
        ),
        (
            2.5,
            "f: Find the sentence of the chapter with this work: does it answer",
            "answer_works = {'a': '8', 'b': '3', 'c': '2', 'd': '9', 'e': '5', 'f': '1'}",
        ),
        (
            2,
            "c: Find the sentence of the chapter with this work: does it answer",
            "answer_works = {'a': '8', 'b': '3', 'c': '5', 'd': '9', 'e': '2', 'f': '7'}",
        ),
        (
            2.5,
            "b: Find the sentence of the chapter with this work: does it answer",
            "answer_works = {'a': '8', 'b': '4', 'c': '2', 'd': '9', 'e': '5', 'f': '7'}",
        ),
        (
            2,
            "a: Find the sentence of the chapter with this work: does it answer",
            "answer_works = {'a': '3', 'b': '8', 'c': '2', 'd': '9', 'e': '5', 'f': '7'}",
        ),
        (
            2.5,
            "e: Not answered yet.",
            "answer_works = {'a': '8', 'b': '3', 'c': '2', 'd': '9', 'e': '', 'f': '7'}",
        ),
        (
            2.5,
            'a: "Gittings" is not one of the options: ',
            "answer_works = {'a': 'Gittings', 'b': '3', 'c': '2', 'd': '9', 'e': '5', 'f': '7'}",
        ),
        (
            0,
            "a: Find the sentence of the chapter with this work: does it answer",
            "answer_works = dict.fromkeys('abcdef', '3')",
        ),
        (
            0,
            "a: Find the sentence of the chapter with this work: does it answer",
            "answer_works = dict.fromkeys('abcdef', '6')",
        ),
        (
            0,
            "a: Find the sentence of the chapter with this work: does it answer",
            "answer_works = dict(zip('abcdef','123456'))",
        ),
    ],
    "rank-quoted": [
        (
            2,
            '"a spirit of consultation on an equality" is in mao-1963-p04, which',
            "answer_rank = ['a spirit of consultation on an equality', 'is not prepared to go to Moscow', 'the Chinese party first proposed']",
        ),
        (
            2,
            '"is not prepared to go to Moscow": each quotation must be from',
            "answer_rank = ['often scolds him', 'is not prepared to go to Moscow', 'the Chinese party first proposed']",
        ),
        (
            0,
            '"The sky won\'t collapse" is in mao-1963-p10, which is not the place',
            "answer_rank = [\"The sky won't collapse\", 'The contradiction between Britain and the United States', 'This is very good']",
        ),
        (
            2,
            "The question asks for 3 quotations; you gave 2.",
            "answer_rank = ['the Chinese party first proposed', 'no one can expel Albania']",
        ),
        (
            1,
            "The question asks for 3 quotations; you gave 1.",
            "answer_rank = 'the Chinese party first proposed'",
        ),
        (
            0,
            'The words are not quite those of mao-1963-p17: it has "Zedong himself',
            "answer_rank = ['Mao will not travel to Moscow', 'Beijing wants the credit', 'they must treat us as equals']",
        ),
        (
            2.5,
            'The words are not quite those of mao-1963-p17: it has "keeps", not',
            "answer_rank = ['it is better that he keep a little distance', 'the Chinese party first proposed', 'no one can expel Albania']",
        ),
        (
            0,
            '"a person to be named by him" is in deng-1962-p01, which is not the',
            "answer_rank = ['a person to be named by him', 'in the order received', 'above all it was necessary to consult']",
        ),
        (
            0.5,
            "This is too short to be evidence: quote at least 3 words of the",
            "answer_rank = ['initiative', 'scolds him', 'by name']",
        ),
        (
            2,
            '"However, this most recent letter from the CPSU only mentioned the',
            "answer_rank = ['However, this most recent letter from the CPSU only mentioned the letter of the CPSU to the Chinese Communist Party of last May. It makes it appear that the initiative to stop the attack', 'no one can expel Albania', 'the Chinese party first proposed']",
        ),
        (
            0,
            '"we will also have the courage" is in mao-1963-p15, which is not the',
            "answer_rank = ['we will also have the courage', 'Action is needed', 'the masses of today will not forgive us']",
        ),
    ],
    "doctrine-quoted": [
        (
            1,
            '"how to properly understand Marxism-Leninism" is in mao-1963-p11,',
            "answer_doctrine = ['how to properly understand Marxism-Leninism', 'the only way that Marxists can']",
        ),
        (
            1,
            '"acting according to that resolution": each quotation must be from',
            "answer_doctrine = ['has betrayed Marxism-Leninism', 'acting according to that resolution']",
        ),
        (
            0,
            '"The sky won\'t collapse" is in mao-1963-p10, which is not the place',
            "answer_doctrine = [\"The sky won't collapse\", 'Action is needed']",
        ),
        (
            1,
            "The question asks for 2 quotations; you gave 1.",
            "answer_doctrine = ['the only way that Marxists can']",
        ),
        (
            0,
            'The words are not quite those of mao-1963-p16: it has "that',
            "answer_doctrine = ['the only way a Marxist can follow', 'Yugoslavia betrayed the doctrine']",
        ),
        (
            1.5,
            "The words are not quite those of mao-1963-p16: it does not have",
            "answer_doctrine = ['the only way that the Marxists can and should follow', 'has betrayed Marxism-Leninism']",
        ),
        (
            0,
            '"there are twelve countries in the socialist camp" is in',
            "answer_doctrine = ['there are twelve countries in the socialist camp', 'we have the courage and strength']",
        ),
        (
            0,
            '"the Chinese Party fully agrees" is in mao-1963-p16, but these are',
            "answer_doctrine = ['the Chinese Party fully agrees', 'future generations will not forgive us']",
        ),
        (
            0,
            '"unity and solidarity of the fraternal parties" is in deng-1962-p08,',
            "answer_doctrine = ['unity and solidarity of the fraternal parties', 'must meet and come to common conclusions']",
        ),
        (
            0,
            "This is too short to be evidence: quote at least 3 words of the",
            "answer_doctrine = ['Marxism Leninism', 'Marxists']",
        ),
        (0, "Not answered yet.", "answer_doctrine = ['', '']"),
    ],
    "state-business-quoted": [
        (
            1,
            '1962: "the negotiations of com. A.A. Gromyko with D. Rusk on the',
            "answer_state_1962 = 'the negotiations of com. A.A. Gromyko with D. Rusk on the German issue'; answer_state_1963 = 'West Germany is standing behind France'",
        ),
        (
            1,
            '1963: "The sky won\'t collapse" is in mao-1963-p10, which is not the',
            "answer_state_1962 = 'the Soviet trade economic delegation'; answer_state_1963 = \"The sky won't collapse\"",
        ),
        (
            0,
            '1962: "you resolve the issues connected with agriculture" is in',
            "answer_state_1962 = 'you resolve the issues connected with agriculture'; answer_state_1963 = 'Action is needed'",
        ),
        (
            0,
            "1962: The words are not quite those of deng-1962-p17: it also has",
            "answer_state_1962 = 'the trade delegation came'; answer_state_1963 = 'France and America quarrel'",
        ),
        (
            1,
            "1962: The words are not quite those of deng-1962-p17: it does not",
            "answer_state_1962 = 'the Soviet trade and economic delegation headed by'; answer_state_1963 = 'West Germany is standing behind France'",
        ),
        (
            1,
            "1962: Not answered yet.",
            "answer_state_1962 = ''; answer_state_1963 = 'West Germany is standing behind France'",
        ),
        (
            0,
            '1962: "the session of the VSNP was still continuing" is in',
            "answer_state_1962 = 'the session of the VSNP was still continuing'; answer_state_1963 = \"we'll resolve as much as we can for now\"",
        ),
        (
            0,
            '1962: "West Germany is standing behind France" is in mao-1963-p19,',
            "answer_state_1962 = 'West Germany is standing behind France'; answer_state_1963 = 'the Soviet trade economic delegation'",
        ),
        (
            1,
            '1963: "a spirit of consultation on an equality" is in mao-1963-p04,',
            "answer_state_1962 = 'conversations with [Dean] Rusk'; answer_state_1963 = 'a spirit of consultation on an equality'",
        ),
        (
            0,
            '1962: "he would quickly convey it to Mao Zedong" is in deng-1962-p16,',
            "answer_state_1962 = 'he would quickly convey it to Mao Zedong'; answer_state_1963 = 'no one can expel Albania'",
        ),
        (
            1,
            '1962: "During the conversation, I informed Deng Xiaoping that the',
            "answer_state_1962 = 'During the conversation, I informed Deng Xiaoping that the Soviet trade economic delegation headed by com. N.S. Patolichev was arriving in Peking on 13 April. Deng Xiaoping stated'; answer_state_1963 = 'Their quarrels are good for us'",
        ),
    ],
}
