"""A follow-up is understood as a question that stands alone; a standing one is left as it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers import Answer, Citation
from bot.conversation import Turn, standalone
from bot.people import Person
from index.speakers import Speaker

PEOPLE = (
    Person("Jacinda Ardern", "she", "Prime Minister"),
    Person("David Seymour", "he", "Act leader"),
    Person("Andy Foster", "he", "Wellington mayor"),
    Person("Police", "they"),
    Person("Luis Costa", "he", "striker"),
)


def turn(question: str, *cited: tuple[str, str]) -> Turn:
    """A turn whose answer cites sentences, each given with its speaker's name or nothing."""
    citations = tuple(
        Citation(number, "article", 0, len(quote), quote, Speaker(name, "", 0, 0) if name else None)
        for number, (name, quote) in enumerate(cited, 1)
    )
    status = "answered" if citations else "not_in_article"
    return Turn(question, Answer(question, status, "", citations))  # type: ignore[arg-type]


MANDATES = turn(
    "What did Ardern say about mandates?",
    ("Jacinda Ardern", 'On the mandates, she said they "were not forever".'),
)
ARRESTS = turn(
    "How many people were arrested last week?",
    ("", "The clash at Parliament Grounds last week saw 122 people arrested."),
)
OPERATION = turn("When did the police operation begin?", ("", "It began at 3.30am at Parliament."))
REFUSAL = turn(
    "Did Ardern agree to meet the protesters?",
    ("Jacinda Ardern", "She refused to consider meeting with them."),
)
MAYOR = turn("who is the mayor?", ("Andy Foster", "Mayor Andy Foster said he had met some."))
SCIENCE = turn(
    "What did the telescope find?",
    ("", "The telescope found a new planet near the star Kepler."),
)
GOAL = turn("Who scored the first goal?", ("", "Striker Luis Costa headed in after 12 minutes."))
UNANSWERED = turn("What did Foster say about inflation?")


@pytest.mark.parametrize(
    ("before", "asked", "understood"),
    [
        (MANDATES, "and Seymour?", "What did Seymour say about mandates?"),
        (MANDATES, "and seymour", "What did seymour say about mandates?"),
        (MANDATES, "What about Seymour?", "What did Seymour say about mandates?"),
        (MANDATES, "Seymour?", "What did Seymour say about mandates?"),
        (MANDATES, "thanks, and seymour on omicron?", "What did seymour say about omicron?"),
        (MANDATES, "and on lockdowns?", "What did Ardern say about lockdowns?"),
        (MANDATES, "what about the border?", "What did Ardern say about the border?"),
        (MANDATES, "why did she say that?", "why did Jacinda Ardern say that about mandates?"),
        (MANDATES, "what else?", "What else did Ardern say about mandates?"),
        (MANDATES, "what else did she say?", "what else did Jacinda Ardern say?"),
        (MANDATES, "tell me more", "What else did Ardern say about mandates?"),
        (MANDATES, "anyone else?", "Who else spoke about mandates?"),
        (
            MANDATES,
            "wat did she say abt the border",
            "what did Jacinda Ardern say about the border",
        ),
        (MANDATES, "does Seymour agree?", "does Seymour agree about mandates?"),
        (MANDATES, "And what did Seymour say?", "What did Seymour say about mandates?"),
        (MANDATES, "what does Luxon think about that?", "what does Luxon think about mandates?"),
        (MANDATES, "is she the prime minister?", "is Jacinda Ardern the prime minister?"),
        (MANDATES, "What is her view?", "What is Jacinda Ardern's view about mandates?"),
        (MANDATES, "are they still in force?", "are mandates still in force?"),
        (ARRESTS, "when was that?", "When were people arrested last week?"),
        (ARRESTS, "Where?", "Where were people arrested last week?"),
        (ARRESTS, "and why?", "Why were people arrested last week?"),
        (ARRESTS, "can you tell me why", "Why were people arrested last week?"),
        (ARRESTS, "by whom?", "By whom were people arrested last week?"),
        (ARRESTS, "how many children?", "How many children were arrested last week?"),
        (ARRESTS, "what happened next?", "What happened after people were arrested last week?"),
        (
            ARRESTS,
            "who said that?",
            'Who said "The clash at Parliament Grounds last week saw 122 people arrested"?',
        ),
        (OPERATION, "how long did it last?", "how long did the police operation last?"),
        (OPERATION, "and the protest?", "When did the protest begin?"),
        (OPERATION, "what was its purpose?", "what was the police operation's purpose?"),
        (OPERATION, "who was there?", "who was at Parliament?"),
        (REFUSAL, "why not?", "Why didn't Ardern agree to meet the protesters?"),
        (REFUSAL, "and Foster?", "Did Foster agree to meet the protesters?"),
        (REFUSAL, "what were their demands?", "what were the protesters' demands?"),
        (MAYOR, "what did he say?", "what did Andy Foster say?"),
        (MAYOR, "and the police chief?", "Who is the police chief?"),
        (SCIENCE, "when did it find it?", "when did the telescope find it?"),
        (MANDATES, "who disagreed?", "who disagreed about mandates?"),
        (MANDATES, "and Seymour's view?", "What is Seymour's view about mandates?"),
        (MANDATES, "any reaction?", "any reaction to mandates?"),
        (OPERATION, "what was the reason?", "what was the reason for the police operation?"),
        (OPERATION, "who was responsible?", "who was responsible for the police operation?"),
        (SCIENCE, "how far away is it?", "how far away is the telescope?"),
        (SCIENCE, "why?", 'Why did the telescope find "a new planet near the star Kepler"?'),
        (GOAL, "and the second?", "Who scored the second goal?"),
        (GOAL, "how old is he?", "how old is Luis Costa?"),
        (GOAL, "who else?", "Who else scored the first goal?"),
        (UNANSWERED, "what about Ardern?", "What did Ardern say about inflation?"),
        (UNANSWERED, "did he mention the fence?", "did Andy Foster mention the fence?"),
    ],
)
def test_a_follow_up_stands_alone(before: Turn, asked: str, understood: str) -> None:
    assert standalone(asked, [before], PEOPLE) == understood


@pytest.mark.parametrize("before", [MANDATES, ARRESTS, OPERATION, REFUSAL, MAYOR, UNANSWERED])
@pytest.mark.parametrize(
    "asked",
    [
        "How many people were arrested?",
        "What is the capital of France?",
        "What is this article about?",
        "What's this about?".replace("'s", " is"),
        "Summarise it",
        "Who is quoted in the article?",
        "What did Ardern say when she was on AM?",
        "Did Seymour say that the mandates should end?",
        "Is it true that the mayor met protesters?",
        "How many arrests were there?",
        "Are there any children at the protest?",
        "What did the police say about their operation?",
        "Which streets were closed by that operation?",
        "police operation cost",
        "summary?",
        "key takeaways?",
        "timeline",
        "What happened?",
        "Who is quoted?",
        "Why did protesters throw things at the officers who arrested them?",
    ],
)
def test_a_standing_question_is_left_alone(before: Turn, asked: str) -> None:
    assert standalone(asked, [before], PEOPLE) == asked


def test_a_first_question_s_pronoun_is_known_only_where_one_person_fits() -> None:
    assert standalone("What did she say?", [], PEOPLE) == "What did Jacinda Ardern say?"
    assert standalone("What did he say?", [], PEOPLE) == "What did he say?"
    assert standalone("What did she say about it?", []) == "What did she say about it?"


def test_small_talk_between_is_no_turn() -> None:
    assert standalone("and Seymour?", [MANDATES, Turn("thanks!")], PEOPLE).startswith(
        "What did Seymour say"
    )


def test_the_nearest_turn_with_a_fitting_person_decides() -> None:
    turns = [MANDATES, MAYOR]
    assert standalone("what did he say?", turns, PEOPLE) == "what did Andy Foster say?"
    assert standalone("what did she say?", turns, PEOPLE) == "what did Jacinda Ardern say?"


WORDS = st.sampled_from(
    "what who why how did does is was said say she he they it that there and about the of mandates "
    "Seymour ardern else many it's \"quote ? , on in 1st Police anyone what's her their".split()
)
MESSAGES = st.lists(WORDS, max_size=9).map(" ".join) | st.text(max_size=40)


@given(MESSAGES, st.lists(MESSAGES, max_size=2))
def test_any_message_is_understood_as_something(message: str, before: list[str]) -> None:
    turns = [turn(question, ("Jacinda Ardern", question)) for question in before]
    understood = standalone(message, turns, PEOPLE)
    assert bool(understood.strip()) == bool(message.strip())
    assert understood == " ".join(understood.split())


KILLED = turn("How many people were killed?", ("", "Nine people were killed and 40 were hurt."))
HORSES = turn("How many horses died?", ("officials", "Nine horses dropped dead, officials said."))
SPOKE = (
    turn("How long will Luis Costa be out?", ("", "Costa broke his leg.")),
    turn('Who said "Costa broke his leg"?', ("Andy Foster", "Costa broke his leg, Foster said.")),
)


@pytest.mark.parametrize(
    ("turns", "asked", "understood"),
    [
        ((KILLED,), "and injured?", "How many people were injured?"),
        ((HORSES,), "what did they die of?", "what did the horses die of?"),
        ((turn("How much did New York get?"),), "and Texas?", "How much did Texas get?"),
        ((MANDATES,), "and Europe?", "What did Ardern say about Europe?"),
        ((turn("Who is Seymour?"),), "what does he want?", "what does David Seymour want?"),
        (SPOKE, "how old is he?", "how old is Luis Costa?"),
        (SPOKE, "who is he?", "who is Andy Foster?"),
        ((turn("Was Costa hurt?"),), "what about his coach?", "What about Luis Costa's coach?"),
        ((turn("Did anyone else resign?"),), "and Foster?", "Did Foster resign?"),
        ((turn("What was the hearing about?"),), "was it difficult?", "was the hearing difficult?"),
    ],
)
def test_what_was_counted_asked_or_only_interrupted_is_kept_apart(
    turns: tuple[Turn, ...], asked: str, understood: str
) -> None:
    assert standalone(asked, turns, PEOPLE) == understood
