import type { Period, Profile } from '../model/profile';

/** The bytes of a file and what else a reader may use of it. */
export interface Source {
  readonly bytes: Buffer;
  /** Base name of the file; a format may take the profile's title from it, never the format itself. */
  readonly name: string;
  /** What of the file is wanted, where it holds more than one profile can show. */
  readonly choice?: ReadChoice | undefined;
}

/** What of a file to show. What a file does not have is ignored: its default is shown instead. */
export interface ReadChoice {
  /** Id of one of `Profile.metrics`. */
  readonly metric?: string | undefined;
  readonly period?: Period | undefined;
}

/** One profile format. Detection looks at content only and is cheap; reading is strict. */
export interface Format {
  /** Stable id, as in `Profile.format`. */
  readonly id: string;
  /** The name people know it by. */
  readonly label: string;
  /** Which tools write it, for the README's table of formats. */
  readonly tools: string;
  /** Whether the content looks like this format. Must not throw. */
  detect(bytes: Buffer): boolean;
  /**
   * Reads the whole file.
   * @throws ProfileError when the content is not what `detect` took it for, with the reason.
   */
  read(source: Source): Profile;
}
