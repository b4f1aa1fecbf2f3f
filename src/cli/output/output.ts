/** The kinds of output by name: what each prints for a file, and what it prints when all of them are done. */
import { version } from '../../../package.json';
import { githubLines } from './github';
import { jsonDocument } from './json';
import { rdjsonDocument } from './rdjson';
import type { FileRemarks } from './remarks';
import { sarifDocument } from './sarif';
import { textLines } from './text';

interface Output {
  /** Printed as soon as a file is done. */
  file?(file: FileRemarks): string;
  /** @param problems what could not be worked on, for a person */
  end?(files: readonly FileRemarks[], problems: readonly string[]): string;
}

export const outputs = {
  text: { file: textLines },
  json: { end: (files, problems) => jsonDocument(files, problems, version) },
  sarif: { end: (files, problems) => sarifDocument(files, problems, version) },
  rdjson: { end: (files) => rdjsonDocument(files) },
  github: { file: githubLines },
} as const satisfies Record<string, Output>;

export type OutputName = keyof typeof outputs;
export const outputNames = Object.keys(outputs) as readonly OutputName[];

/** Prints what is found as it was asked for. */
export class Reporter {
  private readonly files: FileRemarks[] = [];
  private readonly output: Output;

  constructor(
    name: OutputName,
    private readonly print: (text: string) => Promise<void>,
  ) {
    this.output = outputs[name];
  }

  async file(file: FileRemarks): Promise<void> {
    if (this.output.end) this.files.push(file);
    if (this.output.file) await this.print(this.output.file(file));
  }

  async end(problems: readonly string[]): Promise<void> {
    if (this.output.end) await this.print(this.output.end(this.files, problems));
  }
}
