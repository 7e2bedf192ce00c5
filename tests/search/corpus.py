"""A few pages about what the demo region does not write about: words that nothing was tuned to."""

from django.utils.text import slugify

from tests.factories.knowledge import article, text

PAGES = [
    (
        "Uit elkaar over complotten",
        "Als een familielid overal een complot in ziet, kunt u toch in gesprek blijven.",
        "Wie in complottheorieën gelooft, zoekt vaak houvast. Een complotdenker overtuigt u niet met "
        "feiten alleen. Vraag wat iemand raakt, en vertel wat u zelf zeker weet en wat niet.",
    ),
    (
        "Het jeugdhonk als tweede thuis",
        "Drie avonden in de week staat de deur open, met begeleiders die iedereen kennen.",
        "In het honk koken jongeren samen, repareren zij fietsen en kijken zij voetbal. De beheerder "
        "kent de ouders en merkt het als er iets niet lekker loopt.",
    ),
    (
        "Wanneer een leerling wegblijft",
        "Verzuim vertelt iets. Mentor en leerplichtambtenaar kijken samen waarom een stoel leeg is.",
        "Uitval op school begint klein: eerst een uur, dan een middag. Wie verzuimt is zelden lui. "
        "Bel dezelfde dag naar huis en voorkom dat een scholier uitvalt.",
    ),
    (
        "Vliegende camera’s boven een plein",
        "Wat mag een drone boven een bijeenkomst, en wie vraagt u om uitleg?",
        "Drones van de politie vliegen alleen met een vergunning. Ziet u een onbekend toestel, blijf "
        "dan op afstand en geef het door.",
    ),
    (
        "Afspraken met cafés en winkels",
        "Ondernemers zien veel. Met een vaste contactpersoon weten zij bij wie zij terechtkunnen.",
        "De caféhouder en de winkeliers van de straat spreken elke maand af. Zij krijgen een nummer "
        "dat altijd wordt opgenomen, en horen terug wat er is gedaan.",
    ),
    (
        "Wat een vrijwilliger krijgt",
        "Een vergoeding, een verzekering en iemand die luistert.",
        "Vrijwilligers betaalt de gemeente een kleine vergoeding voor hun kosten. Een vrijwilliger "
        "in de wijk krijgt ook een training en een vast aanspreekpunt.",
    ),
    (
        "Opvang van vluchtelingen in de wijk",
        "Een asielzoekerscentrum (azc) in de buurt roept vragen op. Zo beantwoordt u ze.",
        "Nodig omwonenden uit voordat het besluit valt. Laat een asielzoeker zelf vertellen, en spreek "
        "af wie de telefoon opneemt als er iets is.",
    ),
    (
        "Een wedstrijd met spanning",
        "Hoe club, politie en gemeente een risicowedstrijd voorbereiden.",
        "Supporters van twee clubs treffen elkaar in het centrum. De supportersvereniging helpt om "
        "rellen na het voetbal te voorkomen. Voetbal moet een feest blijven.",
    ),
    (
        "Niemand aan de keukentafel",
        "Wie weinig mensen ziet, is makkelijk te bereiken door wie warmte belooft.",
        "Eenzaamheid is geen schande. Een bezoekvriend, een maaltijd in het buurthuis of een telefoontje "
        "maakt het bestrijden van een eenzaam bestaan klein en haalbaar.",
    ),
    (
        "Gesprekken over games",
        "Online spellen zijn voor veel jongeren een ontmoetingsplek.",
        "Vraag wat iemand speelt en met wie. In de chat van een game hoort een gamer soms harde taal. "
        "Speel een keer mee met een spelletje op de computer.",
    ),
]


def make_corpus(below):
    """Every page, below a section that is open to all."""
    for title, summary, words in PAGES:
        slug = slugify(title)
        article(title, below=below, slug=slug, summary=summary, body=[text(words)])
