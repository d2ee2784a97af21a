"""Short and pet forms of given names in the languages of the pages, folded to Latin letters.

A short form may stand for several names (Sasha: Alexander, Alexandra), so a name has a set of roots, and two names
go together where their sets meet.
"""

from __future__ import annotations

from collections.abc import Mapping

# root: its other forms. Written as they sound after folding, see sounding.sound.
_ENGLISH = """
alexander: alex al sandy alec xander; alexandra: alex sandra sandy lexi; alfred: alf fred alfie; andrew: andy drew;
anthony: tony ant; archibald: archie; arthur: art artie; augustus: gus; barbara: barb babs; benjamin: ben benny;
bernard: bernie; catherine: kate katie cathy kitty kathy katherine kathryn kay; charles: charlie chas chuck;
charlotte: lottie charlie; christina: tina chris christine chrissie; christopher: chris kit topher; cornelius: con;
daniel: dan danny; david: dave davy; deborah: deb debbie; donald: don; dorothy: dot dolly; douglas: doug; edmund: ed
eddie ned; edward: ed eddie ted teddy ned; edwin: ed eddie; eleanor: nell nellie ellie nora; elizabeth: liz beth
betty eliza lizzie bess lisa elsie libby betsy; emily: em emma; eugene: gene; frances: fanny fran; francis: frank;
franklin: frank; frederick: fred freddie frederic; gabriel: gabe; geoffrey: geoff jeff jeffrey; george: georgie;
gerald: gerry jerry; gilbert: gil bert; gregory: greg; harold: harry hal; helen: nell nellie ellen; henry: harry
hank hal; herbert: bert herb; hugh: hughie; isaac: ike; isabella: bella isabel izzy; jacob: jake; james: jim jimmy
jamie jem; jane: jenny janie; janet: jan; jennifer: jen jenny; jeremiah: jerry; jessica: jess jessie; joan: joanie;
john: jack johnny jock jon; jonathan: jon jonny; joseph: joe joey; joshua: josh; josephine: jo josie; judith: judy;
julian: jules; kenneth: ken kenny; lawrence: larry laurie laurence; leonard: len lenny leo; lewis: lew; louis: lou
louie lewis; lucy: lu; margaret: maggie meg peggy madge daisy greta rita marge; martha: patty mattie; martin: marty;
mary: polly molly mae may marie maria; matilda: tilly; matthew: matt; maximilian: max; michael: mike mick micky;
mildred: millie; nathaniel: nat nate nathan; nicholas: nick nicky nicolas; oliver: ollie; olivia: liv; pamela: pam;
patricia: pat patty tricia; patrick: pat paddy; peter: pete; philip: phil pip; priscilla: cilla; raymond: ray;
rebecca: becky; reginald: reg reggie; richard: dick rick ricky dickie rich; robert: bob bobby rob robin robbie bert;
roderick: rod; ronald: ron ronnie; rosemary: rose rosie; rupert: rue; samuel: sam sammy; sarah: sally sadie; sidney:
sid; simon: si; sophia: sophie; stanley: stan; stephen: steve steven; susan: sue susie suzy; sylvester: sly;
terence: terry; theodore: ted teddy theo; theresa: terry tess tessa; thomas: tom tommy; timothy: tim; tobias: toby;
ulysses: ulick; valentine: val; victor: vic; victoria: vicky; vincent: vince; virginia: ginny; walter: wally wat
walt; wilfred: wilf; william: bill will billy willie wm liam; winifred: winnie; zachary: zach zack
"""
_SLAVIC = """
fedor: fyodor feodor fedya; artem: artyom tyoma; alena: alyona; semen: semyon syoma; petr: pyotr petya; aleksandar:
sasho alex sandi; aleksandr: sasha sanya shura alex; aleksandra: sasha sanya shura aleks; aleksey: lyosha alyosha
lesha; anastasia: nastya asya; anatoliy: tolya; andrey: andryusha; anna: anya ani annie anka nyura; antonina: tonya;
antoaneta: ani toni; atanas: nasko; bogdan: bobi; boris: borya bobi; boryana: bobi; daniela: dani; darya: dasha;
desislava: desi; dimitar: mitko mito dimo; dimitrina: dida; dmitriy: dima mitya; ekaterina: katya katerina kate;
elena: eli lena lenka alyona; elizaveta: liza; emiliya: emi; evgeniy: zhenya; evgeniya: zhenya; galina: galya;
gergana: geri; georgi: gosho zhoro georgy; georgiy: zhora gosha; grigoriy: grisha; hristo: itso; hristina: hrisi;
igor: igorek; ilya: ilyusha; irina: ira irka; ivan: vanya vancho ivancho vanko; ivana: vanya; ivelina: ivi; yordan:
dancho; yordanka: dani; yoana: yoni; kaloyan: kalo; katarina: katya; kateryna: katya; konstantin: kostya koko;
krasimir: krasi; krasimira: krasi; kseniya: ksyusha; lyubov: lyuba; lyudmila: lyuda mila lyusya; lyubomir: lyubo;
lyubomira: lyubi; maksim: max maks; margarita: rita magi; mariya: masha mimi mara; martin: marto; mihail: misha
misho; miroslav: miro; nadezhda: nadya; natalya: natasha nata; nataliya: natasha nata; nikola: kolyo; nikolay: kolya
niki kolyo nik; oleg: olezhka; olga: olya; pavel: pasha pavlik; petar: pepi pesho; petya: pepi; plamen: plami;
polina: polya; radostina: radi; radoslav: rado; roman: roma; rositsa: rosi; rumyana: rumi; sergey: seryozha serge;
silviya: silvi; snezhana: sneji; stanislav: stas; stanimir: stan; stefan: stef; stefka: stefi; stoyan: stancho;
svetlana: sveta; svetoslav: svetlyo; tatyana: tanya; teodora: tedi; todor: tosho; tsvetan: tsetso; tsvetelina:
tsveti; vasil: vasko; vasiliy: vasya; valentin: valyo valya; valentina: valya; valeriya: lera; varvara: varya;
venelin: venko; vera: verka; veselin: vesko; viktor: vitya viki; viktoriya: vika viki; vladimir: vova volodya vlado
vladi; vyacheslav: slava; yana: yanka; yuliya: yulya yuli; yuriy: yura; zdravko: zuko; zhivko: zhivo
"""
_CZECH_AND_TURKISH = """
alzbeta: betka bozka; antonin: tonda; barbora: bara barka; bozena: bozka; eliska: ela; frantisek: franta; frantiska:
fany; hana: hanka; helena: helca; jakub: kuba; jan: honza jenik; jana: janka; jaroslav: jarda; jaroslava: jarka;
jindrich: jindra; jiri: jirka; josef: pepa jozka; karel: kaja; katerina: katka kaca; ladislav: lada; lenka: leni;
libuse: libus; ludmila: lida; lucie: lucka; lukas: luky; magdalena: magda majda; marketa: marka; marie: maruska
majka; matej: mates; michal: misa; michaela: misa; miloslav: milos; miroslav: mirek; ondrej: ondra; pavel: pavlik;
petr: petrik; petra: petka; stanislav: standa; simon: sima; tereza: terka; tomas: tom tomik; vaclav: vasek vena;
veronika: verca; vladimir: vlada; vojtech: vojta; zdenek: zdena; zdenka: zdena; zuzana: zuzka; abdullah: apo; ahmet:
ahmo; emine: emis; fatma: fatos fadime; hasan: haso; hatice: hatce; huseyin: huso; ibrahim: ibo; ismail: iso;
mehmet: memo memis; muhammed: memo; mustafa: musti; suleyman: sulo; ayse: aysel ayso; zeynep: zeyno; elif: elifnaz
"""


def _read(text: str) -> dict[str, frozenset[str]]:
    roots: dict[str, set[str]] = {}
    for entry in text.replace("\n", " ").split(";"):
        root, _, forms = entry.partition(":")
        for form in (root.strip(), *forms.split()):
            roots.setdefault(form, set()).add(root.strip())
    return {form: frozenset(found) for form, found in roots.items()}


ROOTS: Mapping[str, frozenset[str]] = _read("; ".join((_ENGLISH, _SLAVIC, _CZECH_AND_TURKISH)))


def roots_of(given: str) -> frozenset[str]:
    """The full names that a folded given name may be a form of; itself where it is in no list."""
    return ROOTS.get(given, frozenset((given,)))
