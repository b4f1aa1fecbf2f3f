/** What LaTeX's commands and environments do with their arguments, as far as prose is concerned. */
import type { Range } from '../protect';

/**
 * `text`: the arguments are text, the command itself is not seen; `second`, `third`: so is the last of two or three;
 * `hidden`: nothing of it is seen; `heading`, `block`: the last argument is a text of its own and ends the paragraph;
 * `aside`: a text of its own inside of a sentence; `citation`, `reference`: stand for a mark or a number; `kept`: shown
 * as it stands; `definition`: nothing up to the end of its body is seen; `break`: ends a paragraph; `item`: begins one.
 */
export type CommandUse =
  | 'text'
  | 'second'
  | 'third'
  | 'hidden'
  | 'heading'
  | 'block'
  | 'aside'
  | 'citation'
  | 'reference'
  | 'named'
  | 'kept'
  | 'definition'
  | 'break'
  | 'item';

const commands: Record<CommandUse, string> = {
  text: 'emph textbf textit textsl textsc textsf textrm textup textmd textnormal text textlf mbox hbox fbox underline uline enquote hl sout centerline textsuperscript textsubscript uppercase lowercase MakeUppercase alert structure framebox makebox textquote hyperref term',
  second: 'href textcolor colorbox parbox raisebox scalebox adjustbox captionof',
  third: 'resizebox fcolorbox multicolumn',
  hidden:
    'label index vspace hspace input include includeonly subfile import usepackage RequirePackage documentclass bibliography bibliographystyle addbibresource includegraphics includepdf includesvg theoremstyle setlength addtolength setcounter addtocounter color pagecolor pagestyle thispagestyle pagenumbering geometry hypersetup lstset graphicspath tikzset usetikzlibrary pgfplotsset definecolor colorlet nocite rule phantom hphantom vphantom linespread fontsize selectfont fontfamily hyphenation captionsetup titleformat titlespacing numberwithin DeclareUnicodeCharacter tcbset pdfbookmark addcontentsline markboth markright printbibliography glsadd newacronym newglossaryentry stepcounter refstepcounter counterwithin setmainfont setsansfont setmonofont setcitestyle usetheme usecolortheme institute date author affil affiliation email address keywords orcid todo missingfigure glossary nomenclature hypertarget phantomsection bf it em rm sf tt sc sl bfseries itshape ttfamily sffamily rmfamily mdseries upshape slshape scshape normalfont tiny scriptsize footnotesize small normalsize large Large LARGE huge Huge centering raggedright raggedleft noindent indent maketitle tableofcontents listoffigures listoftables appendix frontmatter mainmatter backmatter hline hfill vfill smallskip medskip bigskip newline linebreak pagebreak nopagebreak nolinebreak protect sloppy fussy makeatletter makeatother null relax ignorespaces unskip allowbreak xspace leavevmode strut doublespacing singlespacing onehalfspacing twocolumn onecolumn balance verbatiminput lstinputlisting inputminted bibitem citestyle DeclareGraphicsExtensions newcounter newlength newsavebox PassOptionsToPackage ProvidesPackage NeedsTeXFormat',
  heading:
    'part chapter section subsection subsubsection paragraph subparagraph title subtitle frametitle framesubtitle minisec addchap addsec',
  block: 'caption subcaption',
  aside: 'footnote footnotetext thanks marginpar marginnote sidenote endnote tablefootnote',
  citation: '',
  reference: 'ref eqref pageref vref subref getrefnumber',
  named: 'cref Cref autoref Autoref nameref fullref',
  kept: 'texttt code url path nolinkurl cmd command file env foreignlanguage textgreek ensuremath',
  definition:
    'newcommand renewcommand providecommand DeclareRobustCommand DeclareMathOperator newenvironment renewenvironment newtheorem newtcolorbox NewDocumentCommand RenewDocumentCommand ProvideDocumentCommand NewDocumentEnvironment def gdef edef xdef let newif',
  break: 'par newpage clearpage cleardoublepage bigbreak medbreak smallbreak break',
  item: 'item',
};

const uses = new Map<string, CommandUse>(
  Object.entries(commands).flatMap(([use, names]) => names.split(' ').map((name) => [name, use as CommandUse])),
);

/**
 * undefined for a command that is not known: it is shown with its arguments and kept.
 * @param name without backslash and star
 */
export function commandUse(name: string): CommandUse | undefined {
  return uses.get(name) ?? (/cite/i.test(name) ? 'citation' : undefined);
}

const set = (names: string): ReadonlySet<string> => new Set(names.split(' '));

/** Their text stands between two equal characters of any kind, or in braces. */
export const inlineVerbatim = set('verb lstinline Verb');

/** Read letter by letter: no command and no comment in them. */
export const verbatimEnvironments = set(
  'verbatim Verbatim BVerbatim LVerbatim lstlisting minted comment filecontents alltt code listing pycode sagesilent luacode',
);

/** Environments that somebody defined, and what their names say of them: "codeblock", "shellsession". */
export const namedForCode =
  /code(?!x)|listing|verbatim|snip|console|terminal|^(?:shell|bash|session|repl|output|stdout|bnf|ebnf|grammar)/i;

/** As an argument behind the name of an environment they say that code follows. */
const programmingLanguages = set(
  'ada agda awk bash basic c c# c++ clojure coq cpp csharp css cuda dart elixir elm erlang f# fortran fsharp go groovy haskell html idris java javascript js json julia kotlin latex lean lisp lua makefile matlab ml objc ocaml octave pascal perl php powershell prolog python python3 r ruby rust sage scala scheme sh shell smalltalk sql swift tcl tex toml ts typescript verilog vhdl xml yaml zig',
);

/** Math, tables, drawings, algorithms, lists of references. */
export const closedEnvironments = set(
  'equation align gather multline eqnarray displaymath math flalign alignat aligned dmath IEEEeqnarray tabular tabularx tabulary tabu longtable longtabu supertabular xtabular tblr array tikzpicture tikzcd pgfpicture picture forest circuitikz axis asy prooftree mathpar algorithm algorithmic algorithm2e algorithmicx pseudocode tabbing thebibliography CCSXML xy mermaid dot',
);

/** Environments whose arguments in braces are no prose, and how many there are. */
export const environmentArguments = new Map([
  ['minipage', 1],
  ['multicols', 1],
  ['wrapfigure', 2],
  ['wraptable', 2],
  ['subfigure', 1],
  ['subtable', 1],
  ['column', 1],
  ['adjustbox', 1],
  ['spacing', 1],
  ['otherlanguage', 1],
  ['list', 2],
]);

/** "\item[Contexts] (later only) are …": the label is the first word of the item. */
export const goesOnBehindLabel = /^([ \t]*)(?:\([^()\r\n]{1,60}\)[ \t]*)?\p{Ll}/u;

/** An argument that names a key or gives it a value: "{/pgf/fpu/format=\marg{input}}", "{width=5cm}". */
export const namesKey = /^\{(?:\/[\w ]|[^{}=\r\n]{1,100}=)/;

/** What a command without arguments stands for in the view. */
export const symbols = new Map<string, string>([
  ['ldots', '…'],
  ['dots', '…'],
  ['textellipsis', '…'],
  ['textendash', '–'],
  ['textemdash', '—'],
  ['textquoteright', '’'],
  ['textquoteleft', '‘'],
  ['textquotedblleft', '“'],
  ['textquotedblright', '”'],
  ['quad', ' '],
  ['qquad', ' '],
  ['space', ' '],
  ['textbackslash', '\\'],
  ['textasciitilde', '~'],
  ['textunderscore', '_'],
  ['textbar', '|'],
  ['textless', '<'],
  ['textgreater', '>'],
  ['textdegree', '°'],
  ['copyright', '©'],
  ['S', '§'],
  ['ss', 'ß'],
  ['ae', 'æ'],
  ['AE', 'Æ'],
  ['oe', 'œ'],
  ['OE', 'Œ'],
  ['o', 'ø'],
  ['O', 'Ø'],
  ['aa', 'å'],
  ['AA', 'Å'],
  ['l', 'ł'],
  ['L', 'Ł'],
  ['i', 'ı'],
  ['j', 'ȷ'],
]);

/** Accents as combining characters. */
export const accents = new Map<string, string>([
  ["'", '\u0301'],
  ['`', '\u0300'],
  ['^', '\u0302'],
  ['"', '\u0308'],
  ['~', '\u0303'],
  ['=', '\u0304'],
  ['.', '\u0307'],
  ['u', '\u0306'],
  ['v', '\u030c'],
  ['H', '\u030b'],
  ['c', '\u0327'],
  ['k', '\u0328'],
  ['r', '\u030a'],
]);

/** Whether an environment that somebody defined names a programming language: `\\begin{snippet}{haskell}`. */
export function showsCode(source: string, at: number): boolean {
  const name = /^(?:\[[^[\]{}]{0,80}\])?\{([\w+#-]{1,20})\}/.exec(source.slice(at, at + 120))?.[1];
  return name !== undefined && programmingLanguages.has(name.toLowerCase());
}

/** A group in the letters of a typewriter, which are those of code. */
export const typewriterGroup =
  /^\{\s*(?:\\(?:tiny|scriptsize|footnotesize|small|normalsize|large)\s*)?\\(?:tt|ttfamily)(?![A-Za-z])/;

/** "\textsc{wysiwyg}": small capitals are written as small letters. @param argument what follows the name */
export const isSmallCapitals = (name: string, argument: string): boolean =>
  name === 'textsc' && /^\{[\p{Ll}\p{N}]{1,30}\}/u.test(argument);

/** "iff" is no slip where mathematics is written: where it stands in source[start, end). */
export const mathWords = (source: string, start: number, end: number): Range[] =>
  Array.from(source.slice(start, end).matchAll(/\biff\b/g), ({ index }) => [start + index, start + index + 3]);
