/** Entry point of the worker threads: answers one call of the importer after another. */
import { parentPort, workerData } from 'node:worker_threads';
import { ProfileError } from '../core/model/errors';
import type { ImporterApi } from './importerApi';
import { ProfileReader } from './profileReader';
import type { Answer, Call, ProgressReport, WorkerSettings } from './workerProtocol';

if (!parentPort) throw new Error('worker.ts runs as a worker thread only.');
const port = parentPort;
const { keptProfiles } = workerData as WorkerSettings;
const reader: ImporterApi = new ProfileReader(keptProfiles, (progress) => {
  const report: ProgressReport = { progress };
  port.postMessage(report);
});

port.on('message', (call: Call) => {
  const answer = answerTo(call);
  port.postMessage(answer, buffersOf(answer));
});

function answerTo({ method, args }: Call): Answer {
  try {
    // The typed client is the only one who calls.
    const methods = reader as unknown as Record<string, (...args: readonly unknown[]) => unknown>;
    return { ok: true, value: methods[method]?.(...args) };
  } catch (error) {
    return {
      ok: false,
      message: error instanceof Error ? error.message : String(error),
      reason: error instanceof ProfileError ? error.reason : undefined,
      stack: error instanceof Error ? error.stack : undefined,
    };
  }
}

/** Buffers of an answer that change hands instead of being copied. */
function buffersOf(answer: Answer): ArrayBuffer[] {
  if (!answer.ok || typeof answer.value !== 'object' || answer.value === null) return [];
  return Object.values(answer.value)
    .filter((value) => value instanceof Uint8Array)
    .map(({ buffer }) => buffer as ArrayBuffer);
}
