import { callGraphOf } from '../derive/callGraph';
import { withStacks, type StacksProfile } from '../derive/profileStacks';
import type { CallGraph, Profile } from '../model/profile';
import { ExportError, type ExportOptions } from './writer';

/** A profile to export, in each shape that a target may want; each is derived once. */
export class ExportSource {
  readonly profile: Profile;
  readonly options: ExportOptions;
  #graph: CallGraph | undefined;
  #stacks: StacksProfile | undefined;

  constructor(profile: Profile, options: ExportOptions) {
    this.profile = profile;
    this.options = options;
  }

  /**
   * Functions and who called whom.
   * @throws ExportError for a timeline
   */
  get graph(): CallGraph {
    if (this.profile.data.kind === 'timeline') throw onlyOverTime();
    return (this.#graph ??= callGraphOf(this.profile));
  }

  /**
   * The profile as stacks, estimated where it has none.
   * @throws ExportError for a timeline
   */
  get stacks(): StacksProfile {
    this.#stacks ??= withStacks(this.profile, this.options.limits);
    if (!this.#stacks) throw onlyOverTime();
    return this.#stacks;
  }
}

function onlyOverTime(): ExportError {
  return new ExportError(
    'This profile is a plot over time and holds no functions that ran, so it can be exported to CSV only.',
  );
}
