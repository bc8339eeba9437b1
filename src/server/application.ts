import { applicationObject } from './applicationObject';
import { pathsOn, type FileSystem } from './fileSystem';
import { projectDirectories } from './projectDirectories';

/** An application that was found in the files of a project. */
export type FoundApplication =
  | { readonly kind: 'django'; readonly file: string }
  | {
      readonly kind: 'flask' | 'asgi';
      readonly file: string;
      /** The name of the application in the file, or of the function that makes it. */
      readonly object: string;
      readonly isFactory: boolean;
    };

/** Where Flask and the ASGI frameworks tell people to make their application, the likeliest first. */
const usualNames = [
  'app.py',
  'main.py',
  'wsgi.py',
  'asgi.py',
  'application.py',
  'server.py',
  'api.py',
  'run.py',
  '__init__.py',
];

/** Directories whose applications are not the one that is served. */
const notServed = /^(tests?|docs|examples?)$/;

/**
 * The applications in a folder and up to two levels below it: Django's manage.py files, then Flask,
 * FastAPI and other ASGI applications, each nearest first. A manage.py that does not mention Django
 * (Flask-Script has one too) does not count; of the usual files of a directory the likeliest does.
 */
export async function findApplications(
  folder: string,
  files: FileSystem,
  platform: NodeJS.Platform,
): Promise<FoundApplication[]> {
  const paths = pathsOn(platform);
  const directories = await projectDirectories(folder, files, paths);
  const inDirectories = async (
    candidates: readonly string[],
    find: (file: string, files: FileSystem) => Promise<FoundApplication | undefined>,
  ): Promise<FoundApplication[]> => {
    const found = await Promise.all(candidates.map((file) => find(file, files)));
    return found.filter((application) => application !== undefined);
  };
  const django = await inDirectories(
    directories.map((directory) => paths.join(directory, 'manage.py')),
    djangoIn,
  );
  const others = await Promise.all(
    directories
      .filter((directory) => directory === folder || !notServed.test(paths.basename(directory)))
      .map((directory) =>
        inDirectories(
          usualNames.map((name) => paths.join(directory, name)),
          objectIn,
        ),
      ),
  );
  return [...django, ...others.flatMap((found) => found.slice(0, 1))];
}

/** The application of one file, which a person chose; `undefined` when there is none in it. */
export async function applicationIn(
  file: string,
  files: FileSystem,
): Promise<FoundApplication | undefined> {
  return (await objectIn(file, files)) ?? djangoIn(file, files);
}

async function djangoIn(file: string, files: FileSystem): Promise<FoundApplication | undefined> {
  return (await files.text(file))?.includes('django') ? { kind: 'django', file } : undefined;
}

async function objectIn(file: string, files: FileSystem): Promise<FoundApplication | undefined> {
  const text = await files.text(file);
  const found = text === undefined ? undefined : applicationObject(text);
  return found && { ...found, file };
}
