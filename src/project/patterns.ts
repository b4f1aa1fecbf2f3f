/**
 * Patterns of files as in a .gitignore, relative to a folder: the one language of globs in project files and ignore
 * files.
 */
import path from 'node:path';
import ignore from 'ignore';

export class Patterns {
  private readonly rules: ReturnType<typeof ignore>;

  /** @param text lines of a .gitignore, or a list of them */
  constructor(
    private readonly folder: string,
    text: string | readonly string[],
  ) {
    this.rules = ignore({ ignorecase: false }).add(text as string | string[]);
  }

  /**
   * @param file absolute
   * @returns whether the last pattern that fits it, or a folder that it lies in, takes it in (true) or, with `!`,
   * leaves it out (false); undefined where none fits or it lies elsewhere
   */
  fits(file: string, isFolder = false): boolean | undefined {
    const relative = path.relative(this.folder, file).split(path.sep).join('/');
    if (!ignore.isPathValid(relative)) return undefined;
    const { ignored, unignored } = this.rules.test(isFolder ? `${relative}/` : relative);
    return ignored ? true : unignored ? false : undefined;
  }
}
