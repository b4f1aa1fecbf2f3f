/** Actions that stand in a noun: "performs the installation of" says "installs". */

/** What technical prose likes to hide, with their verbs; all of the verbs are regular in spelling. */
const hiddenVerbs: Readonly<Record<string, string>> = {
  installation: 'install',
  configuration: 'configure',
  validation: 'validate',
  migration: 'migrate',
  deletion: 'delete',
  removal: 'remove',
  retrieval: 'retrieve',
  creation: 'create',
  evaluation: 'evaluate',
  calculation: 'calculate',
  conversion: 'convert',
  initialization: 'initialize',
  verification: 'verify',
  inspection: 'inspect',
  replacement: 'replace',
  deployment: 'deploy',
  execution: 'execute',
  analysis: 'analyze',
};

/** "performs the installation of" -> "installs"; undefined for a noun that is not in the list. */
export function verbOf(perform: string, noun: string): string | undefined {
  const verb = hiddenVerbs[noun.toLowerCase()];
  if (verb === undefined) return undefined;
  const stem = verb.replace(/e$/, '');
  switch (perform.toLowerCase()) {
    case 'performs':
      return verb.endsWith('fy') ? `${verb.slice(0, -1)}ies` : `${verb}s`;
    case 'performing':
      return `${stem}ing`;
    case 'performed':
      return verb.endsWith('fy') ? `${verb.slice(0, -1)}ied` : `${stem}ed`;
    default:
      return verb;
  }
}

/** "the removal of" -> "by removing". */
export function withGerund(before: string, noun: string): string | undefined {
  const form = verbOf('performing', noun);
  return form === undefined ? undefined : `${before} ${form}`;
}

/** "the retrieval of" -> "to retrieve". */
export function withInfinitive(noun: string): string | undefined {
  const form = verbOf('perform', noun);
  return form === undefined ? undefined : `to ${form}`;
}
