/**
 * What the project says for the text of an agent's call, as for a file of the command line. Agents run where their
 * client has started them; clients that tell their roots are taken at their word.
 */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Projects } from '../../project/projects';
import { withProject, withProjectOfFolder } from '../../project/settings';
import type { Standing } from '../../protocol/run-tool';
import { defaultSettings } from '../../protocol/settings';

/**
 * @param file as the agent names it; undefined for a text without one
 * @param folders absolute, the first one first: where relative paths and texts without a file belong
 * @throws ProjectError
 */
export function standingOf(file: string | undefined, folders: readonly string[], projects: Projects): Standing {
  // A server lives for days, and nobody watches the files for it.
  projects.forget();
  const [folder = process.cwd()] = folders;
  if (file === undefined) return { settings: withProjectOfFolder(defaultSettings, folder, projects) };
  const absolute = path.resolve(folder, file);
  const settings = withProject(defaultSettings, absolute, projects);
  return { settings, format: projects.of(absolute)?.formatOf(absolute), isLeftAlone: !settings.enable };
}

/** Folders of this machine among the roots of a client. @param uris as the client tells them */
export function foldersOf(uris: readonly string[]): string[] {
  return uris.flatMap((uri) => {
    try {
      return uri.startsWith('file:') ? [fileURLToPath(uri)] : [];
    } catch {
      return []; // A host that is not this machine.
    }
  });
}
