"""Small made-up letters, one for every layout, of a ministry that does not exist."""

from index.extract import Extract
from index.letter import Letter
from index.read import letter_from_extract

PDF_TEXT = """ Nr. 12  BRIEF VAN DE MINISTER VAN BOSBEHEER\x20

Aan de Voorzitter van de Tweede Kamer\x20

Den Haag, 3 mei 2031\x20

Hierbij stuur ik u het verslag van de bijeenkomst over de otters die\x20
op 28 en 29 april 2031 in het Vogelmeer is gehouden.\x20

Otters in het Vogelmeer\x20

In het Vogelmeer leven nu 41 otters. Dat zijn er vier meer dan in het\x20
jaar ervoor. De beheerders telden ze vanaf een boot, en met een came-\x20
ra onder water. Het tellen zelf kostte drie dagen en ging goed, ook\x20
omdat de leden van de Otterwacht meehielpen. Het gaat om de otter-\x20
 populatie van het hele meer. De kosten zijn betaald door de provincie\x20
en door het Rijk, elk voor de helft.\x20

Wegen en paden\x20

De paden om het meer zijn opengesteld voor wandelaars en fietsers. Er\x20
komen borden, zodat niemand verdwaalt. Dat staat ook in de brief over\x20
de otterpopulatie van vorig jaar (Kamerstuk 99 001, nr. 8).\x20
 Voor de winter volgt een nieuwe telling.\x20

De Minister van Bosbeheer,\x20
A.B. Eik
"""

DOCX_TEXT = (
    "99001\t\tBosbeheer\nNr. 13\t\tBrief van de minister van Bosbeheer\n"
    "Aan de Voorzitter van de Tweede Kamer\n\nDen Haag, 9 juni 2031\n\n\n"
    + "In deze brief leest u hoe het met de bevers gaat. " * 4
    + "\n\nBevers\nDe bevers bouwen een dam in de Rietbeek, in lijn met de motie Wilg c.s[footnoteRef:1]. "
    + "De dam is nu twaalf meter lang en houdt het water tegen. " * 3
    + "\n\nGeld\n"
    + "Het beheer van de dam kost ca. 3 mln. euro per jaar en dat is minder dan gedacht. " * 3
    + " [1:  Kamerstuk 99 002, nr. 5 van 2 mei 2031.] \n\nDe minister van Waterwegen,\nA.B. Eik\n"
)

SCAN = """99 001 Bosbeheer

99 003-28 Moerasraad

Nr. 14 Brief van de minister van Bosbeheer

Aan de Voorzitter van de Eerste Kamer der Staten-Generaal

Den Haag, 12 september 2031

Op 2 september 2031 kwamen de ministers van Bosbeheer van Belgié en Nederland
bijeen voor de coodrdinerende raad. In deze brief leest u over de uitkomst van
deze bijeenkomst en over de financiéle gevolgen voor de moerassen?.

Moerassen

Reigers

De reigers in het moeras bouwen hun nesten in de wilgen langs het water, en de
/ntegrated aanpak helpt daarbij. Met Moldavié wordt gesproken over een nieuwe

1 Conform de motie-Riet, Kamerstuk 99 001, nr. 3



werkgroep die de reigers telt en daarover elk jaar schrijft aan de ministers.

De minister van Bosbeheer,
A.B. Eik
"""

_NOTA_LINES = """ Eerste Kamer der Staten-Generaal I

Vergaderjaar 2030-2031

99 100 X  Vaststelling van de begrotingsstaten van het Ministerie van Bosbeheer

D  NOTA NAAR AANLEIDING VAN HET VERSLAG
Ontvangen 4 april 2031

Hierbij sturen wij u de antwoorden op de vragen over de begroting van het Ministerie van
Bosbeheer voor het jaar 2031 (Kamerstuk 99100-X, C).

Antwoord op de vragen van de leden van de Eiken-fractie

De leden van de Eiken-fractie lezen dat het ministerie dit jaar minder bomen plant dan in
het jaar ervoor. Kan de regering zeggen waarom er minder bomen worden geplant?

Antwoord
Er worden minder bomen geplant omdat de kwekerijen niet genoeg jonge bomen hebben. Volgend jaar
is dat naar verwachting opgelost, en dan worden er 40.000 bomen meer geplant.1

Deze leden vragen verder wat een boom kost. Is de regering bereid om die prijs elk jaar
bekend te maken in een

1 Zie ook Kamerstuk 99 100 X, nr. 4.
 openbare lijst?

Een boom kost gemiddeld 12 euro. Het ministerie maakt die prijs voortaan elk jaar bekend, samen
met het aantal bomen dat is geplant.

Antwoord op de vragen van de leden van de Linden-Beuken-fractie

Hoeveel paden zijn er in de bossen van het Rijk, en wie onderhoudt die paden?

Antwoord
In de bossen van het Rijk liggen 312 paden. De boswachters onderhouden ze, met hulp van mensen
uit de buurt.

De minister van Bosbeheer    De staatssecretaris van Bosbeheer
mr. A.B. Eik     drs. C. van der Linde
"""
NOTA = "\n\n".join(line + " " if line.strip() else " " for line in _NOTA_LINES.split("\n"))
"""Double spaced: a blank line after each line, three between paragraphs; the second question has lost its "Antwoord"."""

LETTERHEAD = """ > Retouradres Postbus 12345 2500 AA Den Haag\x20
de Voorzitter van de Eerste Kamer\x20
der Staten-Generaal\x20
Kazernestraat 52\x20
2514 CV Den Haag\x20


Datum 3 oktober 2031\x20
Betreft Geannoteerde agenda bijeenkomst ministers van\x20

Bosbeheer op 17 oktober 2031\x20


Geachte voorzitter,\x20

Bijgaand vindt u de geannoteerde agenda waarover straks de vergadering der ministers\x20
van Bosbeheer spreekt, die in het Rietveen wordt gehouden.\x20

Werksessie met gasten: bevers en otters 4\x20

De ministers spreken over het Bosplan (BP)1. Daarin staat hoe de bossen er over\x20
tien jaar uit moeten zien, en wat dat de landen kost die eraan meedoen.\x20

1 De Tweede Kamer kreeg dit plan op 5 mei 2031 (zie Kamerstuk 99 001,\x20
nr. 9).\x20
 Het plan wordt in de winter besproken.\x20

Hoogachtend,\x20

DE MINISTER VAN BOSBEHEER\x20

Anna Eik\x20
"""


def made_up(text: str, name: str = "brief.txt") -> Letter:
    """The letter that `text` is read as."""
    return letter_from_extract(Extract(text, "txt"), name, "0" * 64)
