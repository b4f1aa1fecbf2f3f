/** Comments that are no prose: commented-out code, licences, instructions to linters and compilers. */

const licence =
  /\b(?:copyright|spdx-license|licen[sc]ed under|permission is hereby|redistribution and use|all rights reserved|gnu (?:lesser |affero )?general public|apache licen[sc]e|mozilla public|public domain|use of this source code|without warrant)/i;

/** Whether a comment is a licence or a notice of rights, as a whole. */
export function isLicence(text: string): boolean {
  return licence.test(text);
}

const instruction =
  /^(?:eslint|tslint|jshint|jslint|jscs|prettier-|stylelint|biome-|oxlint|deno-|@ts-|istanbul|c8 |v8 ignore|webpack|@vite|noqa|type:|pylint|pragma|mypy|pyright|ruff|fmt:|isort|flake8|yapf|black:|nosec|nolint|lint:|go:|\+build|golangci|revive:|NOLINT|clang-|cppcheck|IWYU|rubocop|standard:|sorbet|typed:|frozen_string_literal|encoding:|coding[:=]|-\*-|vim?:|ex:|emacs|Local Variables|shellcheck|sourceMappingURL|#?(?:end)?region|<reference|globals? |exported |c?spell|codespell|NOSONAR|coverage|phpcs|phpstan|psalm|skipcq|checkstyle|CHECKSTYLE|@(?:jsx|flow|noflow|format|generated|preserve|license|cc_on|internal)\b|MARK:|Requires -|swift-tools-version|yaml-language-server|yamllint|sqlfluff|swiftlint|ktlint|detekt|luacheck|taplo|=+>|!|\$[A-Z]\w+|(?:ISO C|FALL ?THR(?:U|OUGH)|fall ?through|LINTED|NOTREACHED|XXX)\b)/;

/** Whether a line speaks to a program. @param text without marks and blanks at its ends */
export function isInstruction(text: string): boolean {
  return instruction.test(text);
}

const codeStart =
  /^(?:[})\]]|(?:import|from)\s+[\w."'{*]+(?:\s|$)(?!\p{Ll}+\s\p{Ll}+\s\p{Ll})|(?:def|func|fn)\s+\w+\s*\(|class\s+\w+\s*[:({]|(?:const|let|var|auto)\s+[\w{[].*[=;]|(?:public|private|protected|static)\s+\w.*[({;]|(?:if|for|while|switch|elif|catch)\s*\(.*[){;]|(?:if|elif|for|while)\s.*:$|(?:if|elif|for|while)\s[^.:]*:\s(?:return|pass|raise|continue|break)\b|(?:else|try|finally)\s*[:{]|export\s+(?:const|let|var|default|function|class|async|type|interface|enum|\*|\{)(?!\s\p{Ll}+\s\p{Ll}+\s\p{Ll})|#\s*(?:include|define|ifn?def|endif|pragma)|\$\s|>>>|\.\.\.\s|<\/?\w[^<>]*>$|@\w+(?:\(|$)|return\b(?:\s*[\w.()[\]'"]*;?$|.*;$)|(?:await|yield|throw|raise|assert|print|echo|export|sudo|cd)\s+\S*[(=/$]|[\w.$*&[\]>-]+\s*(?:[-+*/|&%^]|<<|>>)?=(?!=)\s?\S|[\w.$:>-]+\([^()]*\)[;,.]?$|[\w.$:>-]+\(.*\)\s*[;{]$|-{1,2}\w[\w-]*(?:[ =]|$)|\w+\s*:=)/u;

/** A statement of SQL by itself. */
const statement =
  /^(?:SELECT|INSERT INTO|UPDATE|DELETE FROM|CREATE|ALTER|DROP|GRANT|REVOKE|TRUNCATE|SET|USE|BEGIN|COMMIT)\b.*(?:;|,|\()$/;
/** A command with an option and a variable of the shell. */
const command = /^[a-z][\w./-]* --?[A-Za-z][^]*\$[\w{@*#?]/;
const literals = /^["'[{(\d][\w"',\s.:(){}[\]-]*[\]}),][,;]?$/;
const words = /(?<!\p{Ll})\p{Ll}{1,40} \p{Ll}{1,40} \p{Ll}/u;

/** Whether a line of a comment is code or a drawing. @param text without marks and blanks at its ends */
export function looksLikeCode(text: string): boolean {
  if (text.length > 400) return true;
  if (codeStart.test(text) || statement.test(text) || command.test(text) || (literals.test(text) && !words.test(text)))
    return true;
  if (
    /(?:[;{]|\);?|=>|&&|\|\|)$/.test(text) &&
    /[=(){}[\]<>]|->|::/.test(text) &&
    !/^\p{Lu}?\p{Ll}+(?: \p{L}+,?){3}/u.test(text)
  )
    return true;
  return shareOfLetters(text) < 0.65;
}

/** Letters and blanks among the code points; pictures and what joins them say nothing of code. */
function shareOfLetters(text: string): number {
  let [letters, all] = [0, 0];
  for (const character of text) {
    if (character <= '\x7f') {
      if (/[A-Za-z\s]/.test(character)) letters += 1;
    } else if (/[\p{Extended_Pictographic}\p{M}\p{Cf}\p{Emoji_Modifier}\p{Regional_Indicator}]/u.test(character))
      continue;
    else if (/[\p{L}\s]/u.test(character)) letters += 1;
    all += 1;
  }
  return all === 0 ? 0 : letters / all;
}

/** "key: value", "- key:": a setting as such files make them. @param text without marks and blanks at its ends */
export function isSetting(text: string): boolean {
  return /^(?:- )?[\w./-]{1,60}:(?: \S+)?$/.test(text) && !/^\p{Lu}?\p{Ll}+:$/u.test(text);
}
