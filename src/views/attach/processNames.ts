import type { PythonProcess } from '../../attach/pythonProcess';
import { shortCommand } from '../../attach/shortCommand';

/** How much of a command line a title holds. */
const TITLE_LENGTH = 60;

/** A process in a sentence or a title: `manage.py runserver (pid 4242)`; what would be a link in one is none. */
export function processTitle({ argv, pid }: Pick<PythonProcess, 'argv' | 'pid'>): string {
  const command = shortCommand(argv);
  const short = command.length > TITLE_LENGTH ? `${command.slice(0, TITLE_LENGTH - 1)}…` : command;
  return `${short.replaceAll('](', '] (')} (pid ${pid})`;
}

/** Text as it stands in a label, where `$(name)` would be an icon. */
export function plainLabel(text: string): string {
  return text.replaceAll('$(', '\\$(');
}
