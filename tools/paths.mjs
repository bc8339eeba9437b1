/** Where the project and everything it installs for itself are. */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Everything that can be made again; ignored by git. */
export const cache = join(root, '.cache');
