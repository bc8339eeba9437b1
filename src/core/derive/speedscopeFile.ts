/** The file format of speedscope, https://www.speedscope.app/file-format-schema.json (1.25.0), as Hotline writes it. */
export interface SpeedscopeFile {
  readonly $schema: 'https://www.speedscope.app/file-format-schema.json';
  readonly exporter: string;
  readonly name: string;
  readonly activeProfileIndex: number;
  readonly shared: { readonly frames: readonly SpeedscopeFrame[] };
  readonly profiles: readonly SpeedscopeProfile[];
}

/** speedscope takes frames with the same name, file, line and column for one. */
export interface SpeedscopeFrame {
  readonly name: string;
  readonly file?: string;
  /** 1-based. */
  readonly line?: number;
}

export type SpeedscopeUnit =
  'none' | 'nanoseconds' | 'microseconds' | 'milliseconds' | 'seconds' | 'bytes';

export type SpeedscopeProfile = EventedProfile | SampledProfile;

export interface EventedProfile {
  readonly type: 'evented';
  readonly name: string;
  readonly unit: SpeedscopeUnit;
  readonly startValue: number;
  readonly endValue: number;
  /** Ascending by `at` and properly nested. */
  readonly events: readonly SpeedscopeEvent[];
}

/** Opening (`O`) or closing (`C`) of a frame. */
export interface SpeedscopeEvent {
  readonly type: 'O' | 'C';
  readonly at: number;
  /** Index into `shared.frames`. */
  readonly frame: number;
}

export interface SampledProfile {
  readonly type: 'sampled';
  readonly name: string;
  readonly unit: SpeedscopeUnit;
  readonly startValue: number;
  readonly endValue: number;
  /** Stacks from root to leaf, as indexes into `shared.frames`. */
  readonly samples: readonly (readonly number[])[];
  readonly weights: readonly number[];
}
