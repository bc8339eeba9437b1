/** The machine lacks something that only its owner can add; the message is one sentence on what to do. */
export class MissingOnMachine extends Error {
  /** @override */
  name = 'MissingOnMachine';
}
