import type { ThreadIdentity } from './recording';

/** What people call threads; processes and interpreters are named where there are several. */
export function threadNames(threads: readonly ThreadIdentity[]): string[] {
  const processes = new Set(threads.map(({ process }) => process));
  return threads.map(({ process, interpreter, thread }) => {
    const names = [threadName(process, thread)];
    if (processes.size > 1 && process !== undefined) names.unshift(`Process ${process}`);
    if (interpreter !== '0') names.push(`interpreter ${interpreter}`);
    return names.join(', ');
  });
}

/** Linux numbers the first thread of a process like the process. */
function threadName(process: string | undefined, thread: string): string {
  return process === thread ? `Main thread ${thread}` : `Thread ${thread}`;
}
