/** What a directive of reStructuredText holds: docutils' own, Sphinx's, and those of themes that many manuals use. */

/**
 * `all`: argument and content are prose; `title`: the argument is a title, the content prose; `content`: the argument
 * is a name or a path; `version`: the first word of the argument is a number. What the table does not name is no prose.
 */
export type DirectiveProse = 'all' | 'title' | 'content' | 'version';

const names: Record<DirectiveProse, string> = {
  all: 'note warning tip hint important caution danger error attention seealso epigraph highlights pull-quote compound todo footer header centered rubric hlist glossary details',
  title: 'admonition topic sidebar table list-table tab tab-item dropdown card grid-item-card collapse collapsible',
  content:
    'figure container class only ifconfig tabs tab-set grid grid-item describe object option cmdoption envvar function method classmethod staticmethod class attribute data exception decorator property module confval setting program-output opcode pdbcommand autoclass autofunction automodule automethod autoattribute autodata autoexception describe availability impl-detail',
  version: 'versionadded versionchanged versionremoved deprecated deprecated-removed',
};

const table = new Map<string, DirectiveProse>(
  Object.entries(names).flatMap(([prose, list]) => list.split(' ').map((name) => [name, prose as DirectiveProse])),
);

/** Domains whose directives describe something of a program: `py:function`, `c:macro`. */
const domains =
  /^(?:py|c|cpp|js|rst|std|http|php|rb|ruby|go|rust|perl|cmake|mat|dn|java|sh|bash|yaml|json|chpl):[\w:-]+$/;

/** undefined for code, math, paths and what is not known. @param name as it is written */
export function directiveProse(name: string): DirectiveProse | undefined {
  const small = name.toLowerCase();
  return table.get(small) ?? (domains.test(small) ? 'content' : undefined);
}

/** Fields whose text says something about what is described; the rest are types, names, dates and settings. */
const proseFields =
  /^(?:param(?:eter)?|arg(?:ument)?|key(?:word)?|kwarg|kwparam|raises?|except(?:ion)?|var|ivar|cvar|returns?|yields?|abstract|dedication|summary|note|notes|warning|todo|since|deprecated|reqheader|resheader|query|form|statuscode|description)(?:\s|$)/i;

/** Whether what stands behind `:name:` is prose. */
export function isProseField(name: string): boolean {
  return proseFields.test(name);
}
