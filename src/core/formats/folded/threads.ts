const processStart = /process (\d+):"/y;
const thread = /^thread \((0x[0-9a-f]+|\d+)\)(?:: (.+))?$/;
const tachyonThread = /^tid:(\d+)$/;

/** How all of these begin. */
const anyStart = /^(process |thread \(|tid:)/;

/** Where a stack ran, by the frames that some tools write before those of the program. */
export interface ThreadOfStack {
  /** The same for all stacks of a thread. */
  readonly key: string;
  /** What people read; empty where the tool tells no threads apart. */
  readonly label: string;
  /** The frames of the program. */
  readonly stack: string;
}

/**
 * Takes processes (`py-spy record --subprocesses`: the innermost is the stack's own, those before it
 * started it) and the thread (`py-spy record --threads`, Tachyon) off a stack.
 */
export function splitThread(line: string): ThreadOfStack {
  if (!anyStart.test(line)) return { key: '', label: '', stack: line };
  const process = splitProcesses(line);
  const end = process.stack.indexOf(';');
  const first = end < 0 ? process.stack : process.stack.slice(0, end);
  const [, id, name] = thread.exec(first) ?? tachyonThread.exec(first) ?? [];
  if (id === undefined) return { key: process.id, label: process.label, stack: process.stack };
  const label = name === undefined ? `Thread ${id}` : `Thread ${id}: ${name}`;
  return {
    key: `${process.id}/${id}`,
    label: process.label === '' ? label : `${process.label}, ${label}`,
    stack: end < 0 ? '' : process.stack.slice(end + 1),
  };
}

function splitProcesses(line: string): { id: string; label: string; stack: string } {
  let found = { id: '', label: '', stack: line };
  for (let start = 0; start < line.length;) {
    processStart.lastIndex = start;
    const id = processStart.exec(line)?.[1];
    if (id === undefined) break;
    const end = endOfCommand(line, processStart.lastIndex);
    if (end === undefined) break;
    const command = line.slice(processStart.lastIndex, end);
    start = end + 2;
    const label = command === '' ? `Process ${id}` : `Process ${id}: ${command}`;
    found = { id, label, stack: line.slice(start) };
  }
  return found;
}

/** The quote that closes a command line, which stands there as it was typed, with any `;` and `"`. */
function endOfCommand(line: string, start: number): number | undefined {
  let first: number | undefined;
  let quotes = 0;
  for (let at = line.indexOf('"', start); at >= 0; at = line.indexOf('"', at + 1)) {
    if (at === line.length - 1 || line[at + 1] === ';') {
      if (quotes % 2 === 0) return at;
      first ??= at;
    }
    quotes++;
  }
  return first;
}
