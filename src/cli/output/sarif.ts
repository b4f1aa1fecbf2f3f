/** --output sarif: the Static Analysis Results Interchange Format 2.1.0 (OASIS), with corrections as fixes. */
import { createHash } from 'node:crypto';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { correctionKinds, correctionTypes } from '../../protocol/tasks';
import { placeOfRemark } from '../../protocol/remark-place';
import type { FileRemarks, Remark } from './remarks';

const root = '%SRCROOT%';

/** @param folder what relative names are relative to */
export function sarifDocument(
  files: readonly FileRemarks[],
  problems: readonly string[],
  version: string,
  folder = process.cwd(),
): string {
  const document = {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'nar-text',
            version,
            semanticVersion: version,
            rules: correctionTypes.map((type) => ({
              id: type,
              shortDescription: { text: plain(correctionKinds[type]) },
              defaultConfiguration: { level: 'warning' },
            })),
          },
        },
        invocations: [
          {
            executionSuccessful: problems.length === 0,
            toolExecutionNotifications: problems.map((text) => ({ level: 'error', message: { text } })),
          },
        ],
        originalUriBaseIds: { [root]: { uri: `${pathToFileURL(folder).href.replace(/\/$/, '')}/` } },
        columnKind: 'utf16CodeUnits',
        artifacts: files.map(({ name }) => ({ location: locationOf(name, folder) })),
        results: files.flatMap((file) => file.remarks.map((remark) => result(file, remark, folder))),
      },
    ],
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

function result(file: FileRemarks, remark: Remark, folder: string): object {
  const { startIndex, endIndex, start, end, correction, type, style, confidence, explanation } = remark;
  const artifactLocation = locationOf(file.name, folder);
  const region = {
    startLine: start.line,
    startColumn: start.column,
    endLine: end.line,
    endColumn: end.column,
  };
  const place = placeOfRemark(file.text, { start: startIndex, end: endIndex, text: correction });
  return {
    ruleId: type,
    ruleIndex: correctionTypes.indexOf(type),
    level: style ? 'note' : 'warning',
    message: { text: explanation },
    locations: [{ physicalLocation: { artifactLocation, region } }],
    fixes: [
      {
        description: { text: explanation },
        artifactChanges: [
          { artifactLocation, replacements: [{ deletedRegion: region, insertedContent: { text: correction } }] },
        ],
      },
    ],
    // The remark is the same one when lines above it come and go.
    partialFingerprints: { 'remarkPlace/v1': createHash('sha256').update(JSON.stringify(place)).digest('hex') },
    properties: { confidence },
  };
}

/** Names below the folder are relative to it, so that a report fits a checkout elsewhere. */
function locationOf(name: string | undefined, folder: string): object {
  if (name === undefined) return { uri: 'stdin' };
  const relative = path.relative(folder, path.resolve(folder, name));
  if (relative.startsWith('..') || path.isAbsolute(relative))
    return { uri: pathToFileURL(path.resolve(folder, name)).href };
  return { uri: relative.split(path.sep).map(encodeURIComponent).join('/'), uriBaseId: root };
}

/** Markdown's emphasis has no meaning there. */
function plain(text: string): string {
  return text.replaceAll('*', '');
}
