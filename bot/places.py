"""Names that are a place's before they are anyone's: continents, countries and great cities."""

_NAMES = """
africa|asia|europe|america|antarctica|oceania|australia|middle east|latin america|north america|
south america|afghanistan|albania|algeria|angola|argentina|armenia|austria|azerbaijan|bahrain|
bangladesh|belarus|belgium|bolivia|bosnia|brazil|britain|bulgaria|burma|cambodia|cameroon|canada|
chile|china|colombia|congo|croatia|cuba|cyprus|czech republic|denmark|ecuador|egypt|england|
estonia|ethiopia|finland|france|gaza|germany|ghana|greece|haiti|honduras|hong kong|hungary|
iceland|india|indonesia|iran|iraq|ireland|israel|italy|jamaica|japan|kazakhstan|kenya|kosovo|
kuwait|laos|latvia|lebanon|liberia|libya|lithuania|malaysia|mali|mexico|moldova|mongolia|morocco|
mozambique|myanmar|nepal|netherlands|new zealand|nicaragua|niger|nigeria|north korea|norway|
oman|pakistan|palestine|panama|paraguay|peru|philippines|poland|portugal|qatar|romania|russia|
rwanda|samoa|saudi arabia|scotland|senegal|serbia|sierra leone|singapore|slovakia|slovenia|
somalia|south africa|south korea|soviet union|spain|sri lanka|sudan|sweden|switzerland|syria|
taiwan|tanzania|thailand|tibet|tunisia|turkey|uganda|ukraine|united arab emirates|
united kingdom|united states|uruguay|uzbekistan|venezuela|vietnam|wales|west bank|yemen|zambia|
zimbabwe|uk|usa|us|eu|amsterdam|athens|baghdad|bangkok|beijing|berlin|brussels|cairo|chicago|
delhi|dubai|dublin|geneva|istanbul|jerusalem|johannesburg|kabul|lagos|london|los angeles|madrid|
manila|melbourne|miami|moscow|mumbai|new delhi|new york|paris|rome|san francisco|seoul|shanghai|
stockholm|sydney|tehran|tokyo|toronto|vienna|washington|alabama|alaska|arizona|california|
colorado|florida|hawaii|illinois|kansas|massachusetts|michigan|minnesota|mississippi|missouri|
nevada|new jersey|new mexico|north carolina|north dakota|ohio|oklahoma|oregon|pennsylvania|
south carolina|south dakota|tennessee|texas|utah|vermont|west virginia|wisconsin
"""
_PLACES = frozenset(_NAMES.replace("\n", "").split("|"))


def is_place(name: str) -> bool:
    """Whether `name` is a well-known place: "Europe", "the United States"."""
    return name.lower().removeprefix("the ").strip() in _PLACES
