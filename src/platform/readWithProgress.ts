import { setTimeout as sleep } from 'node:timers/promises';
import { ProgressLocation, window } from 'vscode';

/** What is done within this time needs no notification. */
const TELL_AFTER_MS = 500;

const COUNT = new Intl.NumberFormat('en-US');

/** How far a reading of several files is. */
interface FilesRead {
  readonly done: number;
  readonly total: number;
}

/** How a reading of several files is followed and called off. */
export interface FollowedReading {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: FilesRead) => void;
}

/**
 * Reads several files, with a notification where that takes its time: it tells how far the reading
 * is, and can be cancelled.
 *
 * @param signal calls the reading off from elsewhere
 * @returns `undefined` when the reading was called off
 */
export async function readWithProgress<Result>(
  title: string,
  signal: AbortSignal,
  read: (followed: FollowedReading) => Promise<Result>,
): Promise<Result | undefined> {
  const calledOff = new AbortController();
  const either = AbortSignal.any([signal, calledOff.signal]);
  let tell: ((progress: FilesRead) => void) | undefined;
  const reading = read({
    signal: either,
    onProgress: (progress) => {
      tell?.(progress);
    },
  }).catch((error: unknown) => {
    if (either.aborted) return undefined;
    throw error;
  });
  const isDone = reading.then(
    () => true,
    () => true,
  );
  if (await Promise.race([isDone, sleep(TELL_AFTER_MS, false)])) return reading;
  await window.withProgress(
    { location: ProgressLocation.Notification, title, cancellable: true },
    (notification, token) => {
      token.onCancellationRequested(() => {
        calledOff.abort();
      });
      let told = 0;
      tell = ({ done, total }) => {
        notification.report({
          message: `${COUNT.format(done)} of ${COUNT.format(total)}`,
          increment: (100 * (done - told)) / total,
        });
        told = done;
      };
      return isDone;
    },
  );
  return reading;
}
