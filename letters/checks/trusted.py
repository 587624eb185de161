"""Which rules of the grammar checker are believed.

Harper has some nine hundred. Most are about style, names of products or idioms that no letter
needs, and a few cry wolf ("how people" should be "how to people"). A rule stands here because it
finds mistakes of a kind that students make and was silent on correct letters; what was measured
is in docs/adr/0004.
"""

from __future__ import annotations

from letters.checks.words import words

# One wrong or missing letter in one word, or two words that should be one: shown as spelling.
OF_SPELLING = words(
    """
    ALongTime ASomeTime AllReady AllThough Anybody Anyhow Anywhere ExitedExcitedContext
    ExpandThough ExpandBecause ExpandWith ExpandWithout Everybody Everyone Everywhere
    Furthermore Henceforth However Instead Itself Laptop Likewise Lots Meanwhile Misspell
    Misunderstand Misunderstood Months Myself Nobody Nonetheless Nothing Nowadays Nowhere
    OpenCompounds Overall Payed ProperNouns Somebody Somehow Someone Somewhere Straightforward
    Themself Therefore Whereas Without Worthwhile Yourself
    """
)
# What to call the mistake, and why it matters, for those that students make most.
KNOWN = {
    "AnA": "“A” before a consonant, “an” before a vowel",
    "ItsContraction": "“It’s” means it is",
    "ItsPossessive": "“Its” means of it",
    "ModalOf": "“Have”, not “of”",
    "PronounVerbAgreement": "Subject and verb do not agree",
    "RepeatedWords": "A word stands here twice",
    "SimplePastToPastParticiple": "Another form of the verb belongs here",
    "ThenThan": "“Than” compares, “then” is about time",
    "ThereToTheir": "“There”, “their” and “they’re”",
    "TheyreToTheir": "“There”, “their” and “they’re”",
    "TheirToThere": "“There”, “their” and “they’re”",
    "TheirToTheyre": "“There”, “their” and “they’re”",
    "TheyreConfusions": "“There”, “their” and “they’re”",
    "PossessiveYour": "“Your” and “you’re”",
    "ToTwoToo": "“To”, “two” and “too”",
    "YourPredicateAdjective": "“Your” and “you’re”",
}
OF_GRAMMAR = words(
    """
    ACoupleMore ALittleOfPractice AMeansToAnEnd APart AWhile AccuseOf Addicting
    AdjectiveDoubleDegree AdvantageOf AfterAll AheadAnd AllIntentsAndPurposes AllOfASudden
    AmInTheMorning AnA AnAnother AndIn AnotherAn AnotherOnes AnotherThings ArriveTo AsFarBackAs
    AsIfThough AsLongAs AsOfLately AsSoonAsPossible AskNoPreposition AtLeasToLeast AtLestToLeast
    AwaitFor BareInMind BareWithMe BeAllowed BeBiased BeConcerned BeShocked BeWorried
    BestRegards BetterOffWith ByAccident Cant CapitalizeOn CapitalizePersonalPronouns
    CauseItIsBecause ComfortableWith CommitmentTo ComplainAsNoun CompoundSubjectI ComprisesOf
    CorrectNumberSuffix CraveFor CriteriaPhenomena CuriousAbout DayAndAge DespiteItIs DespiteOf
    DidPast Didnt Discuss DoMistake DoNotWant DoToDueTo DoesOrDose DontCan DoubleModal
    DoubleNegative EachAndEveryOne EverEvery EverSince EveryTime ExceptOf FascinatedBy FeelFell
    FedUpWith FewUnitsOfTimeAgo ForALongTime ForAWhile ForNoun FriendOfMe GetRidOf GetUsedTo
    GoToSleep GoingTo GoodAt HadOf HaveNegNoAny HavePassed HavePronoun HeDos HopHope
    HowDoesCompared HowItLooksLike IAm IAmAgreement IDo IDontKnow ImplementIn Impressed InAWhile
    InNeedOf InOfItself InTheFirstPlace InflectedVerbAfterTo InspiredBy InsteadOf InterestedIn
    InvestIn IsBeenAuxSequence IsKnownFor ItCan ItTimeAuxiliary ItsContraction ItsPossessive
    JealousOf KindRegards KnowNothingVerb LastNight LeadRiseTo LetMeKnow LetToDo LetsConfusion
    LikeAsIf LongTimeAgo LooksLikes MakeItSeem MakeSense MeansALotTo MissingTo ModalBeAdjective
    ModalOf ModalSeem MoreBetter MoreThatLikely MostOfTheTimes MultipleFrequencyAdverbs MyHouse
    NeedToNoun NoLonger NobelPeacePrize NominalWants NorModalPronoun NotIn NotTo NowWay OfCourse
    OnTheOtherHand OnesSelf OughtToBe PassionateAbout PayForPrice PeaceOfMind PiqueInterest
    PleasRequestVerb PluralWrongWordOfPhrase PossessiveYour PronounAre PronounContraction
    PronounInflectionBe PronounKnew PronounVerbAgreement ProgressiveNeedsBe QuiteMany QuiteQuiet
    ReasonForDoing RedundantProgressiveComparative RegularIrregulars RelayOnForRely
    RepeatedWords Respond ResponsibilityFor ResponsibleFor SafeToSave SameAs SeamToSeem
    SentenceCapitalization SimilarLike SimplePastToPastParticiple SinceDuration SingleBe
    SomeOfThe SomebodyElses SomethingIs SoonerOrLater SubjectPronoun SubjunctiveWasToWere
    SummarySummery SupposedTo TakeALookTo TakePrideIn ThanksALot ThatChallenged ThatThan
    ThatThis TheAnother TheDifferenceBetween TheMy ThePointFor TheTheToThatThe TheWhetherWeather
    TheirToThere TheirToTheyre ThenThan ThereAfterCompound ThereIsAgreement ThereMissingIsClause
    ThereOwn ThereToTheir Theres TheyToThem TheyreConfusions TheyreToTheir ThinkKnowOff
    ThisTypeOfThing ThoughThought ToAdverb ToLoseTooLoose ToTo ToTooIdioms ToTwoToo ToWorryAbout
    TooTo UseToUsedTo VerbToAdjective VeryLess WaistWaste WantBe WellEducated WereWhere
    WillContain WillGonna WillNonLemma WishCould WithoutOut WorseOrWorst WorthToDo
    WouldNeverHave WrongApostrophe WroteToRote YourOutClauseAgreement YourPredicateAdjective
    """
)
