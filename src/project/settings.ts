/** Settings of an editor as a project has them: what the project file says comes before what the editor says. */
import type { Settings } from '../protocol/settings';
import { ignoredKinds, type Project } from './project';
import type { Projects } from './projects';

/**
 * @param file absolute
 * @param settings for this file, without the project's
 * @throws ProjectError when the project file or one of its lists cannot be used
 */
export function withProject(settings: Settings, file: string, projects: Projects): Settings {
  const said = withSaid(settings, projects.of(file), file, projects);
  return projects.isIgnored(file, { named: true }) ? { ...said, enable: false } : said;
}

/**
 * For a text without a file: what the project of a folder says for all.
 * @param folder absolute
 * @throws ProjectError
 */
export function withProjectOfFolder(settings: Settings, folder: string, projects: Projects): Settings {
  return withSaid(settings, projects.ofFolder(folder), undefined, projects);
}

function withSaid(
  settings: Settings,
  project: Project | undefined,
  file: string | undefined,
  projects: Projects,
): Settings {
  if (!project) return settings;
  const { level, style, dialect, confidence, ...said } = project.settingsFor(file);
  const { correct } = settings;
  return {
    ...settings,
    dictionary: [...new Set([...settings.dictionary, ...projects.wordsOf(project)])],
    correct: {
      ...correct,
      level: level ?? correct.level,
      style: style ?? correct.style,
      dialect: dialect ?? correct.dialect,
      // The threshold of a level that the project does not take must not hold for the one that it takes.
      confidence: confidence ?? (level === undefined ? correct.confidence : null),
      ignoredTypes: [...new Set([...correct.ignoredTypes, ...ignoredKinds(said)])],
    },
  };
}
