"""Greetings, thanks, goodbyes and "what can you do?": answered in a sentence, with no citations.

Only a message that is nothing else is small talk: "hi, what did Ardern say" is a question.
"""

import re

GREETING = "Hello. Ask me about the article: I answer in its own words and show where they stand."
THANKS = "You're welcome. Ask on whenever you like."
GOODBYE = "Goodbye. The article and I stay here."
FINE = "I'm a program, and I'm running well. What would you like to know about the article?"
ABILITIES = (
    "I answer questions about the article with its own sentences, each numbered and marked where "
    "it stands. Ask who said what, when, where, why or how many, ask for a summary or for who is "
    'quoted, and follow up as you would with a person: "and Seymour?", "why?", "what else did she '
    'say?". When the article does not say, I tell you so.'
)
WHO_I_AM = (
    "I'm On the Record, a program that answers questions about news articles with the articles' "
    "own words. I make nothing up: every sentence I show is copied from its place in the article."
)

_GREETED = (
    r"(?:hi+|hi ya|hiya|he+y+|hello+|helo|hallo|hullo|howdy|yo|g'?day|greetings|salutations|"
    r"welcome|"
    r"good (?:morning|afternoon|evening|day)|morning|evening|afternoon|kia ora|hola|bonjour|aloha|"
    r"nice to meet you|pleased to meet you|what'?s up|wh?assup|sup)"
)
_TO_WHOM = (
    r"(?:there|again|all|everyone|everybody|you|bot|chatbot|robot|assistant|friend|mate|buddy|dear|"
    r"sir|folks|team|computer|on the record|to you|too|both)"
)
_THANKED = (
    r"(?:thank ?you|thank u|thanks?|thanku|thankyou|thnx|thnks|thnaks|thx|tnx|tx|ty|tysm|cheers|ta|"
    r"tha?nks? a (?:lot|bunch|million)|many thanks|much appreciated|appreciated|i appreciate "
    r"(?:it|that|this|your help)|"
    r"much obliged|merci|gracias|danke)"
)
_PRAISED = (
    r"(?:great|good|nice|cool|perfect|awesome|excellent|brilliant|wonderful|amazing|fantastic|"
    r"lovely|"
    r"super|sweet|neat|ok(?:ay)?|okey dokey|k|kk|alright|all right|fine|got it|gotcha|"
    r"i see|understood|i understand|makes sense|that makes sense|wow|interesting|how interesting|"
    r"good to know|(?:that|this|it)(?:'s| is| was)? (?:all|it|enough|great|good|helpful|very "
    r"helpful|"
    r"really helpful|useful|very useful|perfect|interesting|very interesting|fine|cool|nice)|"
    r"that helps|"
    r"that helped|very helpful|so helpful|helpful|well done|good (?:job|work|bot|answer)|nice "
    r"(?:one|work|job)|"
    r"no more questions|nothing else|no thanks|no thank you|no that's all|that will be all|lol|"
    r"haha+|"
    r"you(?:'re| are) (?:great|awesome|amazing|the best|very helpful|so helpful|helpful|welcome))"
)
_INTENSIFIED = (
    r"(?:so much|very much|a lot|a ton|a bunch|a million|again|kindly|then|really|indeed|anyway|"
    r"for (?:now|today|everything|that|this|it|all that|the (?:help|info|information|answers?|"
    r"explanation|summary|quotes?|clarification)|your (?:help|time|answers?|assistance|patience)|"
    r"(?:the )?(?:quick )?(?:help|helping(?: me)?(?: out)?|explaining(?: that| it)?|clarifying|"
    r"answering)))"
)
_LEFT = (
    r"(?:good ?bye+|bye+|bye bye|by for now|see (?:you|ya)(?: later| soon| around| tomorrow)?|cya|"
    r"so long|farewell|good ?night|nighty night|later|laters|take care|ciao|adios|cheerio|ttyl|"
    r"have a (?:nice|good|great|lovely) (?:day|one|evening|night|weekend|time)|"
    r"(?:i(?:'m| am)|im) (?:done|off|leaving|finished)|(?:i )?(?:have|got|gotta|need) to go|quit|"
    r"exit)"
)
_HOW_ARE_YOU = (
    r"(?:how (?:are|r) (?:you|u|ya)(?: doing| feeling)?(?: today)?|how(?:'s| is) it going|"
    r"how do you do|how(?:'s| is) (?:your day|life|everything|things)|how have you been|"
    r"are you (?:ok|okay|well|fine|there|awake|alive|happy|working|online)|you (?:ok|there)|"
    r"is any(?:one|body) (?:there|here)|i hope you(?:'re| are) (?:well|fine|doing well))"
)
_WHO_ARE_YOU = (
    r"(?:(?:so )?(?:who|what)(?: exactly)? (?:are|r) (?:you|u)(?: exactly| called| then)?|"
    r"what(?:'s| is) your name|whats your name|(?:do you have|have you got) a name|what do i "
    r"call you|"
    r"are you (?:an? )?(?:(?:real|human|actual) )?(?:person|human|human being|robot|bot|chatbot|ai|"
    r"machine|program|computer|language model|llm|gpt|chatgpt|a\.i|real)|"
    r"am i (?:talking|speaking|chatting) (?:to|with) an? (?:human|person|robot|bot|machine|ai)|"
    r"(?:who|what company) (?:made|built|created|wrote|programmed|developed) you|what is this(?: "
    r"bot| app| site| page| thing)|"
    r"introduce yourself|tell me about yourself|what(?:'s| is) on the record)"
)
_WHAT_CAN_YOU_DO = (
    r"(?:what (?:all )?(?:can|could|do|will) (?:you|u)(?: actually)? (?:do|answer|know|help(?: "
    r"me)? with|offer|tell me)"
    r"(?: for me| here| exactly)?|what(?:'s| is| are) your (?:purpose|job|function|functions|"
    r"abilities|"
    r"capabilities|features|skills)|what are you (?:for|good at|good for|able to do|capable of|"
    r"here for|"
    r"made for|supposed to do)|what (?:kinds? of |sorts? of |types? of )?(?:questions|things|"
    r"stuff) "
    r"(?:can|could|do|should|may|might) (?:i|you|we) (?:ask|answer|do|help with)(?: you)?|"
    r"what (?:can|could|should|may|do|might) i (?:ask|do|say|type|write)(?: you| about| here)?|"
    r"how (?:do|can|should|would) (?:i|you|we) (?:use (?:this|you|it)|work|help(?: me)?|start|"
    r"begin|"
    r"use this (?:bot|app|page|thing))|how does this (?:bot|app|page|thing|site) work|"
    r"(?:can|could|would|will) you help(?: me)?(?: out)?|help|help me|i need (?:some )?help|"
    r"what do you do|what are my options|how can you help(?: me)?|instructions|commands|usage)"
)
_FILLER = (
    r"(?:please|well|so|oh|ah|um+|uh+|and|ok(?:ay)?|then|now|today|just|my|dear|very|really|i|am)"
)

_REPLIES = (
    (_WHAT_CAN_YOU_DO, ABILITIES),
    (_WHO_ARE_YOU, WHO_I_AM),
    (_HOW_ARE_YOU, FINE),
    (_LEFT, GOODBYE),
    (_THANKED, THANKS),
    (_GREETED, GREETING),
    (_PRAISED, THANKS),
)
_PIECE = re.compile(
    "|".join((*(wording for wording, _ in _REPLIES), _INTENSIFIED, _TO_WHOM, _FILLER))
)
LONGEST = 24  # words; a longer message says something
LONGEST_PIECE = 9
_COURTESY = re.compile(
    rf"(?:(?:{_GREETED}(?:\s+{_TO_WHOM})?|{_THANKED}(?:\s+{_INTENSIFIED})?|{_PRAISED}|"
    rf"{_HOW_ARE_YOU}|"
    r"oh|ah|well|hmm+|um+|uh+|yes|yeah|yep|no|nope|sorry|actually|anyway|excuse me|please|by the "
    r"way|btw)"
    r"(?:\s*[,.;:!?\-–—…]+\s*|\s+(?=and\b|but\b|what\b|who\b|when\b|where\b|why\b|how\b|did\b|"
    r"can you\b|"
    r"could you\b|tell me\b|please\b)))+",
    re.IGNORECASE,
)


def small_talk(text: str) -> str | None:
    """The reply to a message that is only a courtesy or asks about this program, else None."""
    words = re.findall(r"[^\W_]+(?:'[^\W_]+)*", text.lower().replace("’", "'"))
    if len(words) > LONGEST or not _nothing_else(words):
        return None
    said = re.sub(rf"\b{_INTENSIFIED}\b", "", " ".join(words))
    return next((reply for wording, reply in _REPLIES if re.search(rf"\b{wording}\b", said)), None)


def without_courtesy(text: str) -> str:
    """`text` without the greeting or thanks it begins with, where a question follows."""
    found = _COURTESY.match(text)
    rest = text[found.end() :].strip() if found else text
    return rest if re.search(r"\w", rest) else text


def _nothing_else(words: list[str]) -> bool:
    """Whether the words can be cut into pieces of small talk with none left over."""
    reached = {0}
    for end in range(1, len(words) + 1):
        starts = (start for start in reached if end - start <= LONGEST_PIECE)
        if any(_PIECE.fullmatch(" ".join(words[start:end])) for start in starts):
            reached.add(end)
    return len(words) in reached
