/**
 * Words by which `warn` tells a name from a place and from the first word of a sentence. They are
 * compared and never shown; both languages are in one list. All but the names in small letters.
 */

/** Names that many in Norway have. */
export const FIRST_NAMES = new Set(
  ("Anders Andreas Ane Anette Anita Anja Anna Anne Anton Arild Arne Arvid Astrid Aud Bente Berit Bjarne " +
    "Bj\u00f8rg Bj\u00f8rn Britt Camilla Cecilie Christian Christine Dag Daniel Eirik Einar Elin Elisabeth " +
    "Elise Ellen Else Emil Emma Erik Erling Espen Eva Finn Frank Frode Fredrik Geir Gerd Grete Gro Gunn " +
    "Gunnar Guro Hanna Hanne Hans Harald Heidi Helene Helge Henrik Hilde H\u00e5kon H\u00e5vard Ida Inga Inge " +
    "Inger Ingrid Ingunn Ivar Jakob Jan Jens Johan Johannes John Jon Jonas Jorunn J\u00f8rgen Kari Karin Karl " +
    "Kirsten Kjell Kjersti Kjetil Knut Kristian Kristin Kristine K\u00e5re Lars Lena Leif Line Lise Liv Magne " +
    "Magnus Maria Marianne Marit Marius Marte Martin Mette Mona Monica Morten Mohammed Nils Nina Odd Ola Olav " +
    "Ole Oddvar Per P\u00e5l Petter Ragnhild Randi Reidun Roar Roger Roy Rune Ruth Sara Signe Sigrid Silje " +
    "Siri Sissel Sigurd Sofie Solveig Stein Steinar Stian Stine Svein Sverre Terje Thomas Thor Tom Tone Tor " +
    "Tore Torill Tormod Torstein Trine Trond Trude Turid Tove Unni Vegard Vidar Wenche Yngve \u00c5ge " +
    "\u00c5se \u00d8ivind \u00d8ystein \u00d8yvind").split(" "),
);

/** What sentences begin with, and which is no name there. */
export const BEGIN = new Set(
  ("alle alt at av bare begge bra b\u00e5de da de dei den denne der dersom desse det dette disse du eg ein " +
    "en er et etter ett f\u00e5 flere fleire for fordi fra fr\u00e5 f\u00f8r gi god gode har hadde han her " +
    "hos hun hva hvem hvis hvor hvordan hvorfor i ikke ikkje ingen ja jeg kan kva kvar kvifor korleis " +
    "kommunen kommune kommunene kommunane man mange med meir men mer mest mellom mot m\u00e5 nei nok noen " +
    "nokre nye ny n\u00e5r n\u00e5 no og om p\u00e5 samarbeid samt selv siden sidan skal som spesielt " +
    "s\u00e6rlig s\u00e5 takk til under uten utan vi ved vil var v\u00e6r bedre betre b\u00f8r bedriften " +
    "bedrifta ogs\u00e5 ho over ring sp\u00f8r kontakt tidligere tidlegare ordf\u00f8rer ordf\u00f8rar " +
    "r\u00e5dmann kommunedirekt\u00f8r n\u00e6ringssjef leder leiar saksbehandler sjef direkt\u00f8r").split(" "),
);

/** A name with one of these is of a public body, and no secret. */
export const PUBLIC = new Set(
  ("norge noreg norske kommune kommunar kommuner fylkeskommune universitet universitetet h\u00f8gskole " +
    "h\u00f8gskolen h\u00f8gskule h\u00f8gskulen vegvesen vegvesenet statens statsforvalteren " +
    "statsforvaltaren n\u00e6ringshage n\u00e6ringsforening n\u00e6ringslag n\u00e6ringsr\u00e5d " +
    "regionr\u00e5d helseforetak innovasjon vgs").split(" "),
);

/** After these, a word with a capital is a name. */
export const ROLES = new Set(
  ("ordf\u00f8rer ordf\u00f8reren ordf\u00f8rar ordf\u00f8raren varaordf\u00f8rer varaordf\u00f8rar " +
    "r\u00e5dmann r\u00e5dmannen kommunedirekt\u00f8r kommunedirekt\u00f8ren n\u00e6ringssjef " +
    "n\u00e6ringssjefen n\u00e6ringsutvikler n\u00e6ringsutviklar leder lederen leiar leiaren saksbehandler " +
    "saksbehandlar byggesaksbehandler sjef sjefen direkt\u00f8r direkt\u00f8ren eier eieren eigar eigaren " +
    "gr\u00fcnder daglig kollega heter heiter").split(" "),
);

/** After these, a word with a capital is a place unless many are called so. */
export const PLACED = new Set(
  ("i p\u00e5 fra fr\u00e5 ved til mot mellom over rundt n\u00e6r utenfor utanfor s\u00f8r nord \u00f8st " +
    "aust vest om gjennom").split(" "),
);
