import type { ServerFailure } from '../../../src/server/failures';
import type { ServerListener } from '../../../src/server/serverProcess';
import { poll } from '../../vscode/harness/poll';

/** What a server told, in the order in which it did. */
export class ServerRecording {
  readonly events: string[] = [];
  output = '';
  failure: ServerFailure | undefined;

  readonly listener: ServerListener = {
    onOutput: (text) => {
      this.output += text;
    },
    onAnswer: () => {
      this.events.push('answer');
    },
    onStandstill: (failure) => {
      this.failure = failure;
      this.events.push('standstill');
    },
    onEnd: (failure) => {
      this.failure = failure;
      this.events.push('end');
    },
  };

  /** Waits until an event has come so often. */
  async until(event: string, count = 1): Promise<void> {
    await poll(`${event} of the server, which wrote:\n${this.output}`, () =>
      this.events.filter((name) => name === event).length >= count ? true : undefined,
    );
  }
}
