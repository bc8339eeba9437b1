import type { Event, SecretStorage } from 'vscode';
import type { Endpoint } from '../../collector/api';

const PREFIX = 'hotline.collector.token ';

/** The secrets that endpoints ask for: in the system's key store, never in a settings file. */
export class EndpointTokens {
  readonly #secrets: SecretStorage;

  /** A token was changed, in another window too. */
  readonly onDidChange: Event<unknown>;

  constructor(secrets: SecretStorage) {
    this.#secrets = secrets;
    this.onDidChange = secrets.onDidChange;
  }

  async get({ url }: Endpoint): Promise<string | undefined> {
    return this.#secrets.get(PREFIX + url);
  }

  /** Keeps a token; an empty one is forgotten. */
  async set({ url }: Endpoint, token: string): Promise<void> {
    if (token === '') await this.#secrets.delete(PREFIX + url);
    else await this.#secrets.store(PREFIX + url, token);
  }
}
