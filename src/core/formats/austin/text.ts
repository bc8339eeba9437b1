import type { FrameIndex, NodeIndex, Profile } from '../../model/profile';
import { noNode } from '../../model/stackTree';
import { SkippedLines } from '../encoding/skippedLines';
import { textLines } from '../encoding/textLines';
import { frameTexts, threadTexts } from '../encoding/textTable';
import type { ReadChoice } from '../format';
import { garbageCollector, parseFrame, splitFrames } from './frames';
import { Metadata } from './metadata';
import { profileOf } from './profile';
import { Recording, type Mode } from './recording';
import { parseSampleLine, parseThread, type LineMetrics } from './sampleLine';

/** What ends the stack of a thread that waits, with `--sleepless` until 2.1; its time is 0. */
const idleFrame = '<idle>';

/** Until 2.1, which writes no header, memory is counted in KiB. */
const oldMemoryUnit = 1024;

/** Reads the text that austin writes, a line for each sample. */
export function readText(text: string, choice: ReadChoice | undefined): Profile {
  const reader = new TextReader();
  const skipped = new SkippedLines();
  for (const line of textLines(text)) {
    const content = line.text.trimEnd();
    // A number without the end of its line may lack digits.
    const isRead = line.isEnded && reader.read(content);
    if (!isRead && content !== '') skipped.add(line);
  }
  return profileOf(reader.recording, reader.mode, choice, [
    ...skipped.warnings(),
    ...reader.metadata.warnings(),
  ]);
}

class TextReader {
  readonly recording = new Recording();
  readonly metadata = new Metadata();
  readonly #threads = threadTexts();
  readonly #frameTexts = frameTexts();
  /** Parallel to the texts. */
  readonly #frames: FrameIndex[] = [];
  #kind: LineMetrics['kind'] | undefined;
  #hasNegative = false;
  #hasIdle = false;

  /** By the header; where there is none, by what only one mode writes. */
  get mode(): Mode {
    if (this.metadata.mode) return this.metadata.mode;
    if (this.#kind === 'full') return 'full';
    if (this.#hasNegative) return 'memory';
    return this.#hasIdle ? 'cpu' : 'wall';
  }

  /** Whether the line, which must not be blank, could be read. */
  read(line: string): boolean {
    const [, key, value] = /^# ([^:]+): (.*)$/.exec(line) ?? [];
    if (key !== undefined && value !== undefined) {
      this.metadata.set(key, value);
      return true;
    }
    const sample = parseSampleLine(line);
    if (!sample || !this.#fits(sample.metrics)) return false;
    const { node, isIdle, isCollecting } = this.#readStack(sample.stack);
    const { time, memory } = this.#read(sample.metrics);
    this.recording.add({
      thread: this.#threadOf(sample.thread),
      node,
      time,
      memory,
      isIdle: isIdle || (sample.metrics.kind === 'full' && sample.metrics.isIdle),
      isCollecting,
    });
    return true;
  }

  /** Whether the numbers are such as the mode of the file writes. */
  #fits(metrics: LineMetrics): boolean {
    const { mode } = this.metadata;
    this.#kind ??= mode === undefined ? metrics.kind : mode === 'full' ? 'full' : 'single';
    if (metrics.kind !== this.#kind) return false;
    return metrics.kind === 'full' || metrics.value >= 0 || mode === undefined || mode === 'memory';
  }

  /** A single number is taken for both: the mode, which may show later, tells which of them counts. */
  #read(metrics: LineMetrics): { time: number; memory: number } {
    const unit = this.metadata.hasHeader ? 1 : oldMemoryUnit;
    if (metrics.kind === 'full') return { time: metrics.time, memory: metrics.memory * unit };
    if (metrics.value < 0) this.#hasNegative = true;
    return { time: metrics.value, memory: metrics.value * unit };
  }

  #readStack(stack: string): { node: NodeIndex; isIdle: boolean; isCollecting: boolean } {
    const found = { node: noNode, isIdle: false, isCollecting: false };
    for (const text of splitFrames(stack)) {
      if (text === idleFrame) found.isIdle = this.#hasIdle = true;
      else found.node = this.recording.tree.child(found.node, this.#frameOf(text));
      if (text === garbageCollector) found.isCollecting = true;
    }
    return found;
  }

  #frameOf(text: string): FrameIndex {
    const index = this.#frameTexts.indexOf(text);
    const known = this.#frames[index];
    if (known !== undefined) return known;
    const frame = this.recording.frame(parseFrame(text));
    this.#frames[index] = frame;
    return frame;
  }

  #threadOf(text: string): number {
    const index = this.#threads.indexOf(text);
    this.recording.threads[index] ??= parseThread(text);
    return index;
  }
}
